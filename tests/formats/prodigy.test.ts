import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareRelations } from '../../src/core/relation.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import { compareSpans } from '../../src/core/span.ts';
import type { IncomingDocument, OutgoingDocument } from '../../src/core/transfer.ts';
import { certainty } from '../../src/formats/format.ts';
import { prodigy } from '../../src/formats/prodigy.ts';
import { opening } from '../../src/formats/reading/source-text.ts';
import { annotated } from '../annotated.ts';
import { document, documentLabels } from './arbitraries.ts';
import {
  fixture,
  goingOut,
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
  documentLabels: documentLabels.map((value) => ({ id: value, value, name: value })),
};
const samples = new URL('../../../shared/samples/prodigy/', import.meta.url);
const wordsOf = ({ text, spans }: IncomingDocument) =>
  spans.map(({ start, end, label }) => [text.slice(start, end), label]);

describe('a file of Prodigy', () => {
  test('is told by its hashes, its tokens and its answers', async () => {
    const sureOf = async (line: object) =>
      prodigy.recognise?.(await opening(sourceFile('a.jsonl', JSON.stringify(line))));
    const text = 'He denied it.';
    expect(await sureOf({ text, _task_hash: 1 })).toBe(certainty.bySignature);
    expect(await sureOf({ text, answer: 'accept' })).toBe(certainty.byShape);
    expect(await sureOf({ text, tokens: [{ text: 'He', start: 0, end: 2, id: 0 }] })).toBe(certainty.byShape);
    expect(await sureOf({ text, spans: [{ start: 0, end: 2, token_start: 0, token_end: 0 }] })).toBe(
      certainty.byShape,
    );
    for (const other of [
      { text, spans: [{ start: 0, end: 2, label: 'PER' }] },
      { text, tokens: ['He', 'denied'], answer: 'yes' },
      { text, offset_unit: 'codepoint', answer: 'accept' },
      { answer: 'accept' },
    ])
      expect(await sureOf(other)).toBe(certainty.no);
  });

  test('brings what was accepted, asks about the rest once, and says what was left out', async () => {
    const { documents, complaints, questions } = await readAll(prodigy, fixture('prodigy/rows.jsonl'));
    expect(complaints).toEqual([
      'prodigy/rows.jsonl, line 2: 1 rejected and 1 ignored rows were left out, the first of them here.',
    ]);
    expect(questions).toEqual([expect.objectContaining({ about: 'answers', presumed: 'accept' })]);
    expect(documents.map(({ line }) => line)).toEqual([1, 3, 5]);
    expect(documents.map(({ status, labels, meta }) => ({ status, labels, meta }))).toEqual([
      { status: 'done', labels: undefined, meta: { source: 'wire', _input_hash: 1, _task_hash: -4 } },
      { status: 'done', labels: ['opinion'], meta: {} },
      { status: undefined, labels: ['news', 'long'], meta: { options: [{ id: 'news' }], _session_id: 's' } },
    ]);
  });

  test('is not asked about again once the user has said it', async () => {
    const accepted = await readAll(prodigy, fixture('prodigy/rows.jsonl'), { answers: 'accept' });
    expect([accepted.questions, accepted.documents.length, accepted.problems.length]).toEqual([[], 3, 1]);
    const all = await readAll(prodigy, fixture('prodigy/rows.jsonl'), { answers: 'all' });
    expect([all.questions, all.problems]).toEqual([[], []]);
    expect(all.documents.map(({ status, labels, meta }) => [status, labels, meta['answer']])).toEqual([
      ['done', undefined, undefined],
      ['skipped', undefined, 'ignore'],
      ['done', ['opinion'], undefined],
      ['todo', undefined, 'reject'],
      [undefined, ['news', 'long'], undefined],
    ]);
    expect(all.documents[3]!.meta).toEqual({ answer: 'reject', label: 'opinion' });
  });

  test('brings spans, relations by ranges or by last tokens, and who made them', async () => {
    const { documents, verdict } = await readAll(prodigy, fixture('prodigy/rows.jsonl'));
    const [first] = documents;
    expect(verdict).toMatchObject({ unit: 'codepoint', tied: [] });
    expect(wordsOf(first!)).toEqual([
      ['it hid the report', 'claim'],
      ['denied', 'denial'],
    ]);
    const [claim, denial] = first!.spans;
    expect(claim).toMatchObject({ annotator: 'news-anna', attributes: { source: 'model' } });
    expect(first!.relations).toMatchObject([
      { head: denial!.id, child: claim!.id, label: 'denies', attributes: { color: '#fff' } },
      { head: claim!.id, child: denial!.id, label: 'denied by', annotator: 'news-anna' },
    ]);
  });

  test('that counts in UTF-16 units is told by its tokens', async () => {
    const tokens = [
      { text: '😀', start: 0, end: 2, id: 0 },
      { text: 'He', start: 3, end: 5, id: 1 },
    ];
    const row = { text: '😀 He', tokens, spans: [{ start: 3, end: 5, label: 'speaker' }] };
    const file = sourceFile('a.jsonl', JSON.stringify(row));
    const { verdict } = await readAll(prodigy, file);
    expect(verdict).toMatchObject({ unit: 'utf16', tied: [] });
    const { documents, problems } = await readAll(prodigy, file, { unit: verdict.unit });
    expect(problems).toEqual([]);
    expect(wordsOf(documents[0]!)).toEqual([['He', 'speaker']]);
  });

  test('leaves out a relation by a token on which several spans end, and says so', async () => {
    const span = (start: number, first: number, label: string) => ({
      ...{ start, end: 9, token_start: first, token_end: 1, label },
    });
    const row = {
      text: 'He denied it.',
      spans: [span(0, 0, 'claim'), span(3, 1, 'denial'), { ...span(10, 2, 'claim'), end: 12, token_end: 2 }],
      relations: [
        { head: 1, child: 2, label: 'targets' },
        { head: 2, child: 2, label: 'targets' },
        { head: 1, child: 2, label: 'targets', head_span: { start: 3, end: 9, label: 'denial' } },
      ],
    };
    const { documents, complaints } = await readAll(prodigy, sourceFile('a.jsonl', JSON.stringify(row)));
    expect(complaints).toEqual([
      'a.jsonl, line 1: relation 1 was left out: its "head", token 1, fits 2 spans, and it does not say which of them is meant.',
    ]);
    const [{ spans, relations }] = documents as [IncomingDocument];
    expect(relations.map(({ head }) => head)).toEqual([spans[2]!.id, spans[1]!.id]);
  });

  test('says of all that is broken what and where it is', async () => {
    const { documents, complaints } = await readAll(prodigy, fixture('prodigy/broken.jsonl'));
    expect(documents.map(wordsOf)).toEqual([
      [
        ['denied', 'denial'],
        ['He', 'speaker'],
      ],
      [['He', 'speaker']],
      [],
    ]);
    expect(documents[2]!.meta).toEqual({ meta: 'x' });
    expect(complaints.map((complaint) => complaint.replace('prodigy/broken.jsonl, ', ''))).toEqual([
      'line 1: span 1 was placed by its offsets 3–9, which are those of tokens 1–1: its tokens 1–2 are others.',
      'line 1: span 2 (denial) was left out: its tokens 1–1 stand at 3–9, and its offsets are 3–8.',
      'line 1: span 3 (denial) was left out: its tokens 1–9 are not there, and its offsets 3–8 are not those of tokens.',
      'line 1: span 5 was left out: its "label" is not text.',
      'line 1: span 7 was left out: its "start" is missing.',
      'line 1: span 8 was left out: it is not an object.',
      'line 1: relation 2 was left out: its "label" is missing.',
      'line 1: span 4 (denial) was left out: its words are “said”, but at 3–9 stands “denied”.',
      'line 1: span 6 (claim) was left out: its start 9 is not before its end 3.',
      'line 1: relation 1 was left out: “token 4” is not a span of this document, or one that was left out.',
      'line 1: relation 3 was left out: “token 0” is not a span of this document, or one that was left out.',
      'line 2: 1 of 4 tokens are not at their offsets: “denied” is said to be at 4–10, where “enied ” stands. Spans over them were compared with their words.',
      'line 2: span 1 (denial) was left out: its words are “denied”, but at 4–10 stands “enied ”. It could be moved to “denied”, likeness 1.00.',
      'line 3: the "tokens" of this document are not tokens and were left out; its spans were not compared with them.',
      'line 3: the "spans" of this document are not a list, so it was kept without them.',
      'line 3: the "relations" of this document are not a list, so it was kept without them.',
      'line 4: this document was left out: its "text" is missing.',
      'line 5: this line is not JSON and was left out: at column 9 a value should stand here.',
    ]);
  });
});

describe('writing', () => {
  test('a row has tokens, and its spans the first and the last of theirs', async () => {
    const { text, spans } = annotated('😀 [He](speaker) [den]()ied [denied it](denial).');
    const row = JSON.parse(await written(prodigy, [outgoing(text, { spans })], scheme));
    expect(row.tokens[1]).toEqual({ text: 'He', start: 2, end: 4, id: 1, ws: true });
    expect(row.spans).toEqual([
      { id: 's1', start: 2, end: 4, text: 'He', token_start: 1, token_end: 1, label: 'speaker' },
      expect.objectContaining({ label: 'denial', token_start: 7, token_end: 8 }),
    ]);
    expect(row).toMatchObject({ _annotator_id: 'anna', _session_id: 'anna', answer: 'accept' });
  });

  test('a span that ends inside a token has no tokens', async () => {
    const { text, spans } = annotated('He [den](claim)ied it.');
    const row = JSON.parse(await written(prodigy, [outgoing(text, { spans })], scheme));
    expect(row.spans).toEqual([{ id: 's1', start: 3, end: 6, text: 'den', label: 'claim' }]);
  });

  test('spans of several annotators each say whose they are', async () => {
    const { text, spans } = annotated('[He](speaker) [denied](denial) it.');
    const ours = spans.map((span, index) => ({ ...span, annotator: ['anna', 'me'][index]! }));
    const line = await written(prodigy, [outgoing(text, { spans: ours })], scheme);
    expect(JSON.parse(line)).toMatchObject({
      _annotator_id: null,
      spans: [{ annotator: 'anna' }, { annotator: 'me' }],
    });
    const { documents } = await readAll(prodigy, sourceFile('a.jsonl', line));
    expect(documents[0]!.spans.map(({ annotator }) => annotator)).toEqual(['anna', 'me']);
  });

  test('a relation without its spans is counted', async () => {
    const { text, spans } = annotated('[He](speaker) denied it.');
    const relations = [
      { id: 'r', head: 'gone', child: 's1', label: 'by', annotator: 'anna', attributes: {} },
    ];
    const { losses } = await writtenFiles(
      prodigy,
      [outgoing(text, { spans, relations })],
      writeOptions(scheme),
    );
    expect(losses).toEqual({ 'relations whose spans are not in the file': 1 });
  });

  test('everything is read as it was written', () =>
    fc.assert(
      fc.asyncProperty(
        document.filter(({ text }) => text.trim() !== ''),
        async (marked) => {
          const file = sourceFile('a.jsonl', await written(prodigy, [marked], scheme));
          const { documents, complaints } = await readAll(prodigy, file);
          expect(complaints).toEqual([]);
          expect(brought(documents[0]!)).toEqual(carried(marked));
        },
      ),
      { numRuns: 50 },
    ));

  test('any row is read without an exception, and never in silence', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            text: fc.oneof(fc.constant('He 😀 denied it.'), fc.jsonValue()),
            tokens: fc.oneof(
              fc.jsonValue(),
              fc.array(fc.record({ text: fc.string(), start: fc.integer(), end: fc.nat(9) })),
            ),
            spans: fc.oneof(
              fc.jsonValue(),
              fc.array(
                fc.record({
                  start: fc.nat(5),
                  end: fc.nat(9),
                  label: fc.string(),
                  token_end: fc.jsonValue(),
                }),
              ),
            ),
            relations: fc.oneof(
              fc.jsonValue(),
              fc.array(fc.record({ head: fc.jsonValue(), child_span: fc.jsonValue(), label: fc.string() })),
            ),
            ...{
              accept: fc.jsonValue(),
              meta: fc.jsonValue(),
              status: fc.jsonValue(),
              answer: fc.jsonValue(),
            },
          },
          { requiredKeys: ['text'] },
        ),
        async (row) => {
          const file = sourceFile('a.jsonl', JSON.stringify(row));
          const { documents, problems } = await readAll(prodigy, file);
          expect(documents.length + problems.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 50 },
    ));
});

describe.skipIf(!existsSync(samples))('a file that Prodigy’s authors ship', () => {
  const name = 'news-headlines-ner.jsonl';
  const load = () => readFileSync(new URL(name, samples), 'utf8');
  interface Row {
    readonly text: string;
    readonly answer: string;
    readonly tokens: readonly { text: string; start: number; end: number }[];
    readonly spans?: readonly { start: number; end: number; token_start: number; token_end: number }[];
  }
  const rowsOf = (lines: string) =>
    lines
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Row);
  const inOrder = (spans: Row['spans'] = []) => spans.toSorted((a, b) => a.start - b.start || b.end - a.end);

  test('comes in with every span on its tokens', async () => {
    const { documents, complaints, questions } = await readAll(prodigy, sourceFile(name, load()));
    const accepted = rowsOf(load()).filter(({ answer }) => answer === 'accept');
    expect(questions).toHaveLength(1);
    expect(complaints).toEqual([`${name}, line 337: 1 ignored row was left out.`]);
    expect(documents.map(({ text }) => text)).toEqual(accepted.map(({ text }) => text));
    for (const [index, { text, tokens, spans = [] }] of accepted.entries())
      expect(
        documents[index]!.spans.map(({ start, end }) => documents[index]!.text.slice(start, end)),
      ).toEqual(
        spans.map(({ token_start, token_end }) =>
          text.slice(tokens[token_start]!.start, tokens[token_end]!.end),
        ),
      );
  });

  test('goes out with the same tokens and spans', async () => {
    const all = await readAll(prodigy, sourceFile(name, load()), { answers: 'all' });
    const again = rowsOf(await written(prodigy, all.documents.map(goingOut), scheme));
    expect(again).toHaveLength(373);
    for (const [index, { tokens, spans }] of rowsOf(load()).entries()) {
      expect(again[index]!.tokens).toMatchObject(tokens);
      expect(inOrder(again[index]!.spans)).toMatchObject(inOrder(spans));
    }
  });
});

/** What the format carries of a document. */
function carried({
  document: { id, title, meta, status, labels, note },
  text,
  spans,
  relations,
}: OutgoingDocument) {
  return {
    ...{ id, title, meta, status, text },
    ...(labels && { labels }),
    ...(note && { note }),
    spans: [...spans]
      .sort(compareSpans)
      .map(({ text: _, origin: __, createdAt: ___, updatedAt: ____, note: words, ...span }) => ({
        ...span,
        ...(words && { note: words }),
      })),
    relations: [...relations].sort(compareRelations),
  };
}

function brought({ source: _, line: __, ...rest }: IncomingDocument) {
  return rest;
}
