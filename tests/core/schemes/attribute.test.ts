import { describe, expect, test } from 'vitest';
import type { Attribute, Scheme } from '../../../src/core/scheme.ts';
import {
  afterChoosing,
  attributesOf,
  choicesOf,
  isUnsaid,
  missingAttributes,
  nextOption,
  strayNames,
  textsOf,
  withoutText,
  withValue,
} from '../../../src/core/schemes/attribute.ts';
import { emptyScheme } from '../../../src/core/scheme.ts';
import { withMerge } from '../../../src/core/schemes/editing.ts';
import { span } from '../../annotated.ts';

const speaker: Attribute = { id: 'a1', name: 'Speaker', value: 'speaker', type: 'text', several: true };
const kind: Attribute = {
  id: 'a2',
  name: 'Kind',
  value: 'kind',
  type: 'one',
  options: ['deny', 'reject'],
  labels: ['denial'],
  required: true,
};
const topics: Attribute = {
  id: 'a3',
  name: 'Topics',
  value: 'topics',
  type: 'many',
  options: ['war', 'trade', 'law'],
};
const sure: Attribute = { id: 'a4', name: 'Sure', value: 'sure', type: 'yes-no' };
const scheme: Scheme = {
  ...emptyScheme,
  labels: [
    { id: 'claim', name: 'Claim', value: 'claim', colour: 0 },
    { id: 'denial', name: 'Denial', value: 'denial', colour: 1 },
    { id: 'old', name: 'Old', value: 'old', colour: 2, deleted: true, mergedInto: 'denial' },
  ],
  attributes: [speaker, kind, { ...topics, deleted: true }, sure],
};
const marked = (label: string, attributes = {}) => span({ start: 0, end: 1, label, attributes });

describe('the attributes of a label', () => {
  test('are those for all labels and its own, in the order of the scheme, without deleted ones', () => {
    expect(attributesOf(scheme, 'claim')).toEqual([speaker, sure]);
    expect(attributesOf(scheme, 'denial')).toEqual([speaker, kind, sure]);
  });

  test('are those of the label that it was merged into', () => {
    expect(attributesOf(scheme, 'old')).toEqual([speaker, kind, sure]);
    expect(attributesOf(withMerge(scheme, 'denial', 'claim'), 'claim')).toEqual([speaker, kind, sure]);
  });

  test('are missed where they are required and nothing is said, and only by spans that have them', () => {
    expect(missingAttributes(scheme, marked('denial'))).toEqual([kind]);
    for (const said of ['', [], null])
      expect(missingAttributes(scheme, marked('denial', { kind: said }))).toEqual([kind]);
    for (const said of ['deny', ['deny'], false])
      expect(missingAttributes(scheme, marked('denial', { kind: said }))).toEqual([]);
    expect(missingAttributes(scheme, marked('claim'))).toEqual([]);
  });

  test('leave over what a file has said under names of its own', () => {
    expect(strayNames(scheme, marked('claim', { kind: 'deny', speaker: 'Ada', score: 3 }))).toEqual([
      'kind',
      'score',
    ]);
  });
});

describe('a value', () => {
  test.each([
    [undefined, true],
    [null, true],
    ['', true],
    [[], true],
    [false, false],
    [0, false],
    ['no', false],
  ])('%j is unsaid: %s', (value, expected) => {
    expect(isUnsaid(value)).toBe(expected);
  });

  test.each([
    ['Ada', ['Ada']],
    [
      ['Ada', 'Ben'],
      ['Ada', 'Ben'],
    ],
    [
      ['Ada', { party: 'x' }, 3],
      ['Ada', '{"party":"x"}', '3'],
    ],
    [true, ['true']],
    [undefined, []],
  ])('%j reads %j', (value, expected) => {
    expect(textsOf(value)).toEqual(expected);
  });

  test('loses one of its texts, and what else a file put there stays as it is', () => {
    expect(withoutText(['Ada', { party: 'x' }, 'Ben'], 'Ada')).toEqual([{ party: 'x' }, 'Ben']);
    expect(withoutText('Ada', 'Ada')).toBeUndefined();
    expect(withoutText('Ada', 'Ben')).toBe('Ada');
  });

  test('is set without moving the other names, and leaves no name behind when nothing is said', () => {
    const said = withValue({ speaker: 'Ada', kind: 'deny', sure: true }, 'kind', 'reject');
    expect(Object.entries(said)).toEqual([
      ['speaker', 'Ada'],
      ['kind', 'reject'],
      ['sure', true],
    ]);
    for (const nothing of [[], ''])
      expect(withValue(said, 'kind', nothing)).toEqual({ speaker: 'Ada', sure: true });
    expect(withValue({}, 'sure', false)).toEqual({ sure: false });
  });
});

describe('choosing', () => {
  const chosen = (attribute: Attribute, said: Parameters<typeof choicesOf>[1]) =>
    choicesOf(attribute, said).flatMap(({ name, isChosen }) => (isChosen ? name : []));
  const press = (attribute: Attribute, said: Parameters<typeof choicesOf>[1], name: string) =>
    afterChoosing(
      attribute,
      said,
      choicesOf(attribute, said).find((choice) => choice.name === name)!,
    );

  test('offers what a file has said beside the options, so that nothing is hidden', () => {
    expect(choicesOf(kind, 'evade').map(({ name }) => name)).toEqual(['deny', 'reject', 'evade']);
    expect(chosen(kind, 'evade')).toEqual(['evade']);
    expect(chosen(sure, 'maybe')).toEqual(['maybe']);
  });

  test('one of several options takes the place of another, and can be taken back', () => {
    expect(press(kind, 'deny', 'reject')).toBe('reject');
    expect(press(kind, 'deny', 'deny')).toBeUndefined();
  });

  test('among many keeps the order of the options', () => {
    expect(press(topics, ['law'], 'war')).toEqual(['war', 'law']);
    expect(press(topics, ['war', 'law'], 'war')).toEqual(['law']);
    expect(press(topics, 'law', 'trade')).toEqual(['trade', 'law']);
  });

  test('yes and no are not the same as nothing said', () => {
    expect([press(sure, undefined, 'No'), press(sure, false, 'No'), press(sure, false, 'Yes')]).toEqual([
      false,
      undefined,
      true,
    ]);
  });

  test('by one key turns from nothing over all options to nothing', () => {
    expect([undefined, 'deny', 'reject', 'evade'].map((now) => nextOption(kind, now))).toEqual([
      'deny',
      'reject',
      undefined,
      'deny',
    ]);
  });

  test('turns back the same way', () => {
    const options = [undefined, 'deny', 'reject'];
    for (const now of options) expect(nextOption(kind, nextOption(kind, now), -1)).toBe(now);
    expect(nextOption(kind, undefined, -1)).toBe('reject');
  });
});
