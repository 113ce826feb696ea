import { expect, type Page } from '@playwright/test';

/** Types a query, and gives back the milliseconds until there is something, and until there is everything. */
export async function ask(page: Page, query: string): Promise<{ result: number; complete: number }> {
  const box = page.getByRole('searchbox', { name: 'Search all documents' });
  const status = page.getByRole('status', { name: 'Search', exact: true });
  await box.fill('');
  await expect(status).toBeEmpty();
  const start = performance.now();
  const timed = async (awaited: Promise<unknown>) => {
    await awaited;
    return performance.now() - start;
  };
  await box.fill(query);
  const complete = status.filter({ hasText: /\d documents?\.$|^Nothing was found\.$/ });
  const result = page.getByRole('list', { name: 'Results' }).getByRole('heading').first().or(complete);
  const times = [result.first(), complete].map((awaited) => timed(awaited.waitFor({ timeout: 300_000 })));
  const [untilResult, untilComplete] = await Promise.all(times);
  return { result: untilResult!, complete: untilComplete! };
}
