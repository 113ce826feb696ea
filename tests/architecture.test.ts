import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cycles, forbiddenImports, unnamedImports, type Arrows, type Files } from './architecture.ts';

/** The arrow table of `src/README.md`. */
const table: Readonly<Record<string, Arrows>> = {
  core: { rooms: [], packages: ['uuid', '@noble/hashes', '@noble/ciphers', 'valibot'] },
  formats: {
    rooms: ['core'],
    packages: [
      'valibot',
      'jsonc-parser',
      'uuid',
      'approx-string-match',
      '@zip.js/zip.js',
      'mammoth',
      'pdfjs-dist',
      'papaparse',
      'parse5',
      'hyparquet',
      'hyparquet-writer',
    ],
  },
  storage: { rooms: ['core'], packages: ['dexie', 'uuid', 'valibot'] },
  editor: { rooms: ['core'], packages: ['@tiptap', 'svelte/reactivity'] },
  session: {
    rooms: ['core', 'formats', 'storage', 'editor', 'workers'],
    packages: ['svelte', 'uuid', 'valibot', 'virtual:pwa-register'],
  },
  workers: { rooms: ['core', 'formats', 'storage'], packages: ['uuid', '@zip.js/zip.js'] },
  ui: {
    rooms: ['session', 'editor', 'core'],
    packages: ['svelte', 'bits-ui', '@lucide/svelte', 'layercake', 'virtual:licences'],
  },
  main: { rooms: ['core', 'formats', 'storage', 'editor', 'session', 'workers', 'ui'], packages: ['*'] },
  licences: { rooms: [], packages: [] },
};

const topLevelCode = ['index.html', 'package.json', 'tsconfig.json', 'vite.config.ts'];
const nameless = /util|helper|manager|service/i;

const root = join(import.meta.dirname, '..');
const sources = readSources();

describe('the house', () => {
  test('every import follows an arrow', () => {
    expect(forbiddenImports(sources, table)).toEqual([]);
  });

  test('no import leads back to its own file', () => {
    expect(cycles(sources)).toEqual([]);
  });

  test('every import names its file', () => {
    expect(unnamedImports(sources)).toEqual([]);
  });

  test('every file is named for what it holds', () => {
    const names = [...sources.keys()].map((file) => basename(file));
    expect(names.filter((name) => name.startsWith('index.') || nameless.test(name))).toEqual([]);
  });

  test('src itself holds main.ts and the declarations of what the build puts in, no more code', () => {
    const files = [...sources.keys()].filter((file) => /^src\/[^/]+\.(ts|svelte)$/.test(file));
    expect(files.sort()).toEqual(['src/licences.d.ts', 'src/main.ts']);
  });

  test('only four files of code lie at the top', () => {
    const files = readdirSync(root).filter((name) =>
      /\.(\w*ts|\w*js|json|html|css|svelte|sh|py)$/.test(name),
    );
    expect(files.filter((name) => !name.startsWith('.') && name !== 'package-lock.json').sort()).toEqual(
      topLevelCode,
    );
  });
});

describe('the check of the house', () => {
  test('finds an import without an arrow, by file and line', () => {
    const files = tree({
      'src/core/span.ts': `import type { A } from './a.ts';\nimport { b } from '../storage/b.ts';`,
    });
    expect(forbiddenImports(files, table)).toEqual([
      'src/core/span.ts:2 imports ../storage/b.ts: there is no arrow core -> storage',
    ]);
  });

  test.each([
    ['a package', 'src/core/span.ts', `import Dexie from 'dexie';`],
    ['a package whose name only begins alike', 'src/core/span.ts', `import 'uuid-next';`],
    ['another part of a package', 'src/editor/a.ts', `import { mount } from 'svelte';`],
    ['a module of the build', 'src/ui/A.svelte', `<script>\nimport 'virtual:pwa-register';\n</script>`],
    ['a type', 'src/storage/a.ts', `export type A = import('../formats/a.ts').A;`],
    ['an import that is late', 'src/formats/a.ts', `export const a = () => import('../storage/a.ts');`],
    ['an export from elsewhere', 'src/formats/a.ts', `export * from '../editor/a.ts';`],
    [
      'the module script of a component',
      'src/ui/A.svelte',
      `<script module>import '../storage/a.ts';</script>\n<p>a</p>`,
    ],
    [
      'the second script of a component',
      'src/ui/A.svelte',
      `<script module></script>\n<script>import 'dexie';</script>`,
    ],
    ['a worker', 'src/ui/a.ts', `import Worker from '../workers/a.ts?worker';`],
    ['main', 'src/session/a.ts', `import '../main.ts';`],
    ['a file outside src', 'src/core/a.ts', `import '../../tests/annotated.ts';`],
    ['a room that is not in the table', 'src/other/a.ts', `import '../core/a.ts';`],
  ])('finds %s', (_what, file, text) => {
    expect(forbiddenImports(tree({ [file]: text }), table)).toHaveLength(1);
  });

  test('lets pass what has an arrow', () => {
    const files = tree({
      'src/main.ts': `import './ui/theme.css';\nimport '@fontsource-variable/inter';\nimport App from './ui/App.svelte';`,
      'src/core/hash.ts': `import { sha256 } from '@noble/hashes/sha2.js';\nimport { text } from './text.ts';`,
      'src/session/job.ts': `import Worker from '../workers/worker.ts?worker';\nimport 'svelte/reactivity';`,
      'src/ui/A.svelte': `<p>import 'dexie'</p>\n<script lang="ts">\nimport '../session/job.ts';\n</script>`,
    });
    expect(forbiddenImports(files, table)).toEqual([]);
  });

  test('finds a cycle, even of types alone', () => {
    const files = tree({
      'src/core/a.ts': `import { b } from './b.ts';`,
      'src/core/b.ts': `export const b = 1;\nimport type { C } from '../core/c.ts';`,
      'src/core/c.ts': `export type C = import('./b.ts').B;`,
    });
    expect(cycles(files)).toEqual(['src/core/b.ts -> src/core/c.ts -> src/core/b.ts']);
  });

  test('finds no cycle where two ways lead to one file', () => {
    const files = tree({
      'src/core/a.ts': `import './b.ts';\nimport './c.ts';`,
      'src/core/b.ts': `import './d.ts';`,
      'src/core/c.ts': `import './d.ts';`,
      'src/core/d.ts': '',
    });
    expect(cycles(files)).toEqual([]);
  });

  test('finds an import without its extension', () => {
    const files = tree({ 'src/core/a.ts': `\nimport { b } from './b';`, 'src/core/b.ts': '' });
    expect(unnamedImports(files)).toEqual(['src/core/a.ts:2 imports ./b, which is not the name of a file']);
  });
});

function tree(files: Readonly<Record<string, string>>): Files {
  return new Map(Object.entries(files));
}

function readSources(): Files {
  const entries = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}
