import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { compareRelations } from '../../src/core/relation.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import { planOf } from '../../src/core/schemes/plan.ts';
import { compareSpans } from '../../src/core/span.ts';
import { canonicalText, hashText } from '../../src/core/text.ts';
import type { IncomingDocument, OutgoingDocument } from '../../src/core/transfer.ts';
import { json } from '../../src/formats/json.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { isList, isObject, type JsonObject } from '../../src/formats/reading/json-value.ts';
import { plainText } from '../../src/formats/plain-text.ts';
import { document, documentLabels, rangeIn, rawText } from './arbitraries.ts';
import { goingOut, readAll, schemeOf, sourceFile, written } from './reading.ts';
import { scheme as anyScheme } from './schemes/arbitrary-scheme.ts';

vi.setConfig({ testTimeout: 60_000 });

const scheme: Scheme = {
  ...schemeOf('claim', 'denial', 'false_alarm', 'נאום', '__proto__'),
  documentLabels: documentLabels.map((value) => ({ id: value, value, name: value })),
};

/** What both formats carry of a document. */
function carried({
  document: { id, title, meta, status, labels, note },
  text,
  spans,
  relations,
}: OutgoingDocument) {
  return {
    ...{ id, title, text, meta, status },
    ...(labels && { labels }),
    ...(note !== undefined && { note }),
    spans: [...spans]
      .sort(compareSpans)
      .map(({ text: _, origin: __, createdAt: ___, updatedAt: ____, ...span }) => span),
    relations: [...relations].sort(compareRelations),
  };
}

function brought({ source: _, line: __, ...rest }: IncomingDocument) {
  return rest;
}

function objects(value: unknown): JsonObject[] {
  if (!isList(value)) throw new RangeError('not a list');
  return value.filter(isObject);
}

describe.each([
  {
    format: jsonLines,
    parse: (file: string) =>
      objects(
        file
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line)),
      ),
  },
  { format: json, parse: (file: string) => objects(JSON.parse(file).documents) },
])('$format.name', ({ format, parse }) => {
  const name = `a.${format.extensions[0]}`;

  test('what is written is read again as it was', () =>
    fc.assert(
      fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 3 }), async (documents) => {
        const { documents: read, complaints } = await readAll(
          format,
          sourceFile(name, await written(format, documents, scheme)),
        );
        expect(complaints).toEqual([]);
        expect(read.map(brought)).toEqual(documents.map(carried));
      }),
    ));

  test('what is read is written again to the same bytes', () =>
    fc.assert(
      fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 3 }), async (documents) => {
        const first = await written(format, documents, scheme);
        const { documents: read } = await readAll(format, sourceFile(name, first));
        expect(await written(format, read.map(goingOut), scheme)).toBe(first);
      }),
    ));

  test('every span has its text at its code points, as Python counts them (B25)', () =>
    fc.assert(
      fc.asyncProperty(document, async (marked) => {
        for (const { text, text_sha256, spans } of parse(await written(format, [marked], scheme))) {
          expect(text_sha256).toBe(hashText(String(text)));
          for (const span of objects(spans))
            expect([...String(text)].slice(Number(span['start']), Number(span['end'])).join('')).toBe(
              span['text'],
            );
        }
      }),
    ));

  test('the order in which spans and relations come does not matter', () =>
    fc.assert(
      fc.asyncProperty(document, async (marked) => {
        const turned = {
          ...marked,
          spans: marked.spans.toReversed(),
          relations: marked.relations.toReversed(),
        };
        expect(await written(format, [turned], scheme)).toBe(await written(format, [marked], scheme));
      }),
    ));

  test('a file is read the same however it arrives', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(document, { maxLength: 2 }),
        fc.integer({ min: 1, max: 50 }),
        async (documents, chunkBytes) => {
          const file = await written(format, documents, scheme);
          expect(await readAll(format, sourceFile(name, file, chunkBytes))).toEqual(
            await readAll(format, sourceFile(name, file)),
          );
        },
      ),
    ));
});

test('a scheme is read from JSON as it was written, whatever documents come with it', () =>
  fc.assert(
    fc.asyncProperty(anyScheme, async (any) => {
      const file = await written(json, [], any);
      const { labels, plan, complaints } = await readAll(json, sourceFile('a.json', file));
      expect(complaints).toEqual([]);
      const nothing = { attributes: [], relations: [], documentLabels: [] };
      expect({ ...nothing, ...plan, labels }).toEqual(planOf(any));
    }),
  ));

describe('files of others', () => {
  const raw = rawText('\ud83d', '\ude00', '\r', '\r\n').map((text) => text.replace(/^\uFEFF+/, '\uFEFF'));
  const rawWithRanges = raw
    .filter((text) => canonicalText(text).text !== '')
    .chain((text) => fc.tuple(fc.constant(text), fc.array(rangeIn(text), { maxLength: 6 })));

  test.each(['codepoint', 'utf16'])(
    'every span keeps its text when line breaks are made one kind, counted in %s',
    (unit) =>
      fc.assert(
        fc.asyncProperty(rawWithRanges, async ([text, ranges]) => {
          const count = (offset: number) => (unit === 'utf16' ? offset : [...text.slice(0, offset)].length);
          const marks = ranges.filter(({ end }) => !(text.startsWith('\uFEFF') && end === 1));
          const spans = marks.map(({ start, end }, index) => ({
            ...{ id: `s${index}`, start: count(start), end: count(end) },
            ...{ text: text.slice(start, end), label: 'claim' },
          }));
          const line = JSON.stringify({ text, offset_unit: unit, text_sha256: hashText(text), spans });
          const { documents, complaints } = await readAll(jsonLines, sourceFile('a.jsonl', line));
          expect(complaints).toEqual([]);
          expect(documents[0]?.text).toBe(canonicalText(text).text);
          expect(documents[0]?.spans).toHaveLength(spans.length);
          for (const [index, span] of documents[0]!.spans.entries()) {
            const plain = (of: string) => of.replaceAll('\uFEFF', '');
            const here = documents[0]!.text.slice(span.start, span.end);
            expect(plain(here)).toBe(plain(canonicalText(spans[index]!.text).text));
          }
        }),
      ),
  );

  test('a text file is its characters, with one kind of line break (B23, B24)', () =>
    fc.assert(
      fc.asyncProperty(raw, fc.integer({ min: 1, max: 9 }), async (text, chunkBytes) => {
        const whole = text.toWellFormed();
        const { documents } = await readAll(plainText, sourceFile('a.txt', whole, chunkBytes));
        if (whole.trim() === '') expect(documents).toEqual([]);
        else expect(documents[0]?.text).toBe(canonicalText(whole).text);
      }),
    ));

  const anything = fc.jsonValue({ maxDepth: 3 });
  const junk = fc.record(
    {
      ...{
        id: anything,
        title: anything,
        offset_unit: anything,
        text_sha256: anything,
        meta: anything,
        status: anything,
      },
      text: fc.oneof(raw, anything),
      spans: fc.oneof(
        anything,
        fc.array(
          fc.oneof(
            anything,
            fc.record({ start: fc.nat(5), end: fc.nat(9), label: fc.string(), id: anything }),
          ),
        ),
      ),
      relations: fc.oneof(
        anything,
        fc.array(fc.record({ head: anything, child: anything, label: anything })),
      ),
      other: anything,
    },
    { requiredKeys: [] },
  );

  test('whatever a file holds, it is read without an exception, and what was read can be written and read', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(anything, fc.array(junk), junk, fc.record({ documents: fc.array(junk), scheme: anything })),
        async (value) => {
          const { documents } = await readAll(json, sourceFile('a.json', JSON.stringify(value)));
          const out = await written(json, documents.map(goingOut), scheme);
          const again = await readAll(json, sourceFile('a.json', out));
          expect(again.problems.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
          expect(again.documents.map(({ text }) => text)).toEqual(documents.map(({ text }) => text));
        },
      ),
      { numRuns: 300 },
    ));

  test('whatever bytes a file has, every format reads it without an exception', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        for (const format of [jsonLines, json, plainText]) {
          const read = await readAll(format, sourceFile('a', bytes, 7));
          expect(read.documents.length + read.problems.length + read.questions.length).toBeGreaterThan(0);
        }
      }),
    ));
});
