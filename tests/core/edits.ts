import fc from 'fast-check';
import { spanEntry, type Edit, type Entry, type Update } from '../../src/core/change.ts';
import type { Relation } from '../../src/core/relation.ts';
import type { Sheet } from '../../src/core/sheet.ts';
import { sheetOf } from '../../src/core/sheet.ts';
import type { Span } from '../../src/core/span.ts';
import { span } from '../annotated.ts';
import { spans } from './spans.ts';

/** The document that random edits are about; some of their entries are about another. */
export const documentId = 'report';
export const otherId = 'other-report';

/** A relation with nothing but what matters to the test. */
export function relation(traits: Partial<Relation> & { id: string }): Relation {
  return { head: 's1', child: 's2', label: 'denies', annotator: 'anna', attributes: {}, ...traits };
}

export function relationEntry(document: string, value: Relation): Entry {
  return { type: 'relation', documentId: document, value };
}

type Fate = 'kept' | 'removed' | 'updated' | 'updated twice';
const fate = fc.constantFrom<Fate>('kept', 'kept', 'removed', 'updated', 'updated twice');

function editOf(before: readonly Entry[], chosen: readonly Fate[], added: readonly Entry[]): Edit {
  const fates = takingRelationsAlong(before, chosen);
  const fated = (wanted: Fate) => before.filter((_, index) => fates[index] === wanted);
  const chains = [
    ...fated('updated').map((entry) => [entry, changed(entry, 1)]),
    ...fated('updated twice').map(twice),
  ];
  const updated = chains.flatMap((chain) =>
    chain.slice(1).map((after, index) => ({ before: chain[index]!, after })),
  );
  return { added, updated: updated as Update[], removed: fated('removed') };
}

/** Whoever removes a span removes its relations too. */
function takingRelationsAlong(entries: readonly Entry[], fates: readonly Fate[]): Fate[] {
  const gone = new Set(entries.flatMap(({ value }, index) => (fates[index] === 'removed' ? [value.id] : [])));
  return entries.map((entry, index) => {
    const isLoose =
      entry.type === 'relation' && [entry.value.head, entry.value.child].some((id) => gone.has(id));
    return isLoose ? 'removed' : fates[index]!;
  });
}

function twice(entry: Entry): Entry[] {
  return [entry, changed(entry, 1), changed(entry, 2)];
}

/** The same span moved and labelled anew, or the same relation labelled anew. */
function changed(entry: Entry, times: number): Entry {
  if (entry.type === 'span') {
    const { start, end } = entry.value;
    const moved = { ...entry.value, start: start + times, end: end + 2 * times, label: `moved-${times}` };
    return { ...entry, value: moved };
  }
  if (entry.type === 'relation') return { ...entry, value: { ...entry.value, label: `turned-${times}` } };
  throw new RangeError(`nothing to change in a ${entry.type}`);
}

function renamed(all: readonly Span[], prefix: string): Span[] {
  return all.map((one) => span({ ...one, id: prefix + one.id }));
}

function relationsOf(all: readonly Span[], prefix: string): Relation[] {
  return all
    .slice(1)
    .map((one, index) => relation({ id: `${prefix}r${index}`, head: one.id, child: all[index]!.id }));
}

const contents = fc.record({ old: spans, fresh: spans, elsewhere: spans });

/** A sheet and an edit that suits it, which adds, updates and removes spans and relations, here and elsewhere. */
export const sheetsWithEdit: fc.Arbitrary<{ sheet: Sheet; edit: Edit }> = contents.chain(
  ({ old, fresh, elsewhere }) => {
    const [added, others] = [renamed(fresh, 'n'), renamed(elsewhere, 'o')];
    const relations = relationsOf(old, '');
    const before = [
      ...old.map((one) => spanEntry(documentId, one)),
      ...relations.map((one) => relationEntry(documentId, one)),
      ...others.map((one) => spanEntry(otherId, one)),
    ];
    const after = [
      ...added.map((one) => spanEntry(documentId, one)),
      ...relationsOf(added, 'n').map((one) => relationEntry(documentId, one)),
      ...renamed(elsewhere, 'p').map((one) => spanEntry(otherId, one)),
    ];
    return fc.record({
      sheet: fc.constant(sheetOf(old, relations)),
      edit: fc
        .tuple(fc.array(fate, { minLength: before.length, maxLength: before.length }), fc.nat(after.length))
        .map(([fates, count]) => editOf(before, fates, after.slice(0, count))),
    });
  },
);
