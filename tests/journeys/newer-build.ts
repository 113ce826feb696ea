import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What the next version of Locution would put in the place of this one: every script and style under a new name, as if
 * each had changed, and another number in Settings.
 */
export class NewerBuild {
  readonly folder = mkdtempSync(join(tmpdir(), 'locution-newer-'));

  constructor(dist: string, from: string, to: string) {
    cpSync(dist, this.folder, { recursive: true });
    const assets = join(this.folder, 'assets');
    const parts = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name));
    for (const folder of [this.folder, assets])
      for (const name of readdirSync(folder).filter((file) => /\.(js|css|html)$/.test(file)))
        if (name !== 'locution.html') rewrite(join(folder, name), parts, from, to);
    for (const name of parts) renameSync(join(assets, name), join(assets, renamed(name)));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function renamed(name: string): string {
  return name.replace(/\.(js|css)$/, '-newer.$1');
}

function rewrite(path: string, parts: readonly string[], from: string, to: string): void {
  const before = readFileSync(path, 'utf8');
  const named = parts.reduce((text, part) => text.replaceAll(part, renamed(part)), before);
  const numbered = named.replaceAll(from, to);
  // The page's own revision in the list of the service worker.
  writeFileSync(path, numbered.replace(/(url:"index\.html",revision:")\w/, '$1-'));
}
