import { expect, test } from 'vitest';
import { sheetOf } from '../../src/core/sheet.ts';
import { unite } from '../../src/core/union.ts';
import { annotated, span } from '../annotated.ts';

const { text, spans } = annotated('[Ada](claim) [denied](denial) it');
const [claim, denial] = [spans[0]!, spans[1]!];
const denies = {
  id: 'r1',
  head: denial.id,
  child: claim.id,
  label: 'denies',
  annotator: 'anna',
  attributes: {},
};

test('what is here already adds nothing', () => {
  const sheet = sheetOf(spans, [denies]);
  expect(unite(sheet, sheet)).toEqual({
    spans: [],
    relations: [],
    conflicts: [],
    differing: [],
    unlinked: [],
    otherLinks: [],
  });
});

test('missing spans and relations are added', () => {
  expect(unite(sheetOf([claim]), sheetOf(spans, [denies]))).toMatchObject({
    spans: [denial],
    relations: [denies],
  });
});

test('a relation holds for the same span under another id', () => {
  const renamed = spans.map((other) => ({ ...other, id: `other-${other.id}` }));
  const relation = { ...denies, id: 'r2', head: `other-${denial.id}`, child: `other-${claim.id}` };
  const union = unite(sheetOf(spans), sheetOf(renamed, [relation]));
  expect(union.spans).toEqual([]);
  expect(union.relations).toEqual([{ ...relation, head: denial.id, child: claim.id }]);
  expect(unite(sheetOf(spans, [denies]), sheetOf(renamed, [relation])).relations).toEqual([]);
});

test('a span whose id stands for another one here is named, and so is a relation that hangs on it', () => {
  const clash = span({ id: claim.id, start: 0, end: 10, label: 'claim' }, text);
  const union = unite(sheetOf([claim, denial]), sheetOf([clash, denial], [{ ...denies, id: 'r2' }]));
  expect(union).toMatchObject({ spans: [], conflicts: [clash], unlinked: [{ id: 'r2' }] });
});

test('the same span with other attributes or another note is named', () => {
  const noted = { ...claim, note: 'sure?' };
  expect(unite(sheetOf([claim]), sheetOf([noted])).differing).toEqual([noted]);
});
