import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scheme } from '../../src/core/scheme.ts';
import { compareSpans } from '../../src/core/span.ts';
import type { IncomingDocument, OutgoingDocument } from '../../src/core/transfer.ts';
import { certainty } from '../../src/formats/format.ts';
import { labelStudioMin } from '../../src/formats/label-studio-min.ts';
import { labelStudio } from '../../src/formats/label-studio.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { annotated } from '../annotated.ts';
import { document, documentLabels } from './arbitraries.ts';
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

const scheme: Scheme = {
  ...schemeOf('claim', 'denial', 'speaker', 'false_alarm', 'נאום', '__proto__'),
  attributes: [{ id: 'a1', value: 'certainty', name: 'Certainty', type: 'one', options: ['sure'] }],
  documentLabels: documentLabels.map((value) => ({ id: value, value, name: value })),
};
const wordsOf = ({ text, spans }: IncomingDocument) =>
  spans.map(({ start, end, label }) => [text.slice(start, end), label]);

describe('a file of Label Studio', () => {
  test('is told by its tasks', async () => {
    const sureOf = async (content: string, name = 'a.json') =>
      labelStudio.recognise?.(await opening(sourceFile(name, content)));
    for (const name of ['tasks', 'broken'])
      expect(labelStudio.recognise?.(await opening(fixture(`label-studio/${name}.json`)))).toBe(
        certainty.byShape,
      );
    const long = JSON.stringify([{ annotations: [{ result: [{ id: 'a'.repeat(70_000) }] }], data: {} }]);
    expect(await sureOf(long)).toBe(certainty.byShape);
    expect(await sureOf('{"data":{"text":"He said so."}}', 'a.jsonl')).toBe(certainty.byShape);
    for (const other of [
      '[{"text":"He said so."}]',
      '{"format":"locution","documents":[]}',
      '{"data":"He said so.","annotations":[]}',
      '{"data":{},"label":[]}',
      '[Applause] {"data":{}}',
    ])
      expect(await sureOf(other)).toBe(certainty.no);
  });

  test('brings regions with all that their rows say', async () => {
    const { documents } = await readAll(labelStudio, fixture('label-studio/tasks.json'));
    const [first, second] = documents;
    expect(wordsOf(first!)).toEqual([
      ['it hid the report', 'claim'],
      ['denied', 'denial'],
      ['denied', 'speech'],
      ['The ministry', 'speaker'],
      ['denied', 'denial'],
    ]);
    expect(first!.spans[0]).toMatchObject({
      id: 'region-1',
      annotator: 'anna@example.org',
      attributes: { confidence: 'sure', speaker: ['Anna', 'Ben'], weight: 4 },
      note: 'Which report?',
    });
    expect(first!.spans[1]).toMatchObject({
      id: 'region-2',
      attributes: { origin: 'prediction' },
      note: 'Sure?',
    });
    expect(wordsOf(second!)).toEqual([['said', 'report']]);
  });

  test('brings relations in their direction, each within its annotation', async () => {
    const { documents } = await readAll(labelStudio, fixture('label-studio/tasks.json'));
    const { relations, spans } = documents[0]!;
    const speaker = spans[3]!;
    expect(speaker).toMatchObject({ annotator: '2' });
    expect(speaker.id).not.toBe('region-1');
    expect(relations).toMatchObject([
      { head: 'region-2', child: 'region-1', label: 'denies', annotator: 'anna@example.org', attributes: {} },
      { head: 'region-1', child: 'region-2', label: 'relation', attributes: { direction: 'bi' } },
      { head: 'region-3', child: speaker.id, label: 'by', annotator: '2' },
    ]);
  });

  test('brings what is said of the whole text', async () => {
    const { documents } = await readAll(labelStudio, fixture('label-studio/tasks.json'));
    expect(documents[0]).toMatchObject({
      labels: ['politics', 'press'],
      note: 'Read again.',
      meta: { source: 'wire', id: 1, quality: 2, annotations: [{ id: 11, lead_time: 8.6 }] },
    });
  });

  test('says what is not taken as it stands, and what is not taken: what was cancelled, drafted or predicted', async () => {
    const { complaints } = await readAll(labelStudio, fixture('label-studio/tasks.json'));
    expect(complaints.map((complaint) => complaint.replace('label-studio/tasks.json, ', ''))).toEqual([
      'line 22: region “region-2” has 2 labels and became as many spans.',
      'line 26: a relation has no label and is called “relation”.',
      'line 42: an annotation by “3” was left out: it was cancelled.',
      'line 45: 2 predictions and 1 draft left out, the first of them here: only finished annotations are read.',
    ]);
  });

  test('says of all that is broken what and where it is', async () => {
    const { documents, complaints } = await readAll(labelStudio, fixture('label-studio/broken.json'));
    expect(documents.map(wordsOf)).toEqual([[['denied', 'denial']]]);
    expect(complaints.map((complaint) => complaint.replace('label-studio/broken.json, ', ''))).toEqual([
      'line 2: this document was left out: it is not an object.',
      'line 3: this task was left out: its "data" is missing.',
      'line 4: this task was left out: it has several texts (one, two) and none is called "text".',
      'line 5: this task was left out: its text is a list of paragraphs, not one text, and with it went 1 row of annotations.',
      'line 6: this task was left out: its "text" is only the address of a text.',
      'line 10: an annotation was left out: it is not an object.',
      'line 11: an annotation was left out: its "result" is not a list.',
      'line 14: row 1 was left out: it is not an object.',
      'line 15: region “html1” was left out: its place is “/p[1]/text()[1]” in HTML or in paragraphs, not an offset of the text.',
      'line 21: region “html4” was left out: its place is “/p[1]” in HTML or in paragraphs, not an offset of the text, and it has no words to find it by.',
      'line 23: region “para1” was left out: its place is “0” in HTML or in paragraphs, not an offset of the text.',
      'line 25: region “picture” was left out: it is of the type “rectanglelabels”, which marks no text.',
      'line 19: region “html3” (denial) was left out: its words are “denied”, but at 3–9 stands “He den”. It could be moved to “denied”, likeness 0.99.',
      'line 27: region “nameless” was left out: it has no label.',
      'line 29: region “outside” (claim) was left out: its end 500 lies behind the text, which has 20 code points.',
      'line 31: a relation (of) was left out: “html1” is not a span of this document, or one that was left out.',
    ]);
  });

  test('that counts in UTF-16 units is told by its words', async () => {
    const value = { start: 3, end: 5, text: 'He', labels: ['speaker'] };
    const result = [{ id: 'r1', type: 'labels', value }];
    const task = { data: { text: '😀 He denied it.' }, annotations: [{ result }] };
    const file = sourceFile('a.json', JSON.stringify([task]));
    const { verdict } = await readAll(labelStudio, file);
    expect(verdict).toMatchObject({ unit: 'utf16', tied: [] });
    const { documents, problems } = await readAll(labelStudio, file, { unit: verdict.unit });
    expect([problems, wordsOf(documents[0]!)]).toEqual([[], [['He', 'speaker']]]);
  });
});

describe('writing', () => {
  const { text, spans } = annotated('😀 [He](speaker) [denied](denial) it.');
  const relations = [{ id: 'r', head: 's2', child: 's1', label: 'by', annotator: 'anna', attributes: {} }];

  test('a task has an annotation for each annotator, and rows that share an id for each span', async () => {
    const said = { ...spans[0]!, attributes: { certainty: 'sure', target: ['it'], label: 3 }, note: 'Who?' };
    const marked = outgoing(text, { spans: [said, { ...spans[1]!, annotator: '7' }], relations });
    const { texts, losses } = await writtenFiles(labelStudio, [marked], writeOptions(scheme));
    const [task] = JSON.parse(texts['']!);
    expect(task.data).toEqual({ text, id: 'd1', title: 'report.txt' });
    expect(task.annotations).toEqual([
      expect.objectContaining({ completed_by: 7 }),
      expect.objectContaining({ annotator: 'anna' }),
    ]);
    const row = { id: 's1', to_name: 'text', origin: 'manual' };
    const at = { start: 2, end: 4 };
    expect(task.annotations[1].result).toEqual([
      { ...row, from_name: 'label', type: 'labels', value: { ...at, text: 'He', labels: ['speaker'] } },
      { ...row, from_name: 'certainty', type: 'choices', value: { ...at, choices: ['sure'] } },
      {
        ...row,
        from_name: 'target',
        type: 'textarea',
        value: { ...at, text: ['it'] },
        meta: { value: ['it'] },
      },
      {
        ...{ ...row, from_name: 'attribute_label', type: 'textarea', value: { ...at, text: ['3'] } },
        meta: { attribute: 'label', value: 3 },
      },
      { ...row, from_name: 'note', type: 'textarea', value: { ...at, text: ['Who?'] } },
    ]);
    expect(losses).toEqual({
      'documents’ status': 1,
      'relations that do not join two spans of one annotator': 1,
    });
  });

  test('what a relation cannot say there is counted', async () => {
    const more = [
      { ...relations[0]!, annotator: 'bea', attributes: { sure: true } },
      { ...relations[0]!, id: 'r2', attributes: { direction: 'bi' } },
    ];
    const marked = outgoing(text, { spans, relations: more });
    const { texts, losses } = await writtenFiles(labelStudio, [marked], writeOptions(scheme));
    expect(JSON.parse(texts['']!)[0].annotations[0].result.slice(-2)).toEqual([
      { from_id: 's2', to_id: 's1', type: 'relation', direction: 'right', labels: ['by'] },
      { from_id: 's2', to_id: 's1', type: 'relation', direction: 'bi', labels: ['by'] },
    ]);
    expect(losses).toEqual({
      'documents’ status': 1,
      'relations’ names of who made them': 1,
      'relations’ attributes': 1,
    });
  });

  test('a row that was changed in Label Studio counts as it is there', async () => {
    const said = { ...spans[0]!, attributes: { target: ['it'], weight: 3 } };
    const file = await written(labelStudio, [outgoing(text, { spans: [said] })], scheme);
    const { documents } = await readAll(
      labelStudio,
      sourceFile('a.json', file.replace('"text":["it"]', '"text":["me"]')),
    );
    expect(documents[0]!.spans[0]!.attributes).toEqual({ target: 'me', weight: 3 });
  });

  test('no documents are an empty list', async () => {
    expect(await written(labelStudio, [], scheme)).toBe('[]\n');
    expect(await written(labelStudioMin, [], scheme)).toBe('[]\n');
  });

  test('all but status and what is of relations is read as it was written', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          document.filter((marked) => marked.text.trim() !== ''),
          { minLength: 1, maxLength: 2 },
        ),
        async (all) => {
          const file = sourceFile('a.json', await written(labelStudio, all, scheme));
          const { documents, complaints } = await readAll(labelStudio, file);
          expect(complaints).toEqual([]);
          expect(documents.map(brought)).toEqual(all.map(carried));
        },
      ),
      { numRuns: 50 },
    ));

  test('any task is read without an exception, and never in silence', () => {
    const row = fc.record(
      {
        ...{ id: fc.jsonValue(), from_id: fc.jsonValue(), from_name: fc.jsonValue(), meta: fc.jsonValue() },
        type: fc.constantFrom('labels', 'choices', 'textarea', 'relation', 'rating', 'video'),
        value: fc.oneof(
          fc.jsonValue(),
          fc.record({ start: fc.nat(5), end: fc.nat(9), text: fc.jsonValue(), labels: fc.jsonValue() }),
        ),
        ...{ labels: fc.jsonValue(), direction: fc.jsonValue() },
      },
      { requiredKeys: ['type'] },
    );
    const annotation = fc.record({
      result: fc.oneof(fc.array(row), fc.jsonValue()),
      completed_by: fc.jsonValue(),
    });
    const task = fc.record({
      data: fc.oneof(fc.constant({ text: 'He 😀 denied it.' }), fc.jsonValue()),
      annotations: fc.oneof(fc.array(annotation), fc.jsonValue()),
      ...{ meta: fc.jsonValue(), predictions: fc.jsonValue() },
    });
    return fc.assert(
      fc.asyncProperty(fc.array(task), async (tasks) => {
        const file = sourceFile('a.json', JSON.stringify(tasks));
        const { documents, problems } = await readAll(labelStudio, file);
        expect(documents.length + problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });
});

describe('JSON_MIN', () => {
  test('has an item for each annotator, and counts what it cannot hold', async () => {
    const { text, spans } = annotated('😀 [He](speaker) [denied](denial) it.');
    const marks = [
      { ...spans[0]!, note: 'Who?' },
      { ...spans[1]!, annotator: 'bea', attributes: { a: 1 } },
    ];
    const relations = [{ id: 'r', head: 's2', child: 's1', label: 'by', annotator: 'anna', attributes: {} }];
    const marked = outgoing(text, { spans: marks, relations });
    const { texts, losses } = await writtenFiles(
      labelStudioMin,
      [marked, outgoing('None.')],
      writeOptions(scheme),
    );
    const about = { id: 'd1', title: 'report.txt' };
    expect(JSON.parse(texts['']!)).toEqual([
      { ...about, text, label: [{ start: 2, end: 4, text: 'He', labels: ['speaker'] }], annotator: 'anna' },
      {
        ...about,
        text,
        label: [{ start: 5, end: 11, text: 'denied', labels: ['denial'] }],
        annotator: 'bea',
      },
      { ...about, text: 'None.', label: [] },
    ]);
    expect(losses).toEqual({
      relations: 1,
      'spans’ attributes': 1,
      'notes on spans': 1,
      'documents’ status': 2,
    });
  });

  test('every span has its words at its code points', () =>
    fc.assert(
      fc.asyncProperty(document, async (marked) => {
        const items = JSON.parse(await written(labelStudioMin, [marked], scheme));
        for (const { text, label } of items)
          for (const { start, end, text: words } of label)
            expect([...text].slice(start, end).join('')).toBe(words);
        expect(items.flatMap(({ label }: { label: unknown[] }) => label)).toHaveLength(marked.spans.length);
      }),
      { numRuns: 50 },
    ));
});

interface Marked {
  readonly spans: readonly { readonly id: string; readonly note?: string; readonly annotator: string }[];
  readonly relations: OutgoingDocument['relations'];
}

/** Of relations only those that join spans of one annotator, and what they join. */
function inOrder({ spans, relations }: Marked) {
  const by = new Map(spans.map(({ id, annotator }) => [id, annotator]));
  return {
    spans: spans
      .map(({ note, ...span }) => ({ ...span, ...(note && { note }) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    relations: relations
      .filter(({ head, child }) => by.get(head) === by.get(child))
      .map(({ head, child, label }) => JSON.stringify([head, child, label]))
      .sort(),
  };
}

function carried({ document: { id, title, meta, labels, note }, text, spans, relations }: OutgoingDocument) {
  const plain = [...spans]
    .sort(compareSpans)
    .map(({ text: _, origin: __, createdAt: ___, updatedAt: ____, ...span }) => span);
  return {
    ...{ id, title, meta, text },
    ...(labels && { labels }),
    ...(note && { note }),
    ...inOrder({ spans: plain, relations }),
  };
}

function brought({ source: _, line: __, spans, relations, ...rest }: IncomingDocument) {
  return { ...rest, ...inOrder({ spans, relations }) };
}
