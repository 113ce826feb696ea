import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** Whom Chromium itself asks, on any page with a field, what kind of field that might be. No page can forbid it. */
const browsersOwn: readonly string[] = ['content-autofill.googleapis.com:443'];

/**
 * Serves a folder and writes down every request. It is a proxy too: a browser that is given it as such sends it whatever
 * it asks of anybody, service workers included, and nothing is passed on.
 */
export class StaticServer {
  /** The paths asked of this server, in order. */
  readonly asked: string[] = [];
  /** What was asked of anybody else. */
  readonly foreign: string[] = [];
  #folder: string;
  readonly #server: Server;

  constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('connect', (request, socket) => {
      if (!browsersOwn.includes(request.url ?? '')) this.foreign.push(`CONNECT ${request.url}`);
      socket.destroy();
    });
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await stopped;
  }

  /** Serves another folder from now on, as when a new version is put out. */
  deploy(folder: string): void {
    this.#folder = folder;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin, pathname } = new URL(request.url ?? '/', this.origin);
    if (origin !== this.origin) {
      this.foreign.push(`${request.method} ${request.url}`);
      return void response.writeHead(502).end();
    }
    this.asked.push(pathname);
    const path = normalize(pathname === '/' ? '/index.html' : decodeURIComponent(pathname));
    try {
      const content = await readFile(join(this.#folder, path));
      const type = mediaTypes[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  }
}
