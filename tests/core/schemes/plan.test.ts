import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colourCount, livingLabels, type Scheme } from '../../../src/core/scheme.ts';
import { schemeFault } from '../../../src/core/schemes/editing.ts';
import { planOf, schemeFrom, withPlan, withRelationType } from '../../../src/core/schemes/plan.ts';
import { startingSchemes } from '../../../src/core/schemes/starting.ts';
import { attribute, label, schemes, schemeWith } from './schemes.ts';

/** A scheme that two people would call the same: without what was deleted, and with machine names for ids. */
function likeness(scheme: Scheme): unknown {
  return planOf(scheme);
}

describe('the plan of a scheme', () => {
  test('makes the same scheme again, with ids of its own', () => {
    fc.assert(
      fc.property(schemes, (scheme) => {
        const copy = schemeFrom(planOf(scheme));
        expect(likeness(copy)).toEqual(likeness(scheme));
        const ids = new Set(scheme.labels.map(({ id }) => id));
        expect(copy.labels.some(({ id }) => ids.has(id))).toBe(false);
      }),
    );
  });

  test('leaves out what was deleted, and names a merged label by the one that it counts as', () => {
    const scheme = schemeWith({
      labels: [
        label('claim'),
        label('lie', { deleted: true, mergedInto: 'claim' }),
        label('x', { deleted: true }),
      ],
      attributes: [attribute('speaker', { labels: ['lie', 'claim', 'x'] })],
      relations: [
        {
          id: 'r',
          name: 'r',
          value: 'r',
          pairs: [
            { head: 'lie', child: 'x' },
            { head: 'lie', child: 'any' },
          ],
        },
      ],
    });
    const plan = planOf(scheme);
    expect(plan.labels.map(({ value }) => value)).toEqual(['claim']);
    expect(plan.attributes![0]!.labels).toEqual(['claim']);
    expect(plan.relations![0]!.pairs).toEqual([{ head: 'claim', child: 'any' }]);
  });

  test('keeps a colour that two labels share, and a label without a key without one', () => {
    const scheme = schemeWith({ labels: [label('a', { colour: 3, key: 'a' }), label('b', { colour: 3 })] });
    expect(schemeFrom(planOf(scheme)).labels).toMatchObject([{ colour: 3, key: 'a' }, { colour: 3 }]);
    expect(schemeFrom(planOf(scheme)).labels[1]).not.toHaveProperty('key');
  });
});

describe('a scheme that a plan is added to', () => {
  test('keeps all that it has, and takes what it lacks', () => {
    fc.assert(
      fc.property(schemes, schemes, (scheme, other) => {
        const { labels, attributes, relations, documentLabels } = withPlan(scheme, planOf(other));
        expect(labels.slice(0, scheme.labels.length)).toEqual(scheme.labels);
        expect(attributes.slice(0, scheme.attributes.length)).toEqual(scheme.attributes);
        expect(relations.slice(0, scheme.relations.length)).toEqual(scheme.relations);
        expect(documentLabels.slice(0, scheme.documentLabels.length)).toEqual(scheme.documentLabels);
        const values = new Set(labels.filter(({ deleted }) => !deleted).map(({ value }) => value));
        for (const { value } of livingLabels(other)) expect(values).toContain(value);
      }),
    );
  });

  test('gets no fault by it', () => {
    fc.assert(
      fc.property(schemes, schemes, (scheme, other) => {
        expect(schemeFault(withPlan(scheme, planOf(other)), scheme)).toBeUndefined();
      }),
    );
  });

  test('gets a relation type that a file uses, for any two labels', () => {
    const { scheme, type } = withRelationType(schemeWith({}), 'echoes');
    expect(type).toMatchObject({ value: 'echoes', name: 'Echoes', pairs: [{ head: 'any', child: 'any' }] });
    expect(withRelationType(scheme, 'echoes')).toEqual({ scheme, type });
  });
});

describe.each(startingSchemes.map(({ name, plan }) => [name, plan] as const))('%s', (_, plan) => {
  const scheme = schemeFrom(plan);

  test('has no fault', () => {
    expect(schemeFault(scheme)).toBeUndefined();
  });

  test('refers to no label that it lacks, and says of each when to use it', () => {
    const values = new Set<string>(['any', 'same', ...plan.labels.map(({ value }) => value)]);
    const named = [
      ...(plan.attributes ?? []).flatMap(({ labels = [] }) => labels),
      ...(plan.relations ?? []).flatMap(({ pairs }) => pairs.flatMap(({ head, child }) => [head, child])),
    ];
    for (const value of named) expect(values).toContain(value);
    for (const { guideline } of plan.labels) expect(guideline).toBeTruthy();
  });

  test('gives each label a colour and a key of its own', () => {
    expect(plan.labels.length).toBeLessThanOrEqual(colourCount);
    for (const field of ['colour', 'key'] as const)
      expect(new Set(scheme.labels.map((one) => one[field])).size).toBe(scheme.labels.length);
  });
});

test('the first of the starting schemes are the speech acts', () => {
  expect(startingSchemes[0]!.plan.labels.map(({ value }) => value)).toEqual([
    'claim',
    'denial',
    'appeal',
    'accusation',
  ]);
});
