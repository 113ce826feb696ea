import { readFileSync } from 'node:fs';
import { labelOf, type Scheme } from '../../src/core/scheme.ts';
import { relationTypeOf } from '../../src/core/schemes/relation-type.ts';
import { hashText } from '../../src/core/text.ts';
import type { Database } from '../../src/storage/database.ts';
import { countingDocuments, openDocument } from '../../src/storage/documents.ts';
import { loadProjects } from '../../src/storage/projects.ts';

/** A database as a version of Locution wrote it: what `tests/fixtures/databases` holds, one for each schema. */
export interface Released {
  /** The browser's own number: ten times that of the schema. */
  readonly version: number;
  readonly tables: Readonly<Record<string, ReleasedTable>>;
}

interface ReleasedTable {
  readonly keyPath: string | string[];
  readonly autoIncrement: boolean;
  readonly indexes: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly multiEntry: boolean;
    readonly unique: boolean;
  }[];
  readonly rows: readonly unknown[];
}

export function released(schema: number): Released {
  const file = new URL(`../fixtures/databases/v${schema}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Released;
}

/** Puts a released database into a browser's storage, without any code of today's. */
export function lay(factory: IDBFactory, name: string, { version, tables }: Released): Promise<void> {
  const request = factory.open(name, version);
  request.addEventListener('upgradeneeded', () => {
    for (const [table, { keyPath, autoIncrement, indexes, rows }] of Object.entries(tables)) {
      const store = request.result.createObjectStore(table, { keyPath, autoIncrement });
      for (const index of indexes)
        store.createIndex(index.name, index.keyPath, { multiEntry: index.multiEntry, unique: index.unique });
      for (const row of rows) store.add(row);
    }
  });
  return new Promise((resolve, reject) => {
    request.addEventListener('error', () => reject(request.error as Error));
    request.addEventListener('success', () => {
      request.result.close();
      resolve();
    });
  });
}

/** The version and all rows of a database, looked at without any code of ours. */
export function lying(factory: IDBFactory, name: string): Promise<{ version: number; rows: unknown }> {
  const request = factory.open(name);
  return new Promise((resolve, reject) => {
    request.addEventListener('error', () => reject(request.error as Error));
    request.addEventListener('success', () => {
      const { result } = request;
      const { version, objectStoreNames } = result;
      const names = [...objectStoreNames].sort();
      const transaction = result.transaction(names);
      const reading = names.map((table) => [table, transaction.objectStore(table).getAll()] as const);
      transaction.addEventListener('complete', () => {
        result.close();
        resolve({ version, rows: Object.fromEntries(reading.map(([table, rows]) => [table, rows.result])) });
      });
    });
  });
}

/** All that people see of the documents of a database: texts, marks and facts, each project by itself. */
export async function pictureOf(database: Database): Promise<string> {
  const lines: string[] = [];
  for (const project of await loadProjects(database)) {
    const { labels } = project.scheme;
    const living = labels.filter(({ deleted }) => !deleted);
    lines.push(
      `# ${project.name}: ${living.map(({ name, value, key, colour }) => `${name} ${value} ${key} ${colour}`).join(', ')}`,
    );
    const documents = await countingDocuments(database, project.id);
    for (const { id } of documents.sort((a, b) => a.order - b.order))
      lines.push(...(await linesOf(database, id, project.scheme)));
  }
  return `${lines.join('\n')}\n`;
}

async function linesOf(database: Database, documentId: string, scheme: Scheme): Promise<string[]> {
  const { document, text, sheet } = (await openDocument(database, documentId))!;
  const { title, status, meta, note = '', deleted = false, hash } = document;
  if (hashText(text) !== hash) throw new Error(`the text of ${title} is another one`);
  const named = new Map(sheet.spans.map((span) => [span.id, span.text]));
  return [
    `## ${title} (${status}${deleted ? ', deleted' : ''}) ${JSON.stringify(meta)} ${note}`,
    JSON.stringify(text),
    ...sheet.spans.map((span) => {
      if (text.slice(span.start, span.end) !== span.text) throw new Error(`“${span.text}” has moved`);
      const said = [span.annotator, JSON.stringify(span.attributes), span.note ?? ''].join(' ');
      return `- ${span.start}–${span.end} “${span.text}” ${labelOf(scheme, span.label).value} ${said}`;
    }),
    ...sheet.relations.map(
      ({ head, child, label }) =>
        `- ${named.get(head)} → ${named.get(child)} ${relationTypeOf(scheme, label).value}`,
    ),
  ];
}
