import { describe, expect, test } from 'vitest';
import { speechActs } from '../../../src/core/schemes/speech-acts.ts';
import { sheetOf } from '../../../src/core/sheet.ts';
import { factsOf } from '../../../src/ui/annotate/details/span-facts.ts';
import { relatedTo, relationCounts } from '../../../src/ui/annotate/details/related.ts';
import { span } from '../../annotated.ts';
import { relation } from '../../core/edits.ts';

const plain = speechActs();
const scheme = {
  ...plain,
  attributes: plain.attributes.map((one) => ({
    ...one,
    ...(one.value === 'kind' && { required: true as const }),
  })),
};
const label = (value: string) => scheme.labels.find((one) => one.value === value)!.id;

describe('the facts of a span', () => {
  test('are its speakers, whether it has a note, and what it should say and does not', () => {
    const denial = span({
      start: 0,
      end: 1,
      label: label('denial'),
      attributes: { speaker: ['Ada', 'Ben'] },
    });
    expect(factsOf(scheme, denial)).toEqual({ names: 'Ada, Ben', hasNote: false, missing: 'Kind' });
    const full = { ...denial, attributes: { kind: 'deny' }, note: 'why' };
    expect(factsOf(scheme, full)).toEqual({ names: '', hasNote: true, missing: '' });
    expect(factsOf(scheme, { ...denial, label: label('claim') }).missing).toBe('');
  });
});

describe('the relations of a span', () => {
  const [a, b, c] = [0, 1, 2].map((start) => span({ id: `s${start}`, start, end: start + 1 }));
  const links = [
    relation({ id: 'r1', head: 's2', child: 's1' }),
    relation({ id: 'r2', head: 's1', child: 's2' }),
    relation({ id: 'r3', head: 's1', child: 's0' }),
  ];

  test('are those that lead away first, each kind in the order of the text', () => {
    const seen = relatedTo(b!, sheetOf([a!, b!, c!], links)).map(
      ({ relation: { id }, other, direction }) => `${id} ${direction} ${other.id}`,
    );
    expect(seen).toEqual(['r3 out s0', 'r2 out s2', 'r1 in s2']);
  });

  test('are left out where the other end is gone', () => {
    expect(relatedTo(b!, sheetOf([b!, c!], links)).map(({ other }) => other.id)).toEqual(['s2', 's2']);
  });

  test('are counted at both ends', () => {
    expect(Object.fromEntries(relationCounts(links))).toEqual({ s0: 1, s1: 3, s2: 2 });
  });
});
