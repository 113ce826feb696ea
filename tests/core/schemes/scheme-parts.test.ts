import { describe, expect, test } from 'vitest';
import { speechActs } from '../../../src/core/schemes/speech-acts.ts';
import {
  attributesOf,
  missingAttributes,
  nextOption,
  textsOf,
  withValue,
} from '../../../src/core/schemes/attribute.ts';
import { completeScheme } from '../../../src/core/schemes/complete.ts';
import { withMerge } from '../../../src/core/schemes/editing.ts';
import { mayJoin, relationTypeOf, typesFrom } from '../../../src/core/schemes/relation-type.ts';
import { span } from '../../annotated.ts';
import { attribute, label, schemeWith } from './schemes.ts';

const scheme = schemeWith({
  labels: [label('claim'), label('denial'), label('lie')],
  attributes: [
    attribute('speaker', { required: true }),
    attribute('kind', { type: 'one', options: ['deny', 'reject'], labels: ['denial'] }),
    attribute('old', { deleted: true }),
  ],
  relations: [
    { id: 'r1', name: 'Supports', value: 'supports', pairs: [{ head: 'any', child: 'any' }] },
    { id: 'r2', name: 'Denies', value: 'denies', pairs: [{ head: 'denial', child: 'claim' }] },
    { id: 'r3', name: 'Restates', value: 'restates', pairs: [{ head: 'any', child: 'same' }] },
  ],
});
const at = (name: string, id = name) => span({ id, start: 0, end: 1, label: name });

describe('attributes', () => {
  test('are those for all labels and those for the label of the span', () => {
    const names = (id: string, of = scheme) => attributesOf(of, id).map(({ value }) => value);
    expect(names('claim')).toEqual(['speaker']);
    expect(names('denial')).toEqual(['speaker', 'kind']);
    expect(names('lie', withMerge(scheme, 'lie', 'denial'))).toEqual(['speaker', 'kind']);
    expect(names('claim', withMerge(scheme, 'denial', 'claim'))).toEqual(['speaker', 'kind']);
  });

  test('are missing when they are required and nothing is said', () => {
    const lacks = (attributes: object) =>
      missingAttributes(scheme, { ...at('claim'), attributes: { ...attributes } }).length;
    expect([{}, { speaker: '' }, { speaker: [] }, { speaker: null }].map(lacks)).toEqual([1, 1, 1, 1]);
    expect([{ speaker: 'Ada' }, { speaker: ['Ada'] }, { speaker: false }].map(lacks)).toEqual([0, 0, 0]);
  });

  test('turn through their options and back to none', () => {
    const kind = scheme.attributes[1]!;
    expect([undefined, 'deny', 'reject', 'other'].map((now) => nextOption(kind, now))).toEqual([
      'deny',
      'reject',
      undefined,
      'deny',
    ]);
  });

  test('keep their order and lose what has nothing to say', () => {
    expect(Object.keys(withValue({ a: 1, b: 2 }, 'a', 3))).toEqual(['a', 'b']);
    expect(withValue({ a: 1, b: 2 }, 'a', '')).toEqual({ b: 2 });
    expect(withValue({}, 'a', false)).toEqual({ a: false });
    expect(textsOf(['Ada', 7])).toEqual(['Ada', '7']);
    expect(textsOf(undefined)).toEqual([]);
  });
});

describe('a relation', () => {
  test.each([
    ['r1', 'claim', 'denial', true],
    ['r2', 'denial', 'claim', true],
    ['r2', 'claim', 'denial', false],
    ['r3', 'claim', 'claim', true],
    ['r3', 'claim', 'denial', false],
  ])('%s from %s to %s: %s', (type, head, child, may) => {
    expect(mayJoin(scheme, relationTypeOf(scheme, type), at(head, 'x'), at(child, 'y'))).toBe(may);
  });

  test('joins no span with itself, and a merged label as the one that it counts as', () => {
    const supports = relationTypeOf(scheme, 'supports');
    expect(mayJoin(scheme, supports, at('claim'), at('claim'))).toBe(false);
    const merged = withMerge(scheme, 'lie', 'claim');
    expect(mayJoin(merged, relationTypeOf(merged, 'r2'), at('denial'), at('lie'))).toBe(true);
    expect(mayJoin(merged, relationTypeOf(merged, 'r3'), at('claim'), at('lie'))).toBe(true);
  });

  test('of a kind that the scheme lacks is shown and joins nothing new', () => {
    const unknown = relationTypeOf(scheme, 'echoes');
    expect(unknown).toMatchObject({ name: 'echoes', pairs: [] });
    expect(mayJoin(scheme, unknown, at('claim'), at('denial'))).toBe(false);
  });

  test('is offered narrow kinds first, and only kinds that lead somewhere', () => {
    const offered = (head: string, ...others: string[]) =>
      typesFrom(
        scheme,
        at(head, 'head'),
        others.map((other) => at(other)),
      ).map(({ value }) => value);
    expect(offered('denial', 'claim')).toEqual(['denies', 'supports']);
    expect(offered('claim', 'claim')).toEqual(['supports', 'restates']);
    expect(offered('claim')).toEqual([]);
  });
});

describe('a scheme of version 0.1', () => {
  const { labels } = speechActs();
  const old = labels.map(({ guideline: _, ...rest }) => rest);

  test('that marks speech acts is given their attributes, relations and guidelines', () => {
    const complete = completeScheme({ labels: old });
    expect(complete.labels.map(({ guideline: _, ...rest }) => rest)).toEqual(old);
    expect(complete.labels.every(({ guideline }) => guideline)).toBe(true);
    expect(complete.attributes.map(({ value }) => value)).toContain('speaker');
    expect(complete.relations[0]!.pairs[0]).toEqual({ head: old[1]!.id, child: old[0]!.id });
    expect(complete.guideline).toBeTruthy();
  });

  test('keeps names, colours and keys that somebody chose, and takes no key away', () => {
    const own = [...old.map((one) => ({ ...one, name: `${one.name}!` })), label('extra', { key: 's' })];
    const complete = completeScheme({ labels: own });
    expect(complete.labels.map(({ name, key, colour }) => [name, key, colour])).toEqual(
      own.map(({ name, key, colour }) => [name, key, colour]),
    );
    expect(complete.attributes.find(({ value }) => value === 'speaker')).not.toHaveProperty('key');
  });

  test('of something else stays as it is', () => {
    expect(completeScheme({ labels: [label('PER')] })).toEqual(schemeWith({ labels: [label('PER')] }));
  });

  test('is completed once', () => {
    const complete = completeScheme({ labels: old });
    expect(completeScheme({ ...complete, attributes: [] }).attributes).toEqual([]);
    expect(completeScheme(complete)).toEqual(complete);
  });
});
