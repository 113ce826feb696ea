import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeFileProblem } from '../../../src/core/problem.ts';
import { emptyScheme } from '../../../src/core/scheme.ts';
import { withMerge } from '../../../src/core/schemes/editing.ts';
import { planOf, schemeFrom, type SchemePlan } from '../../../src/core/schemes/plan.ts';
import { speechActs } from '../../../src/core/schemes/speech-acts.ts';
import { readSchemeJson, writeSchemeJson } from '../../../src/formats/schemes/scheme-json.ts';
import { scheme } from './arbitrary-scheme.ts';

function read(value: unknown) {
  const { plan, problems } = readSchemeJson(
    'a.json',
    typeof value === 'string' ? value : JSON.stringify(value),
  );
  return {
    plan,
    complaints: problems.map(describeFileProblem).map((words) => words.replace('a.json, line 1: ', '')),
  };
}

const file = (parts: object) => ({ format: 'locution-scheme', version: 1, scheme: parts });

describe('a scheme file', () => {
  test('brings back whatever scheme was written to it', () =>
    fc.assert(
      fc.property(scheme, (any) => {
        expect(read(writeSchemeJson(any))).toEqual({ plan: planOf(any), complaints: [] });
      }),
    ));

  test('does not tell schemes apart that differ in ids alone', () => {
    expect(writeSchemeJson(schemeFrom(planOf(speechActs())))).toBe(writeSchemeJson(speechActs()));
  });

  test('names the label that a merged one counts as', () => {
    const acts = speechActs();
    const [claim, denial] = acts.labels.map(({ id }) => id);
    const merged = withMerge(acts, denial!, claim!);
    const { plan, complaints } = read(writeSchemeJson(merged));
    expect(complaints).toEqual([]);
    expect(plan?.attributes?.find(({ value }) => value === 'kind')?.labels).toEqual(['claim']);
    expect(plan?.relations?.find(({ value }) => value === 'rejects')?.pairs).toEqual([
      { head: 'claim', child: 'appeal' },
    ]);
  });

  test('is indented and says what it is', () => {
    const written = writeSchemeJson({ ...emptyScheme, guideline: 'Mark one act.' });
    expect(written).toBe(`${JSON.stringify(JSON.parse(written), null, 2)}\n`);
    expect(JSON.parse(written)).toEqual({
      format: 'locution-scheme',
      version: 1,
      scheme: {
        labels: [],
        attributes: [],
        relations: [],
        document_labels: [],
        guideline: 'Mark one act.',
      },
    });
  });

  test('of labels and their bare machine names is enough', () => {
    expect(read(file({ labels: [{ value: 'claim' }] }))).toEqual({
      plan: { labels: [{ value: 'claim' }], attributes: [], relations: [], documentLabels: [] },
      complaints: [],
    });
  });

  test.each([
    ['{"format":', 'which is not JSON'],
    [[], 'it is not an object'],
    [{}, 'its "format" is missing'],
    [{ ...file({}), format: 'locution' }, 'its "format" is not "locution-scheme"'],
    [{ ...file({}), version: 2 }, 'a newer Locution has written it'],
    [{ ...file({}), version: '1' }, 'its "version" is not a number'],
    [{ format: 'locution-scheme', version: 1 }, 'has no list of "labels"'],
    [file([]), 'has no list of "labels"'],
  ])('that is none (%j) gives no plan and a reason', (value, reason) => {
    const { plan, complaints } = read(value);
    expect(plan).toBeUndefined();
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(reason);
  });
});

describe('what does not fit', () => {
  const labels = [{ value: 'claim', key: '1' }, { value: 'denial' }];

  test.each<[string, object, string[], Partial<SchemePlan>]>([
    [
      'a field that is not known',
      { labels, palette: 'warm' },
      ['the field "palette" of the scheme is not known here and was skipped.'],
      {},
    ],
    [
      'parts that are no lists',
      { labels, attributes: { speaker: 1 }, document_labels: 'x' },
      [
        'the "attributes" of the scheme are not a list and were skipped.',
        'the "document_labels" of the scheme are not a list and were skipped.',
      ],
      { attributes: [], documentLabels: [] },
    ],
    [
      'rules that are no text',
      { labels, guideline: ['x'] },
      ['the scheme goes without its "guideline", which is not text.'],
      {},
    ],
    [
      'an attribute of a type that is not known',
      { labels, attributes: [{ value: 'x', type: 'number' }] },
      ['attribute 1 of the scheme was skipped: its "type" is none of text, one, many, yes-no.'],
      { attributes: [] },
    ],
    [
      'a choice among nothing',
      {
        labels,
        attributes: [
          { value: 'x', type: 'one', options: ['a', 'a'] },
          { value: 'y', type: 'many' },
        ],
      },
      [
        'attribute 1 of the scheme goes without its "options", which is not a list of texts that differ.',
        'attribute 1 of the scheme was skipped: it has no "options" to choose among.',
        'attribute 2 of the scheme was skipped: it has no "options" to choose among.',
      ],
      { attributes: [] },
    ],
    [
      'an attribute with a key that a label has, and of a label that is not there',
      {
        labels,
        attributes: [{ value: 'x', type: 'text', key: '1', labels: ['claim', 'threat'], several: 'yes' }],
      },
      [
        'attribute 1 of the scheme goes without its "several", which is neither true nor false.',
        'attribute 1 of the scheme goes without its "key", which “claim” has already.',
        'attribute 1 of the scheme goes without “threat”, which is no label of the scheme.',
      ],
      { attributes: [{ value: 'x', type: 'text', labels: ['claim'] }] },
    ],
    [
      'pairs that are none',
      {
        labels,
        relations: [
          {
            value: 'denies',
            pairs: [{ head: 'denial', child: 'threat' }, 7, { head: 'same', child: 'same' }],
          },
          { value: 'doubts', pairs: 'any' },
          { value: 'restates', pairs: [{ head: 'any', child: 'same', weight: 1 }] },
        ],
      },
      [
        'pair 1 of relation 1 of the scheme was skipped: its child “threat” is no label of the scheme.',
        'pair 2 of relation 1 of the scheme was skipped: it is not an object.',
        'pair 3 of relation 1 of the scheme was skipped: its head “same” is no label of the scheme.',
        'relation 2 of the scheme was skipped: its "pairs" are not a list.',
        'the field "weight" of pair 1 of relation 3 of the scheme is not known here and was skipped.',
      ],
      {
        relations: [
          { value: 'denies', pairs: [] },
          { value: 'restates', pairs: [{ head: 'any', child: 'same' }] },
        ],
      },
    ],
    [
      'document labels that stand twice or have no name',
      {
        labels,
        document_labels: [{ value: 'news' }, { value: 'news' }, { value: ' ' }, { value: 'op', name: '' }],
      },
      [
        'document label 2 of the scheme was skipped: its "value" stands here twice.',
        'document label 3 of the scheme was skipped: its "value" is empty.',
        'document label 4 of the scheme goes without its "name", which is not text, or is blank.',
      ],
      { documentLabels: [{ value: 'news' }, { value: 'op' }] },
    ],
  ])('%s is said, and the rest is read', (_, parts, complaints, plan) => {
    const found = read(file(parts));
    expect(found.complaints).toEqual(complaints);
    expect(found.plan).toMatchObject({ labels, ...plan });
  });

  test('names from the prototype of objects are names like any other (B12)', () => {
    const evil =
      '{"format":"locution-scheme","version":1,"scheme":{"labels":[{"value":"__proto__","name":"constructor"}],';
    const { plan, complaints } = read(
      `${evil}"__proto__":{"labels":[]},"relations":[{"value":"toString","pairs":[{"head":"__proto__","child":"any"}]}]}}`,
    );
    expect(complaints).toEqual(['the field "__proto__" of the scheme is not known here and was skipped.']);
    expect(plan?.relations).toEqual([{ value: 'toString', pairs: [{ head: '__proto__', child: 'any' }] }]);
    expect(schemeFrom(plan!).relations[0]!.pairs).toHaveLength(1);
    expect(Object.prototype).not.toHaveProperty('labels');
  });

  test('whatever JSON it is, it is read without an exception', () =>
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.dictionary(
          fc.constantFrom('labels', 'attributes', 'relations', 'document_labels', 'guideline', 'x'),
          fc.jsonValue({ maxDepth: 3 }),
        ),
        (any, parts) => {
          for (const value of [any, file({ labels: [], ...parts })]) {
            const { plan, complaints } = read(value);
            expect(plan !== undefined || complaints.length > 0).toBe(true);
            if (plan) schemeFrom(plan);
          }
        },
      ),
    ));
});
