import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeItems } from '../../../src/core/merge.ts';
import { firstProject, mergeProject } from '../../../src/core/project.ts';
import { labelOf, living, machineName, type Scheme } from '../../../src/core/scheme.ts';
import {
  freeValue,
  keysOf,
  schemeFault,
  withMerge,
  withMove,
  withPatch,
  withRestored,
} from '../../../src/core/schemes/editing.ts';
import { attribute, label, schemes, schemeWith } from './schemes.ts';

const values = (scheme: Scheme) => living(scheme.labels).map(({ value }) => value);
const three = schemeWith({ labels: [label('a', { key: '1' }), label('b', { key: '2' }), label('c')] });

describe('moving a label', () => {
  test.each([
    ['a', 1, ['b', 'a', 'c']],
    ['a', 2, ['b', 'c', 'a']],
    ['a', 9, ['b', 'c', 'a']],
    ['c', -1, ['a', 'c', 'b']],
    ['c', -9, ['c', 'a', 'b']],
    ['a', -1, ['a', 'b', 'c']],
    ['nobody', 1, ['a', 'b', 'c']],
  ])('%s by %i', (id, by, expected) => {
    expect(values(withMove(three, 'labels', id, by))).toEqual(expected);
  });

  test('steps over deleted ones, which stay', () => {
    const scheme = withPatch(three, 'labels', 'b', { deleted: true });
    expect(values(withMove(scheme, 'labels', 'a', 1))).toEqual(['c', 'a']);
    expect(withMove(scheme, 'labels', 'a', 1).labels).toHaveLength(3);
  });

  test('changes nothing but the order, and is taken back by moving it back', () => {
    fc.assert(
      fc.property(schemes, fc.nat(7), fc.constantFrom(-1, 1), (scheme, index, by) => {
        const id = `l${index}`;
        const moved = withMove(scheme, 'labels', id, by);
        expect(moved.labels.toSorted(byId)).toEqual(scheme.labels.toSorted(byId));
        if (values(moved).join() !== values(scheme).join())
          expect(values(withMove(moved, 'labels', id, -by))).toEqual(values(scheme));
      }),
    );
  });
});

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

describe('merging labels', () => {
  test('lets the spans of one count as the other’s, also over two steps', () => {
    const once = withMerge(three, 'a', 'b');
    expect(labelOf(once, 'a').id).toBe('b');
    const twice = withMerge(once, 'b', 'c');
    expect(labelOf(twice, 'a').id).toBe('c');
    expect(values(twice)).toEqual(['c']);
  });

  test('never leads round in a circle', () => {
    const scheme = withMerge(withMerge(three, 'a', 'b'), 'b', 'a');
    expect(labelOf(scheme, 'a').id).toBe('b');
    expect(labelOf(scheme, 'b').id).toBe('b');
  });

  test('is taken back whole by restoring', () => {
    expect(withRestored(withMerge(three, 'a', 'b'), 'labels', 'a')).toEqual(three);
  });
});

describe('restoring', () => {
  const deleted = withPatch(three, 'labels', 'a', { deleted: true });

  test('brings back what was deleted as it was', () => {
    expect(withRestored(deleted, 'labels', 'a')).toEqual(three);
  });

  test('goes without a key that was given away meanwhile, and takes another machine name', () => {
    const since = { ...deleted, labels: [...deleted.labels, label('new', { value: 'a', key: '1' })] };
    const back = withRestored(since, 'labels', 'a');
    expect(back.labels[0]).toEqual(label('a', { value: 'a_2', name: 'a' }));
    expect(schemeFault(back)).toBeUndefined();
  });

  test('keeps a label without a key as it is', () => {
    const scheme = withPatch(three, 'labels', 'c', { deleted: true });
    expect(withRestored(scheme, 'labels', 'c')).toEqual(three);
  });

  test('makes no fault, whatever was deleted', () => {
    fc.assert(
      fc.property(schemes, fc.nat(7), (scheme, index) => {
        expect(schemeFault(withRestored(scheme, 'labels', `l${index}`))).toBeUndefined();
      }),
    );
  });
});

describe('a scheme is refused', () => {
  const withTraits = (traits: object) => withPatch(three, 'labels', 'a', traits);
  test.each([
    ['two labels share a key', withTraits({ key: '2' }), /^The key 2 belongs to “a” already\. .* “b”/],
    ['a key is a command’s', withTraits({ key: 'n' }), /^“n” cannot be the key of “a”/],
    ['a label has no name', withTraits({ name: ' ' }), /^A label needs a name/],
    ['a machine name is empty', withTraits({ value: '' }), /needs a machine name/],
    ['two share a machine name', withTraits({ value: 'b' }), /“a” and “b” have the same machine name/],
    [
      'a label and an attribute share a key',
      { ...three, attributes: [attribute('speaker', { key: '1' })] },
      /^The key 1 belongs to “a” already/,
    ],
    [
      'there is nothing to choose among',
      { ...three, attributes: [attribute('kind', { type: 'one' })] },
      /“kind” needs options/,
    ],
    [
      'two options are the same',
      { ...three, attributes: [attribute('kind', { type: 'many', options: ['x', 'x'] })] },
      /Two options of the attribute “kind” are the same/,
    ],
    [
      'an attribute has no name',
      { ...three, attributes: [attribute('kind', { name: '' })] },
      /^An attribute needs a name/,
    ],
  ])('when %s', (_, scheme, sentence) => {
    expect(schemeFault(scheme)).toMatch(sentence);
  });

  test('not for what is deleted', () => {
    const scheme = {
      ...three,
      labels: [...three.labels, label('a2', { value: 'a', key: '1', deleted: true })],
    };
    expect(schemeFault(scheme)).toBeUndefined();
  });

  test('not for what was wrong before, so that anything else can still be mended', () => {
    const wrong = schemeWith({ labels: [label('a', { key: '1' }), label('b', { key: '1' }), label('c')] });
    expect(schemeFault(wrong)).toBeDefined();
    expect(schemeFault(withPatch(wrong, 'labels', 'c', { name: 'Other' }), wrong)).toBeUndefined();
    expect(schemeFault(withPatch(wrong, 'labels', 'a', { name: 'Other' }), wrong)).toBeUndefined();
    expect(schemeFault(withPatch(wrong, 'labels', 'c', { key: '1' }), wrong)).toMatch(/^The key 1/);
  });
});

test('keys are told with who has them', () => {
  const scheme = { ...three, attributes: [attribute('speaker', { key: 's', name: 'Speaker' })] };
  expect([...keysOf(scheme)]).toEqual([
    ['1', 'a'],
    ['2', 'b'],
    ['s', 'Speaker'],
  ]);
});

test.each([
  ['threat', 'threat'],
  ['a', 'a_2'],
])('a new machine name “%s” becomes %s', (value, free) => {
  expect(freeValue(value, three.labels)).toBe(free);
});

test.each([
  ['False alarm', 'false_alarm'],
  ['  Call to  arms! ', 'call_to_arms'],
  ['PER', 'PER'],
  ['Übergriff', 'übergriff'],
  ['U.N. vote', 'u_n_vote'],
  ['إنكار', 'إنكار'],
  ['…', ''],
])('the machine name of “%s” is “%s”', (name, value) => {
  expect(machineName(name)).toBe(value);
});

describe('two tabs that change a scheme at once', () => {
  const before = three.labels;
  const renamed = withPatch(three, 'labels', 'a', { name: 'A!' }).labels;

  test('keep both of their changes to one label', () => {
    const recoloured = withPatch(three, 'labels', 'a', { colour: 7 }).labels;
    expect(mergeItems(renamed, before, recoloured)[0]).toEqual({ ...before[0]!, name: 'A!', colour: 7 });
  });

  test('keep the label that each has added', () => {
    const one = [...before, label('x')];
    const other = [...before, label('y')];
    expect(mergeItems(one, before, other).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'x', 'y']);
  });

  test('keep an order and a name', () => {
    const moved = withMove(three, 'labels', 'c', -2).labels;
    expect(mergeItems(renamed, before, moved).map(({ name }) => name)).toEqual(['c', 'A!', 'b']);
  });

  test('keep a label that one adds where the other moves', () => {
    const added = [...before, label('x')];
    const moved = withMove(three, 'labels', 'c', -2).labels;
    expect(mergeItems(added, before, moved).map(({ id }) => id)).toEqual(['c', 'x', 'a', 'b']);
  });

  test('lose no label when one takes back what it added: it is kept as deleted', () => {
    const added = [...before, label('x')];
    expect(mergeItems(added, added, before).at(-1)).toEqual(label('x', { deleted: true }));
  });

  test('never lose an item, whatever they do', () => {
    fc.assert(
      fc.property(schemes, schemes, schemes, ({ labels: now }, { labels: old }, { labels: next }) => {
        const ids = mergeItems(now, old, next).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { id } of [...now, ...next]) expect(ids).toContain(id);
      }),
    );
  });

  test('keep a project’s name and its scheme apart', () => {
    const project = firstProject();
    const named = { ...project, name: 'Bridges' };
    const ruled = { ...project, scheme: { ...project.scheme, guideline: 'Be brief.' } };
    expect(mergeProject(named, project, ruled)).toEqual({ ...ruled, name: 'Bridges' });
    const gone = { ...project, deleted: true as const };
    expect(mergeProject(named, project, gone)).toEqual({ ...named, deleted: true });
    expect(mergeProject({ ...named, deleted: true }, gone, project)).toEqual(named);
  });
});
