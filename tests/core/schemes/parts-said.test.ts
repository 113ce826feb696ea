import { describe, expect, test } from 'vitest';
import { emptyScheme } from '../../../src/core/scheme.ts';
import { PartsSaid } from '../../../src/core/schemes/parts-said.ts';
import { schemeFrom, type SchemePlan } from '../../../src/core/schemes/plan.ts';

const speaker = { value: 'speaker', type: 'one', options: ['Ada', 'Ben'] } as const;
const does = { value: 'does', pairs: [{ head: 'claim', child: 'denial' }] } as const;
const plan: SchemePlan = {
  labels: [{ value: 'claim' }, { value: 'denial', guideline: 'That it is not so.' }],
  attributes: [speaker],
  relations: [does],
  documentLabels: [{ value: 'news', guideline: 'Of the day.' }],
  guideline: 'Mark clauses.',
};
const only = (part: Partial<SchemePlan>): SchemePlan => ({ labels: [], ...part });

describe('what files say of the parts of a scheme', () => {
  test('is no difference where it is the same or less', () => {
    const said = new PartsSaid(schemeFrom(plan));
    expect(said.differences(plan, 'a.json')).toEqual([]);
    const less = only({
      attributes: [{ ...speaker, options: ['Ben'] }],
      documentLabels: [{ value: 'news' }],
    });
    expect(said.differences(less, 'a.json')).toEqual([]);
  });

  test('is told where the project has it otherwise, once', () => {
    const said = new PartsSaid(schemeFrom(plan));
    const other = only({
      attributes: [{ ...speaker, options: ['Ada', 'Cem'], guideline: 'Who said it.' }],
      relations: [{ ...does, pairs: [{ head: 'denial', child: 'claim' }] }],
      documentLabels: [{ value: 'news', guideline: 'Of the week.' }],
      guideline: 'Mark words.',
    });
    expect(said.differences(other, 'a.json')).toEqual([
      'the scheme has another guideline than in the project, which was kept.',
      'the attribute “speaker” has another list of options, and another guideline than in the project, which was kept.',
      'the relation “does” has another list of labels to join than in the project, which was kept.',
      'the document label “news” has another guideline than in the project, which was kept.',
    ]);
    expect(said.differences(other, 'b.json')).toEqual([]);
  });

  test('is told where an earlier file has it otherwise, with that file', () => {
    const said = new PartsSaid(emptyScheme);
    expect(said.differences(plan, 'a.json')).toEqual([]);
    expect(said.differences(only({ attributes: [{ value: 'speaker', type: 'text' }] }), 'b.json')).toEqual([
      'the attribute “speaker” has another kind than in a.json, which was kept.',
    ]);
  });

  test('is told of a label that has no guideline here, which stays so', () => {
    const said = new PartsSaid(schemeFrom(plan));
    const wish = { value: 'claim', guideline: 'Something that is said to be so.' };
    expect(said.guidelineLeft(wish)).toBe(
      'the label “claim” has a guideline in the file and none in the project, which was left so.',
    );
    expect(said.guidelineLeft(wish)).toBeUndefined();
    expect(said.guidelineLeft({ ...wish, value: 'denial' })).toBeUndefined();
    expect(said.guidelineLeft({ ...wish, value: 'threat' })).toBeUndefined();
  });
});
