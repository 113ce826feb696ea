import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noEdit, spanEntry, type Edit, type Entry } from '../../src/core/change.ts';
import { conflictsIn } from '../../src/core/conflicts.ts';
import { applyEdits, sheetOf } from '../../src/core/sheet.ts';
import type { Span } from '../../src/core/span.ts';
import { span } from '../annotated.ts';
import { documentId, relation, relationEntry } from './edits.ts';

const [ada, it, ben] = [
  span({ id: 'ada', start: 0, end: 3, label: 'PER' }),
  span({ id: 'it', start: 11, end: 13, label: 'CLAIM' }),
  span({ id: 'ben', start: 20, end: 23, label: 'PER' }),
];
const denies = relation({ id: 'denies', head: 'ada', child: 'it' });
const sheet = sheetOf([ada, it, ben], [denies]);

const entry = (value: Span): Entry => spanEntry(documentId, value);
const changing = (before: Span, traits: Partial<Span>): Edit => ({
  ...noEdit,
  updated: [{ before: entry(before), after: entry({ ...before, ...traits }) }],
});
/** As `Remove` does it: with their relations. */
const removing = (...values: Span[]): Edit => ({
  ...noEdit,
  removed: [
    ...(values.some(({ id }) => id === 'ada' || id === 'it') ? [relationEntry(documentId, denies)] : []),
    ...values.map(entry),
  ],
});
const removingAda = removing(ada);
const after = (...edits: Edit[]) => applyEdits(sheet, edits, documentId);
const names = (spans: readonly Span[]) => spans.map(({ id }) => id);

describe('a span that one changes and another removes, neither knowing of the other', () => {
  const note = changing(ada, { note: 'she did' });

  test('stays as it was changed, with its relations, whoever comes first (A27)', () => {
    expect(after(note, removingAda).spans).toEqual([{ ...ada, note: 'she did' }, it, ben]);
    expect(after(note, removingAda).relations).toEqual([denies]);
    expect(after(removingAda, note).spans).toEqual([{ ...ada, note: 'she did' }, it, ben]);
  });

  test('is told as a conflict, whoever comes first (A27)', () => {
    expect(names(conflictsIn(removingAda, after(note), documentId))).toEqual(['ada']);
    expect(names(conflictsIn(note, after(removingAda), documentId))).toEqual(['ada']);
    expect(conflictsIn(removingAda, sheet, documentId)).toEqual([]);
    expect(conflictsIn(note, sheet, documentId)).toEqual([]);
  });

  test('keeps back nothing else of what was removed with it (A27)', () => {
    expect(names(after(note, removing(it, ben)).spans)).toEqual(['ada']);
    expect(names(after(note, { ...noEdit, removed: [...removingAda.removed, entry(ben)] }).spans)).toEqual([
      'ada',
      'it',
    ]);
  });

  test('goes when the change was taken back before (A27)', () => {
    const back = {
      ...noEdit,
      updated: note.updated.map((said) => ({ before: said.after, after: said.before })),
    };
    expect(names(after(note, back, removingAda).spans)).toEqual(['it', 'ben']);
  });

  test('goes when whoever removes it has seen the change', () => {
    expect(names(after(note, removing({ ...ada, note: 'she did' })).spans)).not.toContain('ada');
  });

  test('goes whatever order its fields are stored in', () => {
    const turned = Object.fromEntries(Object.entries(ada).reverse()) as unknown as Span;
    expect(names(after(removing(turned)).spans)).not.toContain('ada');
  });
});

test('a span to which somebody else draws a relation meanwhile stays, so that the relation leads somewhere (A27)', () => {
  const linking: Edit = {
    ...noEdit,
    added: [relationEntry(documentId, relation({ id: 'new', head: 'ben', child: 'it' }))],
  };
  expect(names(after(linking, removing(ben)).spans)).toContain('ben');
});

test('two that change and remove at random lose no change, in whatever order their edits come (A27)', () => {
  const deed = fc.record({ who: fc.nat(1), target: fc.constantFrom(ada, it, ben), removes: fc.boolean() });
  fc.assert(
    fc.property(fc.array(deed, { minLength: 2, maxLength: 6 }), (deeds) => {
      // Nobody sees what the other does.
      const edits = deeds.map(({ target, removes, who }, index) =>
        removes ? removing(target) : changing(target, { note: `${who}-${index}` }),
      );
      const result = sheetOf([ada, it, ben]);
      const { spans } = applyEdits(result, edits, documentId);
      for (const target of [ada, it, ben]) {
        const last = deeds.findLastIndex((one) => one.target === target && !one.removes);
        if (last < 0) continue;
        expect(spans.find(({ id }) => id === target.id)?.note).toBe(`${deeds[last]!.who}-${last}`);
      }
    }),
  );
});
