import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { certainty } from '../../src/formats/format.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { webAnnotation } from '../../src/formats/web-annotation.ts';
import { document } from './arbitraries.ts';
import { brought, carried, filledDocument, randomScheme } from './carried.ts';
import { fixture, goingOut, readAll, schemeOf, sourceFile, written } from './reading.ts';

const text = 'Minister 😊 said prices fell .\nOpposition denied it .\n';
const place = (start: number, end: number, exact?: string) => [
  ...(exact === undefined ? [] : [{ type: 'TextQuoteSelector', exact }]),
  { type: 'TextPositionSelector', start, end },
];
const annotation = (id: string, selector: unknown, more: object = {}) => ({
  ...{ id, type: 'Annotation', motivation: 'classifying' },
  ...{
    body: { type: 'TextualBody', purpose: 'tagging', value: 'claim' },
    target: { source: 'urn:doc:42', selector },
  },
  ...more,
});
const resource = { id: 'urn:doc:42', type: 'Text', value: text };
const page = (...items: unknown[]) =>
  sourceFile(
    'a.jsonld',
    JSON.stringify({ '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'AnnotationPage', items }),
  );
const wordsOf = ({ documents }: Awaited<ReturnType<typeof readAll>>) =>
  documents.flatMap((one) => one.spans.map(({ start, end }) => one.text.slice(start, end)));

test('what is written is read again as it was', () =>
  fc.assert(
    fc.asyncProperty(fc.array(filledDocument, { minLength: 1, maxLength: 3 }), async (documents) => {
      const file = await written(webAnnotation, documents, randomScheme);
      const {
        documents: read,
        complaints,
        verdict,
      } = await readAll(webAnnotation, sourceFile('a.jsonld', file));
      expect(complaints).toEqual([]);
      expect(read.map(brought)).toEqual(documents.map(carried));
      expect(verdict.unit).toBe('codepoint');
      expect(await written(webAnnotation, read.map(goingOut), randomScheme)).toBe(file);
    }),
    { numRuns: 40 },
  ));

test('a span is written with its words, what is around them, and its place in code points', async () => {
  const { documents } = await readAll(
    webAnnotation,
    page(resource, annotation('a', place(16, 27, 'prices fell'))),
  );
  const file = JSON.parse(await written(webAnnotation, documents.map(goingOut), schemeOf('claim')));
  expect(file.items.map(({ type }: { type: string }) => type)).toEqual(['Text', 'Annotation']);
  expect(file.items[1].target).toEqual({
    source: 'urn:doc:42',
    selector: [
      {
        type: 'TextQuoteSelector',
        exact: 'prices fell',
        prefix: 'Minister 😊 said ',
        suffix: ' .\nOpposition denied it .\n',
      },
      { type: 'TextPositionSelector', start: 16, end: 27 },
    ],
  });
});

describe('files of others', () => {
  test('quotes prove that a file counts in UTF-16', async () => {
    const file = page(resource, annotation('a', place(17, 28, 'prices fell')));
    expect((await readAll(webAnnotation, file)).verdict).toMatchObject({ unit: 'utf16', tied: [] });
    expect(wordsOf(await readAll(webAnnotation, file, { unit: 'utf16' }))).toEqual(['prices fell']);
  });

  test('words that stand once need no place, and do not speak for a unit', async () => {
    const quote = { type: 'TextQuoteSelector', exact: 'denied' };
    const read = await readAll(
      webAnnotation,
      page(resource, annotation('a', quote), annotation('b', place(17, 28, 'prices fell'))),
    );
    expect(wordsOf(read)).toEqual(['denied']);
    expect(read.verdict).toMatchObject({ unit: 'utf16', tied: [] });
  });

  test('of words that stand twice those are meant that have the words around them', async () => {
    const quote = { type: 'TextQuoteSelector', exact: ' .', prefix: 'denied it' };
    const { documents } = await readAll(webAnnotation, page(resource, annotation('a', quote)));
    expect(documents[0]?.spans[0]?.start).toBe(text.lastIndexOf(' .'));
  });

  test('a span whose words stand elsewhere is moved when the user says so', async () => {
    const file = page(resource, annotation('a', place(0, 6, 'price fell')));
    const asked = await readAll(webAnnotation, file);
    expect(asked.problems).toMatchObject([{ outcome: 'refused', canBeMoved: true }]);
    expect(wordsOf(await readAll(webAnnotation, file, { reanchor: true }))).toEqual(['prices fell']);
  });

  test('tags, comments, authors and links find their places, and the rest is kept', async () => {
    const body = [
      { type: 'TextualBody', purpose: 'tagging', value: 'claim' },
      { type: 'TextualBody', purpose: 'tagging', value: 'prices' },
      { type: 'TextualBody', purpose: 'commenting', value: 'Borderline.' },
      { type: 'SpecificResource', purpose: 'identifying', source: 'http://www.wikidata.org/entity/Q42' },
    ];
    const more = { body, creator: { id: 'mailto:anna', name: 'anna' }, created: '2026-01-01' };
    const link = { id: 'l', type: 'Annotation', motivation: 'linking', target: [{ id: '#b' }, { id: '#a' }] };
    const tagged = { ...link, body: { type: 'TextualBody', purpose: 'tagging', value: 'denies' } };
    const { documents, complaints } = await readAll(
      webAnnotation,
      page(resource, tagged, annotation('#a', place(16, 27), more), annotation('#b', place(41, 47))),
    );
    expect(complaints).toEqual([]);
    expect(documents[0]?.id).toBe('urn:doc:42');
    expect(documents[0]?.spans[0]).toMatchObject({
      ...{ label: 'claim', annotator: 'anna', note: 'Borderline.' },
      attributes: { body: body[3], tags: ['prices'], created: '2026-01-01', creator: more.creator },
    });
    expect(documents[0]?.relations).toMatchObject([{ head: '#b', child: '#a', label: 'denies' }]);
  });

  test('an annotation of several parts is a span for each', async () => {
    const target = [place(16, 22), place(23, 27)].map((selector) => ({ source: 'urn:doc:42', selector }));
    const read = await readAll(webAnnotation, page(resource, annotation('a', [], { target })));
    expect(wordsOf(read)).toEqual(['prices', 'fell']);
    expect(read.documents[0]?.spans.map(({ attributes }) => attributes)).toEqual([
      { annotation: 'a' },
      { annotation: 'a' },
    ]);
  });

  test('the text file of the same name is the text', async () => {
    const file = page(annotation('a', place(16, 27, 'prices fell')));
    expect(webAnnotation.companions?.('corpus/a.jsonld')).toEqual(['corpus/a.txt']);
    expect(wordsOf(await readAll(webAnnotation, file, {}, [sourceFile('a.txt', text)]))).toEqual([
      'prices fell',
    ]);
    expect((await readAll(webAnnotation, file)).complaints).toEqual([
      'a.jsonld, line 1: 1 annotation of “urn:doc:42” was left out: this file does not have its text. Put the text beside it under the same name with .txt, and import both together.',
    ]);
  });

  test('what is broken is said with its line, and costs only itself', async () => {
    const { documents, complaints } = await readAll(webAnnotation, fixture('broken.jsonld'));
    expect(documents.map(({ spans }) => spans.length)).toEqual([1]);
    expect(complaints).toEqual([
      'broken.jsonld, line 4: item 2 was left out: it is neither an annotation nor a text.',
      'broken.jsonld, line 9: this annotation was left out: it has no target.',
      'broken.jsonld, line 10: this link was left out: what it joins are no annotations of this file.',
      'broken.jsonld, line 6: this annotation was left out: its words stand 2 times in the text, and it does not say which ones are meant.',
      'broken.jsonld, line 7: this annotation was left out: it says neither its words nor its place in the text.',
      'broken.jsonld, line 8: span 2 (claim) was left out: its end 99 lies behind the text, which has 53 code points.',
      'broken.jsonld, line 11: 1 annotation of “urn:doc:43” was left out: this file does not have its text. Put the text beside it under the same name with .txt, and import both together.',
    ]);
  });

  test('a place that is none never makes a label of the document', async () => {
    const bad = (start: unknown, end: unknown) => ({ type: 'TextPositionSelector', start, end });
    const words = (exact?: string) => ({ type: 'TextQuoteSelector', exact });
    const { documents, complaints } = await readAll(
      webAnnotation,
      page(
        resource,
        annotation('a', bad('16', '27')),
        annotation('b', [bad('16', '27'), words('prices fell')]),
        annotation('c', [bad(null, 27), words(' .')]),
        annotation('d', bad(-3, 5)),
        annotation('e', bad(27, 16)),
        annotation('f', bad(16, 99)),
        annotation('g', words()),
        annotation('h', [bad({}, 1), words('nowhere at all')]),
      ),
    );
    expect(documents[0]!.labels).toBeUndefined();
    expect(documents[0]!.spans.map(({ id, start, end }) => [id, start, end])).toEqual([['b', 17, 28]]);
    expect(complaints.map((complaint) => complaint.replace('a.jsonld, line 1: ', ''))).toEqual([
      'this annotation was left out: the start "16" and the end "27" of its TextPositionSelector are not both numbers.',
      'this annotation was placed by its words “prices fell” alone: the start "16" and the end "27" of its TextPositionSelector are not both numbers.',
      'this annotation was left out: the start null and the end 27 of its TextPositionSelector are not both numbers, and its words stand 2 times in the text, and it does not say which ones are meant.',
      'this annotation was left out: its TextQuoteSelector has no "exact" words.',
      'span 2 (claim) was left out: -3–5 is no place in a text.',
      'span 3 (claim) was left out: its start 27 is not before its end 16.',
      'span 4 (claim) was left out: its end 99 lies behind the text, which has 53 code points.',
      'span 5 (claim) was left out: its words are “nowhere at all”, but at 0–1 stands “M”.',
    ]);
  });

  test('a second text with the same id is left out with a word', async () => {
    const { documents, complaints } = await readAll(
      webAnnotation,
      page(resource, { ...resource, value: 'Other.' }),
    );
    expect(documents.map(({ text: words }) => words)).toEqual([text]);
    expect(complaints).toEqual([
      'a.jsonld, line 1: this text was left out: another one has the same id “urn:doc:42”.',
    ]);
  });

  test('whatever a file holds, it is read without an exception', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.record({
              type: fc.constant('Annotation'),
              id: fc.jsonValue(),
              target: fc.jsonValue(),
              body: fc.jsonValue(),
            }),
          ),
        ),
        async (items) => {
          const { documents } = await readAll(webAnnotation, page(resource, ...items));
          expect(documents[0]?.text).toBe(text);
        },
      ),
      { numRuns: 50 },
    ));
});

test('it knows its own files and leaves those of Locution alone', async () => {
  const sure = async (content: string, name = 'a.json') =>
    webAnnotation.recognise!(await opening(sourceFile(name, content)));
  expect(await sure('{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage"}')).toBe(
    certainty.bySignature,
  );
  expect(await sure('[{"type": "Annotation", "target": {}}]')).toBe(certainty.byShape);
  expect(await sure('“"type":"Annotation", "target":” is JSON.', 'a.txt')).toBe(certainty.no);
  const [marked] = fc.sample(document, { numRuns: 1, seed: 2 });
  expect(await sure(await written(jsonLines, [marked!], randomScheme), 'a.jsonl')).toBe(certainty.no);
});
