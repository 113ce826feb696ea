import type { BrowserContext } from '@playwright/test';

/** What pages of a context asked for, and what they complained of. */
export class PageLog {
  /** The address of every request. */
  readonly requests: string[] = [];
  /** Errors on the console, uncaught ones, and violations of the page's policy. */
  readonly complaints: string[] = [];

  static async of(context: BrowserContext): Promise<PageLog> {
    const log = new PageLog();
    await context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`Policy violated: ${violatedDirective} by ${blockedURI}`),
      ),
    );
    context.on('request', (request) => log.requests.push(request.url()));
    context.on('console', (message) => {
      const isOfPage = !message.text().startsWith('Service Worker registration blocked by Playwright');
      if (isOfPage && (message.type() === 'error' || message.type() === 'warning'))
        log.complaints.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => log.complaints.push(String(error.error())));
    return log;
  }

  /** The requests that left the page: all but those for what it made itself. */
  get sent(): string[] {
    return this.requests.filter((url) => !/^(blob|data):/.test(url));
  }
}
