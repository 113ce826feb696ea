import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { IncomingDocument } from '../../src/core/transfer.ts';
import { doccano } from '../../src/formats/doccano.ts';
import { certainty } from '../../src/formats/format.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { annotated } from '../annotated.ts';
import { document } from './arbitraries.ts';
import {
  fixture,
  outgoing,
  readAll,
  schemeOf,
  sourceFile,
  writeOptions,
  written,
  writtenFiles,
} from './reading.ts';

const scheme = schemeOf('claim', 'denial', 'false_alarm', 'נאום', '__proto__');
const samples = new URL('../../../shared/samples/doccano/', import.meta.url);
const sample = (name: string) => sourceFile(name, readFileSync(new URL(name, samples)));
const wordsOf = ({
  text,
  spans,
}: {
  text: string;
  spans: readonly { start: number; end: number; label: string }[];
}) => spans.map(({ start, end, label }) => [text.slice(start, end), label]);

describe('a file of doccano', () => {
  test('is told by its marks', async () => {
    const sureOf = async (line: string, name = 'a.jsonl') =>
      doccano.recognise?.(await opening(sourceFile(name, line)));
    for (const name of ['sequence', 'relations', 'broken'])
      expect(doccano.recognise?.(await opening(fixture(`doccano/${name}.jsonl`)))).toBe(certainty.byShape);
    expect(await sureOf('[{"text":"He said so.","label":[[0,2,"PER"]]}]', 'a.json')).toBe(certainty.byShape);
    expect(
      await sureOf(`{"text":"He said so.","label":[[0,2,"PER"]],"source":"${'a'.repeat(70_000)}"}`),
    ).toBe(certainty.byShape);
    for (const other of [
      '{"text":"He said so.","offset_unit":"codepoint","label":[[0,2,"PER"]]}',
      '{"text":"He said so.","labels":["opinion"],"spans":[]}',
      '{"text":"He said so.","label":1}',
      '{"text":"He said so.","entities":[]}',
      '{"label":[[0,2,"PER"]]}',
      '[Applause] {"text"',
    ])
      expect(await sureOf(other)).toBe(certainty.no);
    expect(await sureOf('{"text":"He said so.","label":[]}', 'a.txt')).toBe(certainty.no);
  });

  test('brings spans, comments as a note, names as labels of the document, and the rest as metadata', async () => {
    const { documents, problems } = await readAll(doccano, fixture('doccano/sequence.jsonl'));
    expect(problems).toEqual([]);
    expect(documents.map(wordsOf)).toEqual([
      [
        ['it hid the report', 'claim'],
        ['denied', 'denial'],
      ],
      [['They denied it.', 'denial']],
      [],
    ]);
    expect(documents.map(({ meta, note, labels, line }) => ({ meta, note, labels, line }))).toEqual([
      { meta: { id: 7, source: 'wire' }, note: 'Read again.\nWho hid it?', labels: undefined, line: 1 },
      { meta: { page: 2 }, note: undefined, labels: undefined, line: 3 },
      { meta: {}, note: undefined, labels: ['long', 'opinion'], line: 4 },
    ]);
  });

  test('brings relations, and whatever else its spans have', async () => {
    const { documents, problems } = await readAll(doccano, fixture('doccano/relations.jsonl'));
    expect(problems).toEqual([]);
    const [first] = documents;
    const [claim, denial] = first!.spans;
    expect(first!.relations).toMatchObject([{ head: denial!.id, child: claim!.id, label: 'denies' }]);
    expect(denial!.attributes).toEqual({ score: 0.5 });
    expect(first!.note).toBe('Sure?');
  });

  test('is asked what it counts where the unit matters and every unit is possible', async () => {
    const line = JSON.stringify({ text: '😀 He denied that he did it.', label: [[5, 11, 'denial']] });
    const { verdict } = await readAll(doccano, sourceFile('a.jsonl', line));
    // Graphemes and code points place its span alike, so one of them is asked of.
    expect(verdict.tied).toEqual(['utf16', 'grapheme']);
    expect(verdict.examples).toEqual({ utf16: [' denie'], grapheme: ['denied'] });
    const { documents } = await readAll(doccano, sourceFile('a.jsonl', line), { unit: 'grapheme' });
    expect(wordsOf(documents[0]!)).toEqual([['denied', 'denial']]);
  });

  test('counts in UTF-16 where only that is possible', async () => {
    const whole = '👨‍👩‍👧 denied 😀';
    const line = JSON.stringify({ text: whole, label: [[0, whole.length, 'denial']] });
    expect((await readAll(doccano, sourceFile('a.jsonl', line))).verdict).toMatchObject({
      unit: 'utf16',
      tied: [],
    });
  });

  test('says of all that is broken what and where it is', async () => {
    const { documents, complaints } = await readAll(doccano, fixture('doccano/broken.jsonl'));
    expect(documents.map(wordsOf)).toEqual([
      [['denied', 'denial']],
      [],
      [
        ['He', 'claim'],
        ['denied', 'denial'],
      ],
      [],
      [],
    ]);
    expect(documents[4]!.text).toBe(' ');
    expect(documents[1]!.meta).toEqual({ label: 'denial' });
    expect(documents[3]!.meta).toEqual({ Comments: { a: 1 }, meta: 3 });
    expect(complaints.map((complaint) => complaint.replace('doccano/broken.jsonl, ', ''))).toEqual([
      'line 1: span 2 was left out: its "start" is below 0.',
      'line 1: span 3 was left out: its "label" is empty.',
      'line 1: span 4 was left out: it is not a start, an end and a label.',
      'line 1: span 6 was left out: its "end" is not a number.',
      'line 1: span 7 was left out: it is not a start, an end and a label.',
      'line 1: span 8 was left out: it is not a start, an end and a label.',
      'line 1: span 1 (denial) was left out: its start 3 is not before its end 3.',
      'line 1: span 5 (claim) was left out: its end 99 lies behind the text, which has 13 UTF-16 units.',
      'line 2: this document was left out: its "text" is missing.',
      'line 3: the "label" of this document is not a list of spans; what stood there is kept in its metadata.',
      'line 4: span 2 has the id 0, which stands here twice: relations join the first.',
      'line 4: span 3 was left out: its "end_offset" is missing.',
      'line 4: relation 2 was left out: its "type" is missing.',
      'line 4: relation 1 was left out: “1” is not a span of this document, or one that was left out.',
      'line 5: the "relations" of this document are not a list, so it was kept without them.',
      'line 6: this line is not JSON and was left out: at column 24 a closing brace } is missing.',
      'line 7: this document was left out: it is not an object.',
      'line 8: this document was left out: it has no text.',
    ]);
  });
});

describe('writing', () => {
  test('spans are triples, counted in the unit that was chosen', async () => {
    const { text, spans } = annotated('😀 [He](speaker) [denied](denial) it.');
    const line = async (unit: 'utf16' | 'codepoint') =>
      JSON.parse(await written(doccano, [outgoing(text, { spans })], scheme, { unit }));
    expect(await line('utf16')).toEqual({
      ...{ id: 'd1', text, title: 'report.txt', meta: {} },
      label: [
        [3, 5, 'speaker'],
        [6, 12, 'denial'],
      ],
    });
    expect(await line('codepoint')).toMatchObject({
      label: [
        [2, 4, 'speaker'],
        [5, 11, 'denial'],
      ],
    });
  });

  test('where there are relations, spans are entities with numbers', async () => {
    const { text, spans } = annotated('[He](speaker) [denied](denial) it.');
    const relations = [{ id: 'r', head: 's2', child: 's1', label: 'by', annotator: 'anna', attributes: {} }];
    const row = JSON.parse(await written(doccano, [outgoing(text, { spans, relations })], scheme));
    expect(row).not.toHaveProperty('label');
    expect(row.entities).toEqual([
      { id: 0, label: 'speaker', start_offset: 0, end_offset: 2 },
      { id: 1, label: 'denial', start_offset: 3, end_offset: 9 },
    ]);
    expect(row.relations).toEqual([{ id: 0, from_id: 1, to_id: 0, type: 'by' }]);
  });

  test('one document with relations makes all rows those of a project with relations', async () => {
    const { text, spans } = annotated('[He](speaker) [denied](denial) it.');
    const relations = [{ id: 'r', head: 's2', child: 's1', label: 'by', annotator: 'anna', attributes: {} }];
    const documents = [outgoing(text, { spans }), outgoing(text, { spans, relations })];
    const rows = (await written(doccano, documents, scheme)).trim().split('\n');
    expect(rows.map((row) => Object.keys(JSON.parse(row)))).toEqual([
      ['id', 'text', 'title', 'entities', 'relations', 'meta'],
      ['id', 'text', 'title', 'entities', 'relations', 'meta'],
    ]);
  });

  test('what doccano cannot hold is counted', async () => {
    const { text, spans } = annotated('[He](speaker) [de\u0301nied](denial) it.');
    const inside = { ...spans[1]!, id: 'x', start: 3, end: 4, text: 'd', note: 'x', attributes: { a: 1 } };
    const cut = { ...inside, id: 'y', end: 5, text: 'de' };
    const relations = [{ id: 'r', head: 'y', child: 's1', label: 'by', annotator: 'anna', attributes: {} }];
    const marked = outgoing(text, { spans: [...spans, inside, cut], relations });
    const options = writeOptions(scheme, { unit: 'grapheme' });
    expect((await writtenFiles(doccano, [marked], options)).losses).toEqual({
      'spans’ attributes': 2,
      'notes on spans': 2,
      'documents’ annotators': 1,
      'documents’ status': 1,
      'spans that begin or end inside a grapheme': 1,
      'relations whose spans are not in the file': 1,
    });
    expect(
      doccano
        .held?.(marked, options)
        .spans.map(({ id }) => id)
        .sort(),
    ).toEqual(['s1', 's2', 'x']);
  });

  test('text, title, metadata, note, spans and relations are read as they were written', () =>
    fc.assert(
      fc.asyncProperty(
        document.filter(({ text }) => text.trim() !== ''),
        fc.constantFrom('utf16' as const, 'codepoint' as const, 'byte' as const, 'grapheme' as const),
        async (marked, unit) => {
          const file = sourceFile('a.jsonl', await written(doccano, [marked], scheme, { unit }));
          const { documents, complaints } = await readAll(doccano, file, { unit });
          expect(complaints).toEqual([]);
          const read = documents[0]!;
          const { id, title, meta, note } = marked.document;
          expect(read).toMatchObject({ id, title, text: marked.text, meta });
          expect(read.note ?? '').toBe(note ?? '');
          const held = doccano.held!(marked, writeOptions(scheme, { unit })).spans;
          expect(wordsOf(read)).toEqual(wordsOf({ text: marked.text, spans: held }));
          if (held.length < marked.spans.length) return;
          const ends = (spans: readonly { id: string; start: number; end: number }[], wanted: string) => {
            const span = spans.find((candidate) => candidate.id === wanted)!;
            return [span.start, span.end];
          };
          const linked = (from: {
            spans: typeof held | IncomingDocument['spans'];
            relations: typeof marked.relations;
          }) =>
            from.relations.map(({ head, child, label }) => [
              ends(from.spans, head),
              ends(from.spans, child),
              label,
            ]);
          expect(linked(read)).toEqual(
            linked({ ...marked, relations: marked.relations.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }),
          );
        },
      ),
      { numRuns: 50 },
    ));

  test('any line is read without an exception, and never in silence', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            text: fc.oneof(fc.constant('He 😀 denied it.'), fc.jsonValue()),
            label: fc.oneof(
              fc.array(fc.tuple(fc.integer({ max: 20, min: -2 }), fc.jsonValue(), fc.string())),
              fc.jsonValue(),
            ),
            entities: fc.jsonValue(),
            relations: fc.jsonValue(),
            Comments: fc.jsonValue(),
            meta: fc.jsonValue(),
          },
          { requiredKeys: ['text'] },
        ),
        async (row) => {
          const { documents, problems } = await readAll(doccano, sourceFile('a.jsonl', JSON.stringify(row)));
          expect(documents.length + problems.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 50 },
    ));
});

describe.skipIf(!existsSync(samples))('files that doccano ships', () => {
  test('come in with every span where it was', async () => {
    const { documents } = await readAll(doccano, sample('relations.jsonl'));
    expect(wordsOf(documents[0]!)).toEqual([
      ['Google', 'ORG'],
      ['September 4, 1998', 'DATE'],
      ['Larry Page', 'PERSON'],
      ['Sergey Brin', 'PERSON'],
    ]);
    expect(documents[0]!.relations.map(({ label }) => label)).toEqual([
      'foundedAt',
      'foundedBy',
      'foundedBy',
    ]);
    const overlapping = await readAll(doccano, sample('example_overlapping.jsonl'));
    expect(overlapping.documents.map(wordsOf)).toEqual([
      [
        ['e', 'LOC'],
        ['e', 'LOC'],
      ],
    ]);
  });

  test('and say what they lack', async () => {
    const { documents, complaints } = await readAll(doccano, sample('example.jsonl'));
    expect(documents.map(({ text, meta }) => [text, meta])).toEqual([
      ['exampleA', { wikiPageID: 1 }],
      ['exampleB', { wikiPageID: 2 }],
    ]);
    expect(complaints).toEqual(['example.jsonl, line 3: this document was left out: its "text" is missing.']);
  });
});
