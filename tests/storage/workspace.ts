import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { v7 as newId } from 'uuid';
import { onTestFinished, vi } from 'vitest';
import { documentsOf, noEdit, spanEntry, type Draft, type Edit } from '../../src/core/change.ts';
import type { Document } from '../../src/core/document.ts';
import { firstProject } from '../../src/core/project.ts';
import { countSpans, emptySheet, type Sheet } from '../../src/core/sheet.ts';
import type { Span } from '../../src/core/span.ts';
import { hashText } from '../../src/core/text.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../../src/storage/database.ts';
import { KeyRing } from '../../src/storage/lock/guard.ts';
import { layersOf } from '../../src/storage/upkeep.ts';
import { documentWith } from '../core/documents.ts';

// Where there is no storage at all, live queries do nothing.
Dexie.dependencies.indexedDB = new IDBFactory();

let workspaces = 0;

/** The storage of one browser, that several tabs may open. */
export class Workspace {
  readonly factory: IDBFactory = new IDBFactory();
  readonly options: DatabaseOptions = {
    name: `workspace-${++workspaces}`,
    factory: this.factory,
    keyRange: IDBKeyRange,
    // All of its tabs, and the workers, have the same keys unless a test says otherwise.
    ring: new KeyRing(),
  };
  readonly #tabs: Database[] = [];

  get name(): string {
    return this.options.name!;
  }

  /** One more connection to it. */
  async tab(): Promise<Database> {
    const opening = await openDatabase(() => undefined, this.options);
    if (opening.kind === 'refused') throw new Error(opening.problem.message);
    this.#tabs.push(opening.database);
    return opening.database;
  }

  close(): void {
    for (const tab of this.#tabs.splice(0)) tab.close({ disableAutoOpen: true });
  }
}

/** A new workspace with the first project in it; it is closed after the test. */
export async function newWorkspace(): Promise<{ workspace: Workspace; database: Database }> {
  const workspace = new Workspace();
  closeAfterTest(workspace);
  const database = await workspace.tab();
  await database.projects.add(firstProject());
  return { workspace, database };
}

/** Properties are checked outside of a test's own hooks, so each run closes what it opened. */
function closeAfterTest(workspace: Workspace): void {
  onTestFinished(() => workspace.close());
}

/** Puts a document into the database as if a file had brought it, marked like the sheet. */
export async function shelve(
  database: Database,
  traits: Partial<Document> & { readonly id: string },
  text = 'Ada denied it',
  sheet: Sheet = emptySheet,
): Promise<Document> {
  const counts = countSpans(sheet.spans);
  const document = documentWith({ length: text.length, hash: hashText(text), counts, ...traits });
  await database.documents.put(document);
  await database.texts.put({ documentId: document.id, text });
  if (sheet.spans.length > 0) await database.imported.bulkPut(layersOf(sheet, document.id, 0));
  return document;
}

/** A change on its way with nothing but what matters to the test. */
export function draft(edit: Partial<Edit> = {}, traits: Partial<Draft> = {}): Draft {
  const whole = { ...noEdit, ...edit };
  return {
    id: newId(),
    projectId: 'first',
    documentIds: documentsOf(whole),
    kind: 'do',
    annotator: 'anna',
    at: '2026-01-01T00:00:00.000Z',
    title: '',
    ...whole,
    ...traits,
  };
}

/** The change that marks these spans. */
export function marking(documentId: string, ...spans: readonly Span[]): Draft {
  return draft({ added: spans.map((span) => spanEntry(documentId, span)) });
}

/** Every row of every table. */
export async function everything(database: Database): Promise<Record<string, unknown[]>> {
  const tables = await Promise.all(
    database.tables.map(async (table) => [table.name, await table.toArray()] as const),
  );
  return Object.fromEntries(tables);
}

export type Failure = 'is refused' | 'is aborted after it';

/** Lets the `nth` write from now on fail, counting from 1, in every database; gives back what counts and ends it. */
export function failingWrite(
  nth: number,
  failure: Failure,
): { readonly count: () => number; end: () => void } {
  let writes = 0;
  const spies = (['add', 'put'] as const).map((verb) => {
    const original = IDBObjectStore.prototype[verb];
    return vi.spyOn(IDBObjectStore.prototype, verb).mockImplementation(function (
      this: IDBObjectStore,
      ...[value, key]: Parameters<IDBObjectStore['put']>
    ) {
      const isIt = ++writes === nth;
      if (isIt && failure === 'is refused') throw new DOMException('no room', 'QuotaExceededError');
      const request = key === undefined ? original.call(this, value) : original.call(this, value, key);
      // As when the disk turns out full only while the transaction is written.
      if (isIt) request.addEventListener('success', () => this.transaction.abort());
      return request;
    });
  });
  return { count: () => writes, end: () => spies.forEach((spy) => spy.mockRestore()) };
}

/** Lets every look at one row of the table fail from now on, in every database; gives back what ends it. */
export function failingRead(table: string): { readonly end: () => void } {
  const original = IDBObjectStore.prototype.get;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
    this: IDBObjectStore,
    ...args: Parameters<IDBObjectStore['get']>
  ) {
    if (this.name === table) throw new DOMException('no luck', 'UnknownError');
    return original.call(this, ...args);
  });
  return { end: () => spy.mockRestore() };
}
