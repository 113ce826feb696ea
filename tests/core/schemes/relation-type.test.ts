import { describe, expect, test } from 'vitest';
import { mayJoin, relationTypeOf, typesFrom } from '../../../src/core/schemes/relation-type.ts';
import { speechActs } from '../../../src/core/schemes/speech-acts.ts';
import { span } from '../../annotated.ts';

const scheme = speechActs();
const id = (value: string) => scheme.labels.find((label) => label.value === value)!.id;
const type = (value: string) => scheme.relations.find((relation) => relation.value === value)!;
const [claim, denial, appeal, accusation, otherClaim] = [
  'claim',
  'denial',
  'appeal',
  'accusation',
  'claim',
].map((label, index) => span({ id: `s${index}`, start: index, end: index + 1, label: id(label) }));

describe('a relation type', () => {
  test.each([
    ['denies', denial, claim, true],
    ['denies', denial, accusation, true],
    ['denies', denial, appeal, false],
    ['denies', claim, denial, false],
    ['rejects', denial, appeal, true],
    ['supports', claim, appeal, true],
    ['supports', claim, claim, false],
    ['restates', claim, otherClaim, true],
    ['restates', claim, denial, false],
  ])('%s joins what its pairs say (case %#)', (name, head, child, expected) => {
    expect(mayJoin(scheme, type(name), head!, child!)).toBe(expected);
  });

  test('counts a merged label as the one it was merged into', () => {
    const merged = {
      ...scheme,
      labels: scheme.labels.map((label) =>
        label.value === 'appeal' ? { ...label, deleted: true as const, mergedInto: id('claim') } : label,
      ),
    };
    expect(mayJoin(merged, type('denies'), denial!, appeal!)).toBe(true);
    expect(mayJoin(merged, type('restates'), claim!, appeal!)).toBe(true);
  });

  test('is found by its id, and by its machine name from before it had one', () => {
    expect(relationTypeOf(scheme, type('denies').id).name).toBe('Denies');
    expect(relationTypeOf(scheme, 'denies').id).toBe(type('denies').id);
  });

  test('that the scheme lacks is shown, and joins nothing new', () => {
    const unknown = relationTypeOf(scheme, 'causes');
    expect(unknown).toMatchObject({ name: 'causes', pairs: [] });
    expect(mayJoin(scheme, unknown, claim!, denial!)).toBe(false);
  });

  test('is offered where it leads somewhere, the narrow before the wide', () => {
    const from = (head = denial!, spans = [claim!, denial!]) =>
      typesFrom(scheme, head, spans).map(({ value }) => value);
    expect(from()).toEqual(['denies', 'supports']);
    expect(from(denial, [denial!])).toEqual([]);
    expect(from(claim, [claim!, otherClaim!])).toEqual(['supports', 'restates']);
  });
});
