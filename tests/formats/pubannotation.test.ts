import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncomingDocument } from '../../src/core/transfer.ts';
import { certainty } from '../../src/formats/format.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { pubAnnotation } from '../../src/formats/pubannotation.ts';
import { brought, carried, filledDocument, randomScheme } from './carried.ts';
import { fixture, goingOut, readAll, sourceFile, written } from './reading.ts';

const text = 'Minister 😊 said prices fell .\nOpposition denied it .\n';
const read = (value: object) => readAll(pubAnnotation, sourceFile('a.json', JSON.stringify(value)));

test('what is written is read again as it was, and written again to the same bytes', () =>
  fc.assert(
    fc.asyncProperty(fc.array(filledDocument, { maxLength: 3 }), async (documents) => {
      const file = await written(pubAnnotation, documents, randomScheme);
      const { documents: again, complaints } = await readAll(pubAnnotation, sourceFile('a.json', file));
      expect(complaints).toEqual([]);
      expect(again.map(brought)).toEqual(documents.map(carried));
      expect(await written(pubAnnotation, again.map(goingOut), randomScheme)).toBe(file);
    }),
    { numRuns: 40 },
  ));

test('one document is an object and several are a list', async () => {
  const [a, b] = fc.sample(filledDocument, { numRuns: 2, seed: 3 });
  expect(await written(pubAnnotation, [a!], randomScheme)).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(await written(pubAnnotation, [a!, b!], randomScheme))).toHaveLength(2);
});

describe('files of others', () => {
  test('denotations, relations and attributes are read, and the rest is kept', async () => {
    const { documents, complaints } = await read({
      ...{ text, sourcedb: 'PubMed', sourceid: 123, divid: 1, project: 'prices' },
      denotations: [
        { id: 'T1', span: { begin: 16, end: 27 }, obj: 'claim' },
        { id: 'T2', span: { begin: 41, end: 47 }, obj: 'denial', certain: true },
      ],
      relations: [{ id: 'R1', pred: 'targets', subj: 'T2', obj: 'T1' }],
      attributes: [
        { subj: 'T1', pred: 'conf', obj: 'high' },
        { subj: 'T2', pred: 'speaker', obj: 'Anna' },
        { subj: 'T2', pred: 'speaker', obj: 'Ben' },
      ],
    });
    expect(complaints).toEqual([]);
    expect(documents[0]).toMatchObject({ id: 'PubMed:123', meta: { sourcedb: 'PubMed', divid: 1 } });
    expect(documents[0]?.spans).toMatchObject([
      { id: 'T1', start: 17, end: 28, label: 'claim', annotator: 'prices', attributes: { conf: 'high' } },
      { id: 'T2', start: 42, end: 48, attributes: { speaker: ['Anna', 'Ben'], certain: true } },
    ]);
    expect(documents[0]?.relations).toMatchObject([{ head: 'T2', child: 'T1', label: 'targets' }]);
  });

  test('the projects of tracks are annotators', async () => {
    const track = (project: string) => ({
      project,
      denotations: [{ id: project, span: { begin: 16, end: 22 }, obj: 'claim' }],
    });
    const { documents } = await read({ text, tracks: [track('one'), track('two')] });
    expect(documents[0]?.spans.map(({ annotator }) => annotator)).toEqual(['one', 'two']);
  });

  test('the parts of what is discontinuous are chained', async () => {
    const span = [
      { begin: 16, end: 22 },
      { begin: 23, end: 27 },
    ];
    const { documents } = await read({ text, denotations: [{ id: 'T1', span, obj: 'claim' }] });
    expect(documents[0]?.spans.map(({ id }) => id)).toEqual(['T1', 'T1_2']);
    expect(documents[0]?.relations).toMatchObject([
      { head: 'T1_2', child: 'T1', label: '_lexicallyChainedTo' },
    ]);
  });

  test('a part whose place is no number is said, and the others are chained without an id in the file', async () => {
    const span = [{ begin: 16, end: 22 }, { begin: '23', end: '27' }, { begin: 28, end: 29 }, 7];
    const { documents, complaints } = await readAll(
      pubAnnotation,
      sourceFile('a.json', JSON.stringify({ text, denotations: [{ span, obj: 'claim' }] }, null, 1)),
    );
    expect(complaints).toEqual([
      'a.json, line 10: part 2 of denotation 1 was left out: it has no "begin" and "end" that are numbers. Its other parts were kept.',
      'a.json, line 18: part 4 of denotation 1 was left out: it has no "begin" and "end" that are numbers. Its other parts were kept.',
    ]);
    const [{ spans, relations }] = documents as [IncomingDocument];
    expect(spans.map(({ start }) => start)).toEqual([17, 29]);
    expect(relations).toMatchObject([{ head: spans[1]!.id, child: spans[0]!.id }]);
  });

  test('places that differ by unit and have no quote leave the unit open', async () => {
    const { verdict } = await read({ text, denotations: [{ span: { begin: 17, end: 28 }, obj: 'claim' }] });
    expect(verdict.tied).toEqual(['codepoint', 'utf16']);
  });

  test('what is broken is said with its line, and costs only itself', async () => {
    const { documents, complaints } = await readAll(pubAnnotation, fixture('broken.pubannotation.json'));
    expect(documents.map(({ spans }) => spans.length)).toEqual([1]);
    expect(complaints).toEqual([
      'broken.pubannotation.json, line 11: attribute 1 was left out: it has no "subj" and "pred".',
      'broken.pubannotation.json, line 5: denotation 2 was left out: it has no "span" with a "begin" and an "end" that are numbers.',
      'broken.pubannotation.json, line 9: relation 2 was left out: it has no "subj" and "obj".',
      'broken.pubannotation.json, line 10: 1 attributes of “T9” were left out: there is nothing with this id.',
      'broken.pubannotation.json, line 6: span 2 (claim) was left out: its start 9 is not before its end 9.',
      'broken.pubannotation.json, line 8: relation 1 was left out: “T3” is not a span of this document, or one that was left out.',
      'broken.pubannotation.json, line 13: this document was left out: it has no "text".',
    ]);
  });

  test('whatever a file holds, it is read without an exception', () =>
    fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        fc.array(fc.jsonValue()),
        async (a, b, c, d) => {
          const { documents } = await read({
            text,
            title: a,
            denotations: d,
            relations: b,
            attributes: c,
            meta: a,
            labels: c,
          });
          expect(documents[0]?.text).toBe(text);
        },
      ),
      { numRuns: 50 },
    ));
});

test('it knows its own files alone', async () => {
  const sure = async (content: string) =>
    pubAnnotation.recognise!(await opening(sourceFile('a.json', content)));
  expect(await sure('{"text":"He denied it.","denotations":[]}')).toBe(certainty.bySignature);
  expect(await sure('{"text":"He denied it.","spans":[]}')).toBe(certainty.no);
  expect(await sure('{"text":"He denied it.",\n"denotations":[]}')).toBe(certainty.bySignature);
  expect(await sure('{"text":"He denied it.","tracks":[{"denotations":[]}]}')).toBe(certainty.bySignature);
  expect(await sure('[{"sourcedb":"PubMed","text":"He den')).toBe(certainty.byShape);
  expect(await sure('{"album":"Live","tracks":[{"title":"One"}]}')).toBe(certainty.no);
  expect(await sure('{"text":"He denied it.","meta":{"tracks":[],"denotations":[]}}')).toBe(certainty.no);
  expect(await sure('{"text":"\\"denotations\\":[","text_sha256":""}')).toBe(certainty.no);
});
