import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Files } from './architecture.ts';
import { foreignWaits } from './transactions.ts';

const root = join(import.meta.dirname, '..');

function sources(...folders: readonly string[]): Files {
  const entries = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }),
  );
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

describe('inside a transaction', () => {
  test('nothing is waited for that is not its own, as the browser would end it there (A30)', () => {
    expect(foreignWaits(sources('src/storage', 'src/session/projects'))).toEqual([]);
  });

  const written = (body: string, rest = '') =>
    new Map([
      [
        'a.ts',
        `import { Dexie } from 'dexie';\nimport { sha } from 'hashes';\nimport { lastSeq } from './log.ts';\n` +
          `async function write(database: Database, file: File) {\n` +
          `  await database.transaction('rw', database.changes, async () => {\n${body}\n  });\n}\n${rest}`,
      ],
    ]);

  test.each([
    ['a request', 'await fetch("/a");', 'fetch'],
    ['a pause', 'await new Promise((resolve) => setTimeout(resolve));', 'a promise of its own'],
    ['a hash', 'await crypto.subtle.digest("SHA-256", bytes);', 'crypto'],
    ['a package', 'await sha(text);', 'sha'],
    ['a module', "await import('./b.ts');", 'a module'],
    ['one of several', 'await Promise.all([database.changes.count(), fetch("/a")]);', 'fetch'],
    ['what a loop waits for', 'for await (const part of caches.keys()) use(part);', 'caches'],
  ])('%s is found, by file and line (A30)', (_what, wait, name) => {
    expect(foreignWaits(written(`    ${wait}`))).toEqual([`a.ts:6 waits for ${name} inside a transaction`]);
  });

  test('it is found in a function that is called from there as well (A30)', () => {
    const rest = 'async function look() {\n  await fetch("/a");\n}';
    expect(foreignWaits(written('    await look();', rest))).toEqual([
      'a.ts:10 waits for fetch inside a transaction',
    ]);
  });

  test.each([
    'await database.changes.add(row);',
    'await Promise.all([lastSeq(database), database.changes.count()]);',
    'const { changes } = database;\nawait changes.where(":id").above(1).toArray();',
    'await Dexie.waitFor(database.changes.count());',
  ])('its own tables and the functions of the storage are waited for: %s', (wait) => {
    expect(foreignWaits(written(wait))).toEqual([]);
  });
});

describe('when the page is left', () => {
  /** Who listens for it, and what for. Whatever is done is saved when it is done, as no browser waits for anything here. */
  const listening: Readonly<Record<string, string>> = {
    'src/ui/App.svelte': 'lets go of what is held, and asks while anything is not saved',
    'src/ui/annotate/Attendance.svelte': 'the time spent, which is kept every 15 seconds',
    'src/ui/annotate/TextPane.svelte': 'where one is, which is kept half a second after each move',
  };
  const leaving = /\b(on)?(pagehide|beforeunload|unload|visibilitychange|freeze)\b\s*[('"=}]/;
  /** What those who listen may do; nothing of it is the only time that it is done. */
  const allowed =
    /^(finishTyping|session\.letGo|session\.lookAgain|watch\?\.leave|activity\.keep|event\.preventDefault)$/;

  test('nobody waits until then to save something (A4)', () => {
    const found = [...sources('src')].filter(([, text]) => leaving.test(text)).map(([file]) => file);
    expect(found.sort()).toEqual(Object.keys(listening).sort());
  });

  test('nothing is begun that is not done without it (A4)', () => {
    for (const file of Object.keys(listening)) {
      const text = readFileSync(join(root, file), 'utf8');
      const bodies = [
        ...text.matchAll(/function on(?:beforeunload|visibilitychange|pagehide)\b[^{]*\{([^}]*)\}/g),
        ...text.matchAll(/\bon(?:beforeunload|pagehide)=\{\(\) =>([^}]*)\}/g),
      ].map(([, body]) => body!);
      expect(bodies.length).toBeGreaterThan(0);
      const calls = bodies.flatMap((body) => [...body.matchAll(/([\w.?]+)\(/g)].map(([, call]) => call!));
      expect(calls.filter((call) => call !== 'if' && !allowed.test(call))).toEqual([]);
    }
  });
});
