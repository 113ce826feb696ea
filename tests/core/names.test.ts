import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noEdit, spanEntry, spanUpdate } from '../../src/core/change.ts';
import { completions, mergeNames, NameTally } from '../../src/core/names.ts';
import { span } from '../annotated.ts';

const use = (count: number, at = '2026-01-01') => ({ count, at });
const said = (speaker: unknown, at = '2026-01-01') =>
  span({ start: 0, end: 1, updatedAt: at, attributes: { speaker: speaker as string } });

describe('names are counted', () => {
  test('by attribute, each of several, with the last time', () => {
    const tally = new NameTally();
    tally.count({ speaker: ['Ada', 'Ben'], target: 'Ada' }, '2026-01-02');
    tally.count({ speaker: 'Ada' }, '2026-01-01');
    expect(tally.inUse).toEqual({
      speaker: { Ada: use(2, '2026-01-02'), Ben: use(1, '2026-01-02') },
      target: { Ada: use(1, '2026-01-02') },
    });
  });

  test('once for a span that changes otherwise', () => {
    const tally = new NameTally();
    tally.countEdit({ ...noEdit, added: [spanEntry('d1', said('Ada'))] });
    tally.countEdit({ ...noEdit, updated: [spanUpdate('d1', said('Ada'), said(['Ada', 'Ben']))] });
    expect(tally.inUse).toEqual({ speaker: { Ada: use(1), Ben: use(1) } });
  });

  test('only in the documents that are meant', () => {
    const tally = new NameTally();
    const edit = { ...noEdit, added: [spanEntry('d1', said('Ada')), spanEntry('d2', said('Ben'))] };
    tally.countEdit(edit, (documentId) => documentId === 'd2');
    expect(tally.inUse).toEqual({ speaker: { Ben: use(1) } });
  });

  test('together when two counts are merged, in either order', () => {
    const [a, b] = [{ speaker: { Ada: use(2, '2026-01-01') } }, { speaker: { Ada: use(1, '2026-02-01') } }];
    expect(mergeNames(a, b)).toEqual({ speaker: { Ada: use(3, '2026-02-01') } });
    expect(mergeNames(b, a)).toEqual(mergeNames(a, b));
  });
});

describe('a name is completed', () => {
  const uses = {
    'Mike Pompeo': use(5),
    'Émile Zola': use(1, '2026-03-01'),
    'Zoé d’Arc': use(1, '2026-02-01'),
    Ompa: use(9),
  };

  test.each([
    ['mi', ['Mike Pompeo']],
    ['POMP', ['Mike Pompeo']],
    ['omp', ['Ompa']],
    ['zo', ['Émile Zola', 'Zoé d’Arc']],
    ['emile z', ['Émile Zola']],
    ['arc', ['Zoé d’Arc']],
    ['', ['Ompa', 'Mike Pompeo', 'Émile Zola', 'Zoé d’Arc']],
    ['nobody', []],
  ])('%j by %j: most used first, then most recent', (typed, expected) => {
    expect(completions(uses, typed)).toEqual(expected);
  });

  test('but not by one that stands there already, and not by more than there is room for', () => {
    expect(completions(uses, '', ['Ompa'], 2)).toEqual(['Mike Pompeo', 'Émile Zola']);
  });

  test('whatever its letters, by its own beginning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        fc.pre(name.trim() === name);
        expect(completions({ [name]: use(1) }, name)).toEqual([name]);
      }),
    );
  });
});
