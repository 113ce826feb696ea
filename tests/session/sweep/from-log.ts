import type { Change } from '../../../src/core/change.ts';
import { mergeDocument, type Document } from '../../../src/core/document.ts';
import { mergeProject, type Project } from '../../../src/core/project.ts';
import { applyEdit, countSpans, livingSheet, sheetOf, type Sheet } from '../../../src/core/sheet.ts';
import type { Session } from '../../../src/session/session.svelte.ts';
import type { Database } from '../../../src/storage/database.ts';

/** Rows as they were at a place in the log, from which everything after can be worked out by the log alone. */
export class FromLog {
  readonly #seq: number;
  readonly #documents: ReadonlyMap<string, Document>;
  readonly #projects: ReadonlyMap<string, Project>;

  private constructor(seq: number, documents: readonly Document[], projects: readonly Project[]) {
    this.#seq = seq;
    this.#documents = new Map(documents.map((row) => [row.id, row]));
    this.#projects = new Map(projects.map((row) => [row.id, row]));
  }

  static async from(database: Database): Promise<FromLog> {
    const changes = await database.changes.toArray();
    return new FromLog(
      changes.at(-1)?.seq ?? 0,
      await database.documents.toArray(),
      await database.projects.toArray(),
    );
  }

  /** What a session or a row shows otherwise than the log says, in sentences. */
  async compare(session: Session, database: Database): Promise<string[]> {
    const changes = await database.changes.toArray();
    const later = changes.filter(({ seq }) => seq > this.#seq);
    return [
      ...(await this.#rowFaults(database, later)),
      ...(session.saving.status === 'saved' ? await shownFaults(session, database, changes) : []),
    ];
  }

  async #rowFaults(database: Database, later: readonly Change[]): Promise<string[]> {
    const documents = new Map(this.#documents);
    const projects = new Map(this.#projects);
    for (const change of later) {
      for (const { before, after } of change.updated)
        if (before.type === 'document' && after.type === 'document')
          documents.set(
            after.value.id,
            mergeDocument(documents.get(after.value.id) ?? before.value, before.value, after.value),
          );
        else if (before.type === 'project' && after.type === 'project')
          projects.set(
            after.value.id,
            mergeProject(projects.get(after.value.id) ?? before.value, before.value, after.value),
          );
      for (const entry of change.added)
        if (entry.type === 'project') projects.set(entry.value.id, entry.value);
      for (const entry of change.removed)
        if (entry.type === 'project') projects.set(entry.value.id, { ...entry.value, deleted: true });
    }
    const rows = await database.documents.bulkGet([...documents.keys()]);
    const projectRows = await database.projects.bulkGet([...projects.keys()]);
    const without = ({ counts: _, ...rest }: Document) => rest;
    return [
      ...[...documents.values()].flatMap((expected, index) =>
        isSame(without(expected), rows[index] && without(rows[index]))
          ? []
          : [`the row of ${expected.id} is ${JSON.stringify(rows[index])} for ${JSON.stringify(expected)}`],
      ),
      ...[...projects.values()].flatMap((expected, index) =>
        isSame(expected, projectRows[index])
          ? []
          : [`the row of the project ${expected.name} is not as the log says`],
      ),
    ];
  }
}

/** Every document that a session lists has the counts of what is marked on it, and shows just that when opened. */
async function shownFaults(
  session: Session,
  database: Database,
  changes: readonly Change[],
): Promise<string[]> {
  const faults: string[] = [];
  const standing = new Set<string>();
  for (const { importId, kind } of changes)
    if (importId !== undefined && kind === 'undo') standing.delete(importId);
    else if (importId !== undefined) standing.add(importId);
  const rows = await database.documents.where('projectId').equals(session.project.id).toArray();
  const counting = rows.filter(({ importId }) => importId === undefined || standing.has(importId));
  const listed = session.shelf.all.map(({ id }) => id).sort();
  if (!isSame(counting.map(({ id }) => id).sort(), listed))
    faults.push(`listed are ${listed.join(', ')} for ${counting.map(({ id }) => id).join(', ')}`);
  for (const { id } of counting) {
    const whole = await sheetOn(database, id, changes);
    const sheet = livingSheet(whole, session.project.scheme);
    const shown = session.shelf.get(id);
    if (shown && !isSame(shown.counts.spans, countSpans(sheet.spans).spans))
      faults.push(`${id} counts ${shown.counts.spans} spans for ${sheet.spans.length}`);
    if (session.open?.id === id && !isSame(session.open.spans, sheet.spans))
      faults.push(`${id} shows other spans than the log has`);
    if (session.open?.id === id && !isSame(session.open.sheet.relations, sheet.relations))
      faults.push(`${id} shows other relations than the log has`);
  }
  return faults;
}

/** What stands on a document, from what a file brought and every change since. */
async function sheetOn(database: Database, documentId: string, changes: readonly Change[]): Promise<Sheet> {
  const layers = await database.imported.where('documentId').equals(documentId).toArray();
  const start = sheetOf(
    layers.flatMap(({ spans }) => spans),
    layers.flatMap(({ relations }) => relations),
  );
  return changes
    .filter(({ documentIds }) => documentIds.includes(documentId))
    .reduce((sheet, change) => applyEdit(sheet, change, documentId), start);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** With the fields of objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}
