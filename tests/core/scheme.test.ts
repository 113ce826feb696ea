import { describe, expect, test } from 'vitest';
import {
  colourCount,
  emptyScheme,
  labelKeys,
  labelOf,
  tagsOf,
  withLabel,
  type Label,
  type Scheme,
} from '../../src/core/scheme.ts';
import { speechActs } from '../../src/core/schemes/speech-acts.ts';

function schemeOf(...values: string[]): Scheme {
  return values.reduce((scheme, value) => withLabel(scheme, { value }).scheme, emptyScheme);
}

function labelIn(scheme: Scheme, value: string): Label {
  return scheme.labels.find((label) => label.value === value)!;
}

function withDeleted(scheme: Scheme, value: string): Scheme {
  return {
    ...scheme,
    labels: scheme.labels.map((label) => (label.value === value ? { ...label, deleted: true } : label)),
  };
}

function tags(scheme: Scheme): (string | undefined)[] {
  const found = tagsOf(scheme);
  return scheme.labels.map(({ id }) => found.get(id));
}

describe('a new project', () => {
  test('has the four speech acts on the keys 1 to 4', () => {
    expect(speechActs().labels.map(({ name, value, key, colour }) => [name, value, key, colour])).toEqual([
      ['Claim', 'claim', '1', 0],
      ['Denial', 'denial', '2', 1],
      ['Appeal', 'appeal', '3', 2],
      ['Accusation', 'accusation', '4', 3],
    ]);
  });

  test('shares no label id with another', () => {
    const ids = [...speechActs().labels, ...speechActs().labels].map(({ id }) => id);
    expect(new Set(ids).size).toBe(8);
  });
});

describe('a label that a scheme lacks', () => {
  test('gets the next free key and colour, at the end', () => {
    const { scheme, label, created } = withLabel(speechActs(), { value: 'threat' });
    expect(created).toBe(true);
    expect(scheme.labels.at(-1)).toBe(label);
    expect(label).toMatchObject({ value: 'threat', name: 'Threat', key: '5', colour: 4 });
  });

  test('takes a key and colour that have become free in between', () => {
    const scheme = speechActs();
    const rest = { ...scheme, labels: scheme.labels.filter(({ value }) => value !== 'denial') };
    expect(withLabel(rest, { value: 'threat' }).label).toMatchObject({ key: '2', colour: 1 });
  });

  test('leaves the key and colour of a deleted label to it, as undo may bring it back', () => {
    const scheme = withDeleted(speechActs(), 'denial');
    expect(withLabel(scheme, { value: 'threat' }).label).toMatchObject({ key: '5', colour: 4 });
  });

  test('is made as wished', () => {
    const wish = { value: 'threat', name: 'Open threat', key: 'w', colour: 7 } as const;
    expect(withLabel(speechActs(), wish).label).toMatchObject(wish);
  });

  test.each([
    ['taken', '1', '5'],
    ['no key for labels', 'F1', '5'],
  ])('gets the next free key when the one it wishes for is %s', (_, key, given) => {
    expect(withLabel(speechActs(), { value: 'threat', key }).label.key).toBe(given);
  });

  test('gets the next free colour when the one it wishes for is taken', () => {
    expect(withLabel(speechActs(), { value: 'threat', colour: 0 }).label.colour).toBe(4);
  });

  test.each([
    ['false_alarm', 'False alarm'],
    ['  call  to__arms ', 'Call to arms'],
    ['PER', 'PER'],
    ['_', '_'],
    ['übergriff', 'Übergriff'],
  ])('reads well: %j is named %j', (value, name) => {
    expect(withLabel(emptyScheme, { value }).label).toMatchObject({ value, name });
  });
});

describe('a label that a scheme has', () => {
  test('is not made twice', () => {
    const scheme = speechActs();
    const found = withLabel(scheme, { value: 'denial', name: 'No', key: '9', colour: 9 });
    expect(found).toEqual({ scheme, label: labelIn(scheme, 'denial'), created: false });
    expect(found.scheme).toBe(scheme);
  });

  test('is told by its machine name to the letter', () => {
    expect(withLabel(speechActs(), { value: 'Denial' }).created).toBe(true);
  });

  test('is made anew when it was deleted', () => {
    const scheme = withDeleted(speechActs(), 'denial');
    const { label, created } = withLabel(scheme, { value: 'denial' });
    expect(created).toBe(true);
    expect(label.id).not.toBe(labelIn(scheme, 'denial').id);
  });
});

describe('five hundred labels', () => {
  const scheme = schemeOf(...Array.from({ length: 500 }, (_, index) => `act_${index}`));

  test('are all different', () => {
    expect(new Set(scheme.labels.map(({ id }) => id)).size).toBe(500);
    expect(new Set(scheme.labels.map(({ value }) => value)).size).toBe(500);
  });

  test('share out the keys, each key once, until none is left', () => {
    const keys = scheme.labels.map(({ key }) => key);
    expect(keys.slice(0, labelKeys.length)).toEqual(labelKeys);
    expect(keys.slice(labelKeys.length).every((key) => key === undefined)).toBe(true);
    expect(scheme.labels.slice(labelKeys.length).every((label) => !('key' in label))).toBe(true);
    expect(new Set(labelKeys).size).toBe(labelKeys.length);
  });

  test('share out the colours evenly', () => {
    const used = Array.from({ length: colourCount }, (_, colour) =>
      scheme.labels.filter((one) => one.colour === colour),
    );
    for (const { length } of used)
      expect([Math.floor(500 / colourCount), Math.ceil(500 / colourCount)]).toContain(length);
  });

  test('have tags of at most four characters', () => {
    const all = tags(scheme);
    expect(all.length).toBe(500);
    expect(all.every((tag) => tag !== undefined && [...tag].length <= 4)).toBe(true);
  });
});

describe('a tag is the shortest beginning that tells a label from the others', () => {
  test.each([
    [
      ['claim', 'denial', 'appeal', 'accusation'],
      ['C', 'D', 'Ap', 'Ac'],
    ],
    [['claim'], ['C']],
    [
      ['act', 'action'],
      ['Act', 'Acti'],
    ],
    [
      ['person', 'personal'],
      ['Pers', 'Pers'],
    ],
    [
      ['PER', 'place'],
      ['Pe', 'Pl'],
    ],
    [
      ['new_law', 'new_label'],
      ['New', 'New'],
    ],
    [
      ['😡_anger', '🎉_joy'],
      ['😡', '🎉'],
    ],
    [
      ['übergriff', 'umzug'],
      ['Ü', 'U'],
    ],
  ])('%j: %j', (values, expected) => {
    expect(tags(schemeOf(...values))).toEqual(expected);
  });

  test('a deleted label makes no tag longer, and keeps one of its own', () => {
    expect(tags(withDeleted(schemeOf('claim', 'charge', 'denial'), 'charge'))).toEqual(['C', 'Ch', 'D']);
  });

  test('a label deleted and made again has the tag it had', () => {
    const scheme = withLabel(withDeleted(speechActs(), 'denial'), { value: 'denial' }).scheme;
    expect(tags(scheme).at(-1)).toBe('D');
  });
});

test('a label is found by its id, and an unknown id stands for itself', () => {
  const scheme = speechActs();
  const denial = labelIn(scheme, 'denial');
  expect(labelOf(scheme, denial.id)).toBe(denial);
  expect(labelOf(scheme, 'lost')).toEqual({ id: 'lost', name: 'lost', value: 'lost', colour: 0 });
});
