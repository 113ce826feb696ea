import fc from 'fast-check';
import {
  documentUpdate,
  invert,
  spanEntry,
  type Draft,
  type Edit,
  type Entry,
} from '../../src/core/change.ts';
import { applyEdit, sheetOf, type Sheet } from '../../src/core/sheet.ts';
import type { Span } from '../../src/core/span.ts';
import type { Database } from '../../src/storage/database.ts';
import { annotated, span } from '../annotated.ts';
import { documentWith } from '../core/documents.ts';
import { documentId, otherId, relation, relationEntry } from '../core/edits.ts';
import { draft, shelve } from './workspace.ts';

export { documentId, otherId };

const { text, spans } = annotated('[[Ada](claim) denied](denial) it and [Ben](claim) claimed it', 'anna');
const ben = span({ id: 'ben-1', start: 4, end: 10, annotator: 'ben' }, text);

/** What a file brought before anything was done by hand: two annotators and a relation on one of two documents. */
export const brought: Readonly<Record<string, Sheet>> = {
  [documentId]: sheetOf([...spans, ben], [relation({ id: 'r-file', head: spans[0]!.id, child: ben.id })]),
  [otherId]: sheetOf([]),
};

export async function bring(database: Database): Promise<void> {
  for (const [id, sheet] of Object.entries(brought)) await shelve(database, { id }, text, sheet);
}

/**
 * Something that an annotator does, or that happens: `undo` takes back what nobody has touched since, `clash` takes back
 * any change, as two tabs may, `tidy` brings snapshots up to date, `leave` closes the tab.
 */
interface Act {
  readonly what: 'mark' | 'remove' | 'relabel' | 'relate' | 'rename' | 'undo' | 'clash' | 'tidy' | 'leave';
  readonly which: number;
  readonly documentId: string;
  readonly annotator: string;
}

const harmless = ['mark', 'mark', 'remove', 'relabel', 'relate', 'rename', 'undo', 'tidy', 'leave'] as const;

function actsOf(...what: readonly Act['what'][]): fc.Arbitrary<readonly Act[]> {
  const act = fc.record({
    what: fc.constantFrom(...what),
    which: fc.nat(60),
    documentId: fc.constantFrom(documentId, documentId, otherId),
    annotator: fc.constantFrom('anna', 'ben', 'carla'),
  });
  return fc.array(act, { minLength: 1, maxLength: 14 });
}

export const acts = actsOf(...harmless);
export const clashingActs = actsOf(...harmless, 'clash', 'clash');

/** The acts with the changes they make, each of which suits the sheets as the changes before have left them. */
export function happenings(all: readonly Act[]): { readonly act: Act; readonly change?: Draft }[] {
  const sheets: Record<string, Sheet> = { ...brought };
  const drafts: Draft[] = [];
  return all.map((act, index) => {
    const edit =
      act.what === 'undo' || act.what === 'clash'
        ? undone(drafts, act, sheets)
        : editOf(act, sheets[act.documentId]!, index);
    if (!edit) return { act };
    const change = draft(edit, { annotator: act.annotator });
    drafts.push(change);
    for (const id of Object.keys(sheets)) sheets[id] = applyEdit(sheets[id]!, change, id);
    return { act, change };
  });
}

function editOf(act: Act, { spans: marked }: Sheet, index: number): Partial<Edit> | undefined {
  const one = marked[act.which % Math.max(1, marked.length)];
  const entry = (value: Span) => spanEntry(act.documentId, value);
  switch (act.what) {
    case 'mark':
      return { added: [entry(newSpan(act, index))] };
    case 'remove':
      return one && { removed: [entry(one)] };
    case 'relabel':
      return (
        one && { updated: [{ before: entry(one), after: entry({ ...one, label: `label-${act.which}` }) }] }
      );
    case 'relate':
      return one && { added: [relate(act, one, marked[0]!, index)] };
    case 'rename':
      return { updated: [renamed(act)] };
    default:
      return undefined;
  }
}

function undone(
  drafts: readonly Draft[],
  { what, which }: Act,
  sheets: Readonly<Record<string, Sheet>>,
): Edit | undefined {
  const taken = drafts[which % Math.max(1, drafts.length)];
  const edit = taken && invert(taken);
  return edit && (what === 'clash' || suits(edit, sheets)) ? edit : undefined;
}

/** Whether the sheets hold just what the edit takes for granted. */
function suits(edit: Edit, sheets: Readonly<Record<string, Sheet>>): boolean {
  const standing = ({ type, ...place }: Entry) =>
    'documentId' in place && (type === 'span' || type === 'relation')
      ? sheets[place.documentId]![`${type}s`].find(({ id }) => id === place.value.id)
      : place.value;
  const gone = [...edit.removed, ...edit.updated.map(({ before }) => before)];
  return (
    edit.added.every((entry) => standing(entry) === undefined) &&
    gone.every((entry) => standing(entry) === entry.value)
  );
}

function newSpan({ which, annotator }: Act, index: number): Span {
  const start = which % (text.length - 1);
  return span({ id: `n${index}`, start, end: Math.min(text.length, start + 1 + index), annotator }, text);
}

function relate(act: Act, head: Span, child: Span, index: number): Entry {
  const value = relation({ id: `r${index}`, head: head.id, child: child.id, annotator: act.annotator });
  return relationEntry(act.documentId, value);
}

function renamed({ documentId: id, which }: Act) {
  const before = documentWith({ id });
  return documentUpdate(before, { ...before, title: `Report ${which}` });
}
