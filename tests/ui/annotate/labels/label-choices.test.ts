import { describe, expect, test } from 'vitest';
import type { Label } from '../../../../src/core/scheme.ts';
import { choiceKey, labelChoices } from '../../../../src/ui/annotate/labels/label-choices.ts';

const label = (name: string): Label => ({ id: name, name, value: name.toLowerCase(), colour: 0 });
const few = ['Claim', 'Denial', 'Appeal', 'Accusation'].map(label);
const many = [...few, ...[...Array(496).keys()].map((index) => label(`Kind ${index}`))];
const keys = (...given: Parameters<typeof labelChoices>) => labelChoices(...given).map(choiceKey);

describe('the list of all labels', () => {
  test('of a short scheme keeps its order, so that hands learn it', () => {
    expect(keys(few, [few[2]!], '')).toEqual(['Claim', 'Denial', 'Appeal', 'Accusation']);
  });

  test('of a long one begins with those used last, each once', () => {
    const all = keys(many, [many[400]!, many[1]!], '');
    expect(all.slice(0, 4)).toEqual(['Kind 396', 'Denial', 'Claim', 'Appeal']);
    expect([all.length, new Set(all).size]).toEqual([500, 500]);
  });

  test.each([
    ['ap', ['Appeal', 'make']],
    ['A', ['Appeal', 'Accusation', 'Claim', 'Denial', 'make']],
    [' CLAIM ', ['Claim']],
    ['réquest', ['make']],
  ])('shows for “%s” what begins with it, what holds it, and what could be made', (typed, expected) => {
    expect(keys(few, [], typed)).toEqual(expected);
  });

  test('finds a label by its machine name as well', () => {
    const renamed = { ...label('Demand'), value: 'appeal_strong' };
    expect(keys([renamed], [], 'appeal strong')).toEqual(['Demand']);
  });

  test('makes a label of the words as they were typed', () => {
    expect(labelChoices(few, [], ' Rhetorical  Question').at(-1)).toEqual({
      kind: 'make',
      name: 'Rhetorical Question',
    });
  });
});
