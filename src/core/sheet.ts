import type { Edit, Entry } from './change.ts';
import { effective } from './conflicts.ts';
import type { Counts } from './document.ts';
import { mergeUpdate } from './merge.ts';
import { labelOf, type Scheme } from './scheme.ts';
import { compareRelations, type Relation } from './relation.ts';
import { compareSpans, type Span } from './span.ts';

/** All that has been marked on one document, by all annotators; spans and relations each in their order. */
export interface Sheet {
  readonly spans: readonly Span[];
  readonly relations: readonly Relation[];
}

export const emptySheet: Sheet = { spans: [], relations: [] };

/** A sheet with these contents in whatever order they come. */
export function sheetOf(spans: readonly Span[], relations: readonly Relation[] = []): Sheet {
  return { spans: [...spans].sort(compareSpans), relations: [...relations].sort(compareRelations) };
}

/**
 * The sheet after an edit; what the edit says of other documents has no effect, nor has the removal of what somebody else
 * has changed meanwhile.
 */
export function applyEdit(sheet: Sheet, said: Edit, documentId: string): Sheet {
  const edit = said.removed.length > 0 ? effective(said, sheet, documentId) : said;
  const spans = edited(sheet.spans, edit, spanOn(documentId), compareSpans);
  const relations = edited(sheet.relations, edit, relationOn(documentId), compareRelations);
  return spans === sheet.spans && relations === sheet.relations ? sheet : { spans, relations };
}

/** The sheet after all the edits, in turn. */
export function applyEdits(sheet: Sheet, edits: readonly Edit[], documentId: string): Sheet {
  return edits.reduce((current, edit) => applyEdit(current, edit, documentId), sheet);
}

/** The sheet without spans whose label was deleted, and without the relations of those. */
export function livingSheet(sheet: Sheet, scheme: Scheme): Sheet {
  if (!scheme.labels.some(({ deleted }) => deleted)) return sheet;
  const gone = new Set(scheme.labels.flatMap(({ id }) => (labelOf(scheme, id).deleted ? [id] : [])));
  if (!sheet.spans.some(({ label }) => gone.has(label))) return sheet;
  const spans = sheet.spans.filter(({ label }) => !gone.has(label));
  const ids = new Set(spans.map(({ id }) => id));
  return { spans, relations: sheet.relations.filter(({ head, child }) => ids.has(head) && ids.has(child)) };
}

/** Counts as the scheme has them now: without deleted labels, and with merged ones under the label they count as. */
export function livingCounts(counts: Counts, scheme: Scheme): Counts {
  if (!scheme.labels.some(({ deleted }) => deleted)) return counts;
  const byLabel: Record<string, number> = {};
  for (const [id, count] of Object.entries(counts.byLabel)) {
    const label = labelOf(scheme, id);
    if (!label.deleted) byLabel[label.id] = (byLabel[label.id] ?? 0) + count;
  }
  return { spans: Object.values(byLabel).reduce((sum, count) => sum + count, 0), byLabel };
}

export function countSpans(spans: readonly Span[]): Counts {
  const byLabel: Record<string, number> = {};
  for (const { label } of spans) byLabel[label] = (byLabel[label] ?? 0) + 1;
  return { spans: spans.length, byLabel };
}

/** The counts of a document after an edit, without its spans. */
export function countsAfter(counts: Counts, edit: Edit, documentId: string): Counts {
  const span = spanOn(documentId);
  const plus = [...edit.added, ...edit.updated.map(({ after }) => after)].flatMap(
    (entry) => span(entry) ?? [],
  );
  const minus = [...edit.removed, ...edit.updated.map(({ before }) => before)].flatMap(
    (entry) => span(entry) ?? [],
  );
  if (plus.length === 0 && minus.length === 0) return counts;
  const byLabel: Record<string, number> = { ...counts.byLabel };
  for (const { label } of plus) byLabel[label] = (byLabel[label] ?? 0) + 1;
  for (const { label } of minus) byLabel[label] = (byLabel[label] ?? 0) - 1;
  for (const label of Object.keys(byLabel)) if (byLabel[label] === 0) delete byLabel[label];
  return { spans: counts.spans + plus.length - minus.length, byLabel };
}

type Reader<T> = (entry: Entry) => T | undefined;

function spanOn(documentId: string): Reader<Span> {
  return (entry) => (entry.type === 'span' && entry.documentId === documentId ? entry.value : undefined);
}

function relationOn(documentId: string): Reader<Relation> {
  return (entry) => (entry.type === 'relation' && entry.documentId === documentId ? entry.value : undefined);
}

function edited<T extends { readonly id: string }>(
  values: readonly T[],
  { added, updated, removed }: Edit,
  read: Reader<T>,
  compare: (a: T, b: T) => number,
): readonly T[] {
  const gone = new Set(removed.flatMap((entry) => read(entry)?.id ?? []));
  const said = new Map<string, T>();
  for (const { before, after } of updated) {
    const [old, now] = [read(before), read(after)];
    if (!old || !now) continue;
    // An update of a value that somebody else has removed brings it back: what was said last is kept.
    const current = said.get(now.id) ?? values.find(({ id }) => id === now.id);
    said.set(now.id, current ? mergeUpdate(current, old, now) : now);
  }
  for (const value of added.flatMap((entry) => read(entry) ?? [])) said.set(value.id, value);
  const fresh = [...said.values()];
  if (gone.size === 0 && fresh.length === 0) return values;
  for (const { id } of fresh) gone.add(id);
  const kept = values.filter(({ id }) => !gone.has(id));
  if (fresh.length > 8) return [...kept, ...fresh].sort(compare);
  return fresh.reduce((all, value) => inserted(all, value, compare), kept);
}

function inserted<T>(values: readonly T[], value: T, compare: (a: T, b: T) => number): T[] {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(values[middle]!, value) < 0) low = middle + 1;
    else high = middle;
  }
  return values.toSpliced(low, 0, value);
}
