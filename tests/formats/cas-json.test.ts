import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { casJson } from '../../src/formats/cas-json.ts';
import { certainty } from '../../src/formats/format.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { brought, carried, filledDocument, randomScheme } from './carried.ts';
import { fixture, goingOut, readAll, sourceFile, writeOptions, writtenFiles } from './reading.ts';

const write = async (documents: Parameters<typeof writtenFiles>[1]) =>
  (await writtenFiles(casJson, documents, writeOptions(randomScheme))).texts;

test('what is written, a file a document, is read again as it was', () =>
  fc.assert(
    fc.asyncProperty(fc.array(filledDocument, { minLength: 1, maxLength: 2 }), async (documents) => {
      const files = Object.entries(await write(documents));
      expect(files).toHaveLength(documents.length);
      for (const [index, [name, content]] of files.entries()) {
        const read = await readAll(casJson, sourceFile(name, content));
        expect(read.complaints).toEqual([]);
        expect(read.documents.map(brought)).toEqual([carried(documents[index]!)]);
        expect(Object.values(await write(read.documents.map(goingOut)))).toEqual([content]);
      }
    }),
    { numRuns: 40 },
  ));

test('the text comes before what refers to it, and every type is declared', async () => {
  const [marked] = fc.sample(
    filledDocument.filter(({ relations }) => relations.length > 0),
    { numRuns: 1, seed: 4 },
  );
  const cas = JSON.parse(Object.values(await write([marked!]))[0]!);
  expect(Object.keys(cas)).toEqual(['%HEADER', '%TYPES', '%FEATURE_STRUCTURES', '%VIEWS']);
  const [sofa, ...others] = cas['%FEATURE_STRUCTURES'];
  expect(sofa).toMatchObject({ '%ID': 1, '%TYPE': 'uima.cas.Sofa', sofaString: marked!.text });
  for (const { '%TYPE': type, ...features } of others)
    for (const key of Object.keys(features).filter((name) => !/^(%ID|@sofa|begin|end)$/.test(name)))
      expect(cas['%TYPES'][type]).toHaveProperty(key.replace('@', ''));
});

describe('files of others', () => {
  test('annotations of any type are spans, with marked anchors or plain ones, in UTF-16 units', async () => {
    const { documents, complaints } = await readAll(casJson, fixture('speech-acts.cas.json'));
    expect(documents).toHaveLength(2);
    const [first, second] = documents;
    expect(first?.title).toBe('Prices');
    expect(first?.spans.map(({ start, end, label }) => [first.text.slice(start, end), label])).toEqual([
      ['prices fell', 'claim'],
      ['denied', 'Denial'],
    ]);
    expect(first?.spans[0]?.attributes).toEqual({
      type: 'custom.Speechact',
      speakers: ['Minister'],
      sure: true,
    });
    expect(first?.relations).toMatchObject([{ head: '3', child: '2', label: 'refers' }]);
    expect(second).toMatchObject({ title: 'speech-acts.cas (translation)', text: 'שר' });
    expect(complaints).toEqual([
      'speech-acts.cas.json, line 13: span 3 (Denial) was left out: its end 999 lies behind the text, which has 54 UTF-16 units.',
      'speech-acts.cas.json, line 16: the view “picture” was left out: its text is not in this file.',
      'speech-acts.cas.json, line 1: what is no span and no relation between two was left out: 1 de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData, 2 de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token.',
    ]);
  });

  const counted = (head: object) =>
    readAll(
      casJson,
      sourceFile(
        'a.json',
        JSON.stringify({
          ...head,
          '%FEATURE_STRUCTURES': [
            {
              '%ID': 1,
              '%TYPE': 'uima.cas.Sofa',
              sofaID: '_InitialView',
              sofaString: '😊 prices fell, he said',
            },
            { '%ID': 2, '%TYPE': 'x.Claim', '@sofa': 1, begin: 5, end: 11 },
          ],
        }),
      ),
    );

  test.each([
    [{}, 'ices f'],
    [{ '%HEADER': { '%OFFSET_ENCODING': 'UTF-16' } }, 'ices f'],
    [{ '%HEADER': { '%OFFSET_ENCODING': 'UTF-8' } }, 'prices'],
    [{ '%FLAGS': { '%OFFSET_ENCODING': 'utf-32' } }, 'ces fe'],
  ])('offsets count what the file states: %j', async (head, words) => {
    const { documents, complaints, verdict } = await counted(head);
    expect(complaints).toEqual([]);
    expect(verdict.tied).toEqual([]);
    expect(documents[0]!.spans.map(({ start, end }) => documents[0]!.text.slice(start, end))).toEqual([
      words,
    ]);
  });

  test('an encoding of offsets that is not known is said', async () => {
    const { documents, complaints } = await counted({ '%HEADER': { '%OFFSET_ENCODING': 'EBCDIC' } });
    expect(complaints).toEqual([
      'a.json, line 1: the %OFFSET_ENCODING “EBCDIC” of this file is none of UTF-8, UTF-16 and UTF-32; its offsets were taken for UTF-16 units. Look whether its spans stand where they should.',
    ]);
    expect(documents[0]!.spans).toMatchObject([{ start: 5, end: 11 }]);
  });

  test('whatever a file holds, it is read without an exception', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.dictionary(
              fc.constantFrom('%ID', '%TYPE', '@sofa', 'begin', 'end', '@source', '@target'),
              fc.oneof(fc.nat(3), fc.jsonValue()),
            ),
          ),
        ),
        fc.jsonValue(),
        async (more, views) => {
          const sofa = { '%ID': 1, '%TYPE': 'uima.cas.Sofa', sofaString: 'He denied it.' };
          const content = JSON.stringify({ '%FEATURE_STRUCTURES': [...more, sofa], '%VIEWS': views });
          const { documents } = await readAll(casJson, sourceFile('a.json', content));
          expect(documents.some(({ text }) => text === 'He denied it.')).toBe(true);
        },
      ),
      { numRuns: 50 },
    ));

  test('feature structures without an id are counted', async () => {
    const sofa = { '%ID': 1, '%TYPE': 'uima.cas.Sofa', sofaString: 'He denied it.' };
    const file = sourceFile(
      'a.json',
      JSON.stringify({ '%FEATURE_STRUCTURES': [sofa, { '%TYPE': 'custom.Span' }] }),
    );
    expect((await readAll(casJson, file)).complaints).toEqual([
      'a.json, line 1: 1 feature structures were left out: they have no id of their own or no type.',
    ]);
  });

  test('what is no CAS is said to be none', async () => {
    for (const [content, reason] of [
      ['[]', 'column 1 an object'],
      ['{"%TYPES":', 'column 11 a value'],
    ] as const)
      expect((await readAll(casJson, sourceFile('a.json', content))).complaints).toEqual([
        expect.stringContaining(reason),
      ]);
  });
});

test('it knows its own files alone', async () => {
  const sure = async (content: string) => casJson.recognise!(await opening(sourceFile('a.json', content)));
  expect(await sure('{\n  "%TYPES" : { }')).toBe(certainty.bySignature);
  expect(await sure('{"text":"“%TYPES”: none"}')).toBe(certainty.no);
});
