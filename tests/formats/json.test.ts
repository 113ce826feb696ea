import { describe, expect, test } from 'vitest';
import { json } from '../../src/formats/json.ts';
import { UnitProof } from '../../src/formats/reading/unit-proof.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { emptyScheme } from '../../src/core/scheme.ts';
import { annotated } from '../annotated.ts';
import { fixture, goingOut, outgoing, readAll, schemeOf, sourceFile, written } from './reading.ts';

describe('reading', () => {
  test.each([
    ['project.json', ['d1', 'd2']],
    ['list.json', ['d1', 'd3']],
    ['single.json', ['d2']],
    ['three-reports-as-lines.json', ['d1', 'd2', 'd3']],
  ])('%s is read', async (name, ids) => {
    const { documents, problems } = await readAll(json, fixture(name));
    expect(problems).toEqual([]);
    expect(documents.map(({ id }) => id)).toEqual(ids);
  });

  test('a document says the same in JSON as in JSON Lines', async () => {
    const [asJson] = (await readAll(json, fixture('project.json'))).documents;
    const [asLine] = (await readAll(jsonLines, fixture('three-reports.jsonl'))).documents;
    const { line: _, ...document } = asLine!;
    expect(asJson).toEqual({ ...document, source: { ...document.source, file: 'project.json' } });
  });

  test('the labels come before the documents', async () => {
    const kinds: string[] = [];
    const context = { options: {}, companions: new Map(), proof: new UnitProof(['codepoint']) };
    for await (const { kind } of json.read!(fixture('project.json'), context)) kinds.push(kind);
    expect(kinds).toEqual(['label', 'label', 'document', 'document']);
    expect((await readAll(json, fixture('project.json'))).labels).toEqual([
      { value: 'denial', name: 'Denial', key: 'd', colour: 3 },
      { value: 'appeal', name: 'An appeal', colour: 11 },
    ]);
  });

  test('the unit of the file is that of its documents unless they say otherwise', async () => {
    const spans = [{ start: 3, end: 5, text: 'He', label: 'claim' }];
    const own = { text: '😀 He', offset_unit: 'codepoint', spans: [{ ...spans[0], start: 2, end: 4 }] };
    const content = { offset_unit: 'utf16', documents: [{ text: '😀 He', spans }, own] };
    const { documents, problems } = await readAll(json, sourceFile('a.json', JSON.stringify(content)));
    expect(problems).toEqual([]);
    expect(documents.map((document) => document.spans[0]?.start)).toEqual([3, 3]);
  });

  test('a byte order mark and CRLF disturb nothing', async () => {
    const content = '\uFEFF[\r\n {"text": "He denied it."},\r\n {"title": "no text"}\r\n]';
    const { documents, complaints } = await readAll(json, sourceFile('a.json', content, 1));
    expect(documents).toHaveLength(1);
    expect(complaints).toEqual(['a.json, line 3: this document was left out: its "text" is missing.']);
  });
});

describe('a file that cannot be used is refused in one sentence (B14)', () => {
  const nothing = 'nothing could be read from this file';
  test.each([
    [
      'comment.json',
      `comment.json, line 2: ${nothing}, which is not JSON: at line 2, column 3 comments are not allowed.`,
    ],
    [
      'trailing-comma.json',
      `trailing-comma.json, line 3: ${nothing}, which is not JSON: at line 3, column 1 a value should stand here.`,
    ],
    [
      'newer.json',
      `newer.json: ${nothing}: a newer Locution has written it; update this one and import again.`,
    ],
    ['foreign.json', `foreign.json: ${nothing}: its "format" is "spacy", not "locution".`],
    [
      'latin1.txt',
      'latin1.txt, line 3: this file is not valid UTF-8 at line 3; save the file as UTF-8 and import it again.',
    ],
    [
      'wide-without-mark.txt',
      'wide-without-mark.txt: this file is UTF-16, not UTF-8. Save it as UTF-8 and import again.',
    ],
    ['empty.txt', 'empty.txt: this file has no text.'],
  ])('%s', async (name, complaint) => {
    expect(await readAll(json, fixture(name))).toMatchObject({
      documents: [],
      labels: [],
      complaints: [complaint],
    });
  });

  test.each([
    ['"He denied it."', 'it is not an object'],
    ['null', 'it is not an object'],
    ['{}', 'its "documents" is missing'],
    ['{"documents":{}}', 'its "documents" are not a list'],
    ['{"version":"1","documents":[]}', 'its "version" is not a number'],
    ['{"version":0,"documents":[]}', 'its "version" is below 1'],
    [
      '{"offset_unit":"word","documents":[]}',
      'its "offset_unit" is none of codepoint, utf16, byte, grapheme',
    ],
  ])('%s', async (content, fault) => {
    const { complaints } = await readAll(json, sourceFile('a.json', content));
    expect(complaints).toEqual([`a.json: ${nothing}: ${fault}.`]);
  });

  test('even when it is nested without end', async () => {
    const deep = '['.repeat(200_000);
    expect((await readAll(json, sourceFile('a.json', deep))).problems).toHaveLength(1);
    const closed = `[{"text":"He denied it."},${deep}${']'.repeat(200_001)}`;
    const { documents, complaints } = await readAll(json, sourceFile('a.json', closed));
    expect(documents).toHaveLength(1);
    expect(complaints).toEqual([
      expect.stringContaining('this document was left out: it is nested more than 100'),
    ]);
  });
});

test('what is wrong inside is said with the line it stands on, and the rest is read', async () => {
  const { documents, complaints } = await readAll(json, fixture('broken-spans.json'));
  expect(complaints).toEqual([
    'broken-spans.json, line 9: span 2 was left out: its end 99 lies behind the text, which has 13 code points.',
    'broken-spans.json, line 10: span 3 was left out: its text is “She”, but at 0–2 stands “He”.',
    'broken-spans.json, line 19: relation 1 was left out: its child “s2” is not a span of this document, or one that was left out.',
    'broken-spans.json, line 22: this document was left out: its "text" is missing.',
  ]);
  expect(documents.map(({ spans }) => spans.map(({ id }) => id))).toEqual([['s1']]);
});

test('what is wrong with the scheme is said, and the rest of it is read', async () => {
  const labels = [
    '{"value":"claim","name":"Claim","key":"cc","colour":12,"hint":"x"}',
    '{"value":"claim","name":"Again"}',
    '{"name":"Nameless"}',
    '{"value":"denial","name":"Denial","key":"d","colour":0}',
    '7',
  ];
  const content = `{"scheme":{"labels":[\n${labels.join(',\n')}],\n"types":[]},\n"documents":[],\n"author":"anna"}`;
  const { labels: read, complaints } = await readAll(json, sourceFile('a.json', content));
  expect(complaints).toEqual([
    'a.json, line 9: the field "author" of this file is not known here and was skipped.',
    'a.json, line 7: the field "types" of the scheme is not known here and was skipped.',
    'a.json, line 2: the field "hint" of label 1 of the scheme is not known here and was skipped.',
    'a.json, line 2: label 1 of the scheme goes without its "key", which is none of 1234567890qwertyuiasdghjkzxcvbm.',
    'a.json, line 2: label 1 of the scheme goes without its "colour", which is not 0 to 11.',
    'a.json, line 3: label 2 of the scheme was skipped: its "value" stands here twice.',
    'a.json, line 4: label 3 of the scheme was skipped: its "value" is missing.',
    'a.json, line 6: label 5 of the scheme was skipped: it is not an object.',
  ]);
  expect(read).toEqual([
    { value: 'claim', name: 'Claim' },
    { value: 'denial', name: 'Denial', key: 'd', colour: 0 },
  ]);
});

test('a scheme without labels is skipped', async () => {
  const { complaints } = await readAll(json, sourceFile('a.json', '{"scheme":["claim"],\n"documents":[]}'));
  expect(complaints).toEqual([
    'a.json, line 1: the "scheme" of this file has no list of "labels" and was skipped.',
  ]);
});

describe('writing', () => {
  const scheme = {
    ...emptyScheme,
    labels: [
      { id: 'l1', value: 'claim', name: 'Claim', colour: 2 as const, key: '1' },
      { id: 'l2', value: 'gone', name: 'Gone', colour: 3 as const, deleted: true as const },
      { id: 'l3', value: 'denial', name: 'Denial\n"of"', colour: 4 as const },
    ],
  };

  test('is what JSON.stringify would write of it all, with the labels that are not deleted', async () => {
    const { text, spans } = annotated('[He [denied](l3) it](l1).\n  \n');
    const out = await written(json, [outgoing(text, { spans }), outgoing('"Second\n    text"')], scheme);
    const value: unknown = JSON.parse(out);
    expect(out).toBe(`${JSON.stringify(value, null, 2)}\n`);
    expect(value).toMatchObject({
      format: 'locution',
      version: 1,
      offset_unit: 'codepoint',
      scheme: {
        labels: [
          { value: 'claim', name: 'Claim', key: '1', colour: 2 },
          { value: 'denial', name: 'Denial\n"of"', colour: 4 },
        ],
      },
      documents: [{ text, spans: [{ label: 'claim' }, { label: 'denial' }] }, { text: '"Second\n    text"' }],
    });
    expect(out).not.toContain('gone');
  });

  test('no documents and no labels are empty lists', async () => {
    const out = await written(json, [], schemeOf());
    expect(out).toBe(`${JSON.stringify(JSON.parse(out), null, 2)}\n`);
    expect(await readAll(json, sourceFile('a.json', out))).toMatchObject({ documents: [], problems: [] });
  });

  test('what a file brought goes out as it came, labels too', async () => {
    const { documents, labels } = await readAll(json, fixture('project.json'));
    const known = {
      ...emptyScheme,
      labels: labels.map((label) => ({ id: label.value, name: label.value, colour: 0 as const, ...label })),
    };
    const out = await written(json, documents.map(goingOut), known);
    const again = await readAll(json, sourceFile('project.json', out));
    expect(again).toMatchObject({ documents, labels, problems: [], complaints: [] });
  });
});
