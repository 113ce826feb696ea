import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, type TextUnit } from '../../src/core/cutting.ts';
import { countSpans } from '../../src/core/sheet.ts';
import { sentencesIn } from '../../src/core/sentences.ts';
import type { Span } from '../../src/core/span.ts';
import { hashText } from '../../src/core/text.ts';
import { document } from '../formats/arbitraries.ts';
import { outgoing } from '../formats/reading.ts';

const sentences = (text: string) =>
  sentencesIn(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end).trim());

const span = (text: string, words: string, id = words): Span => ({
  id,
  start: text.indexOf(words),
  end: text.indexOf(words) + words.length,
  text: words,
  label: 'claim',
  annotator: 'anna',
  attributes: {},
  origin: 'hand',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
});

describe('one sentence stays one', () => {
  test.each([
    'Dr. Smith denied it.',
    'He met Mr. Jones, Sen. Warren and J. A. Smith on Monday.',
    'The U.S. Army denied it.',
    'It bought oil, gas, etc. Turkey denied it all the same',
    'Many papers, e.g. The Times, said so.',
    'On Nov. 22 Ankara denied it.',
    'He lives at No. 10 Downing Street.',
    'Das Ministerium, z. B. Herr Dr. Müller, wies das am 3. März zurück.',
    'Die Firma, d. h. Frau Weber, kostete 3 Mio. Euro.',
    'M. Macron et Mme. Le Pen ont démenti.',
    'El Sr. García y la Sra. López lo negaron.',
    '“Stay out!” he said.',
    '« Quoi ? » dit-il.',
    'Prices fell by 3.5 per cent at example.com.',
    'a line that was\nwrapped by hand.',
    '1. He denied it.',
  ])('%s', (text) => expect(sentences(text)).toEqual([text]));
});

describe('two sentences are two', () => {
  test.each([
    ['He denied it. They deny that.'],
    ['“Stay out,” he said. “We will.”', '“Stay out,” he said.', '“We will.”'],
    ['He came from the U.S. He denied it.'],
    ['So am I. The police said no. He left.', 'So am I.', 'The police said no.', 'He left.'],
    ['It made oil, gas, etc. The ministry denied it.'],
    ['MINISTRY DENIES IT\nThe ministry denied it.', 'MINISTRY DENIES IT', 'The ministry denied it.'],
    ['הוא הכחיש. הם מכחישים.', 'הוא הכחיש.', 'הם מכחישים.'],
    ['他否认了。他们否认。', '他否认了。', '他们否认。'],
  ])('%s', (text, ...expected) => {
    const parts = expected.length > 0 ? expected : text.split(/(?<=\.) (?=\p{Lu}\p{Ll}+ (?!Army))/u);
    expect(sentences(text)).toEqual(parts);
    expect(parts.length).toBeGreaterThan(1);
  });
});

test('a long line is cut at the same places as its sentences are one by one', () => {
  const line = [
    'He 😀 denied it.',
    '“No,” she said (twice). ',
    'It fell by 3.5 per cent…',
    `They ${'deny '.repeat(900)}that.`,
    'Is 12. 34 ',
  ];
  const long = Array.from({ length: 60 }, (_, index) => line[(index * 7) % 5]!).join(' ');
  const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });
  const segments = Array.from(segmenter.segment(long), ({ segment }) => segment.trim());
  expect(segments.length).toBeGreaterThan(40);
  expect(sentences(long)).toEqual(segments);
});

describe('a document that is cut', () => {
  const text = '\n😀 He said: “No.” They deny that.\n\n \nA new line\nand another. It fell.\n';
  const [deny, fell, across] = [
    span(text, 'They deny that'),
    span(text, 'fell'),
    span(text, 'that.\n\n \nA new'),
  ];
  const base = outgoing(text, {
    spans: [deny, across, fell],
    relations: [
      { id: 'r1', head: deny.id, child: deny.id, label: 'denies', annotator: 'anna', attributes: {} },
      { id: 'r2', head: deny.id, child: fell.id, label: 'denies', annotator: 'anna', attributes: {} },
      { id: 'r3', head: deny.id, child: across.id, label: 'denies', annotator: 'anna', attributes: {} },
    ],
  });
  const marked = {
    ...base,
    document: { ...base.document, meta: { date: '2020-10-02' } },
    lineKinds: [
      { line: 1, kind: 'heading-1' },
      { line: 5, kind: 'item' },
    ] as const,
  };

  test('into documents is what it was', () => {
    expect(cut(marked, 'document')).toEqual({ pieces: [marked], cutSpans: 0, cutRelations: 0 });
  });

  test('into paragraphs has them with what lies in them whole, and says what does not', () => {
    const { pieces, cutSpans, cutRelations } = cut(marked, 'paragraph');
    expect(pieces.map((piece) => piece.text)).toEqual([
      '😀 He said: “No.” They deny that.',
      'A new line\nand another. It fell.',
    ]);
    expect(pieces.map(({ spans }) => spans.map(({ id, start, end }) => [id, start, end]))).toEqual([
      [['They deny that', 18, 32]],
      [['fell', 27, 31]],
    ]);
    expect(pieces.map(({ relations }) => relations.map(({ id }) => id))).toEqual([['r1'], []]);
    expect([cutSpans, cutRelations]).toEqual([1, 2]);
    expect(pieces[1]!.document).toEqual({
      ...marked.document,
      id: 'd1#2',
      title: 'report.txt #2',
      length: 32,
      hash: hashText('A new line\nand another. It fell.'),
      counts: { spans: 1, byLabel: { claim: 1 } },
      meta: { date: '2020-10-02', start: 37 },
    });
    expect(pieces.map(({ lineKinds }) => lineKinds)).toEqual([
      [{ line: 0, kind: 'heading-1' }],
      [{ line: 1, kind: 'item' }],
    ]);
  });

  test('into sentences parts headings and items, which a line in small letters would go on', () => {
    const texts = (kinds: typeof marked.lineKinds | []) =>
      cut({ ...marked, lineKinds: kinds }, 'sentence').pieces.map((piece) => piece.text);
    expect(texts([])).toEqual([
      '😀 He said: “No.”',
      'They deny that.',
      'A new line\nand another.',
      'It fell.',
    ]);
    expect(texts(marked.lineKinds)).toContain('and another.');
  });

  test('keeps a start that its metadata had', () => {
    const meta = { start: 'in the file' };
    const { pieces } = cut({ ...marked, document: { ...marked.document, meta } }, 'paragraph');
    expect(pieces[0]!.document.meta).toEqual({ start: 'in the file', piece_start: 1 });
  });

  test('has no pieces where it has no words', () => {
    expect(cut(outgoing(' \n\n\t'), 'paragraph')).toEqual({ pieces: [], cutSpans: 0, cutRelations: 0 });
  });
});

describe.each(['document', 'paragraph', 'sentence'] satisfies TextUnit[])('cut by %s', (unit) => {
  const law = (holds: (marked: Parameters<typeof cut>[0], result: ReturnType<typeof cut>) => void) =>
    fc.assert(
      fc.property(document, (marked) => holds(marked, cut(marked, unit))),
      { numRuns: 50 },
    );

  test('every span that is kept covers the same words, at the same place of the whole', () => {
    law(({ text, spans }, { pieces, cutSpans }) => {
      const all = new Map(spans.map((one) => [one.id, one]));
      let [at, kept] = [0, 0];
      for (const piece of pieces) {
        at = text.indexOf(piece.text, at);
        for (const one of piece.spans) {
          const before = all.get(one.id)!;
          expect(piece.text.slice(one.start, one.end)).toBe(before.text);
          expect({ ...one, start: one.start + at, end: one.end + at }).toEqual(before);
          kept++;
        }
        at += piece.text.length;
      }
      expect(kept + cutSpans).toBe(spans.length);
    });
  });

  test('the pieces make up the text, but for white space', () => {
    law(({ text }, { pieces }) => {
      const words = (part: string) => part.replace(/\s+/gu, '');
      expect(words(pieces.map((piece) => piece.text).join(''))).toBe(words(text));
    });
  });

  test('what a piece says of itself is true', () => {
    law(({ text, relations }, { pieces, cutRelations }) => {
      for (const { document: facts, text: own, spans, relations: joined } of pieces) {
        expect([facts.length, facts.hash]).toEqual([own.length, hashText(own)]);
        if (unit !== 'document') {
          expect(facts.counts).toEqual(countSpans(spans));
          const start = Object.values(facts.meta).at(-1) as number;
          expect([...text].slice(start).join('').startsWith(own)).toBe(true);
        }
        const ids = spans.map(({ id }) => id);
        for (const { head, child } of joined) expect(ids).toEqual(expect.arrayContaining([head, child]));
      }
      const kept = pieces.flatMap((piece) => piece.relations).length;
      expect(kept + cutRelations).toBe(relations.length);
    });
  });
});
