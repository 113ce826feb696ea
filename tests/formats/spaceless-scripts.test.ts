import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bio } from '../../src/formats/bio.ts';
import { conll } from '../../src/formats/conll.ts';
import { gliner } from '../../src/formats/gliner.ts';
import { huggingFaceTokens } from '../../src/formats/hugging-face-tokens.ts';
import { prodigy } from '../../src/formats/prodigy.ts';
import { snap, tokensOf } from '../../src/formats/writing/tokens.ts';
import { annotated } from '../annotated.ts';
import { outgoing, readAll, schemeOf, sourceFile, written } from './reading.ts';
import { thereAndBack, words } from './token-rows.ts';

const reports = [
  [
    'Chinese',
    '他说[中国](claim)[经济](denial)增长很[快](claim)没有问题。二〇二〇[年](claim)GDP[增长](denial)3.5%',
  ],
  ['Japanese', '首相は[東京](claim)で[コーヒー](denial)を飲んだと[人々](claim)が言う。[ｶﾞｽ](denial)'],
  ['Thai', 'นายก[ปฏิเสธ](denial)ว่า[รัฐบาล](claim)[ทำ](denial)ผิดเมื่อ ๒๕๖๗'],
  ['Lao', 'ລັດຖະບານ[ປະຕິເສດ](denial)[ຂໍ້ມູນ](claim)ນີ້'],
  ['Khmer', 'រដ្ឋាភិបាល[បដិសេធ](denial)[ព័ត៌មាន](claim)នេះ'],
  ['Burmese', 'အစိုးရက[သတင်း](claim)[ငြင်းဆို](denial)သည်'],
] as const;

describe.each(reports)('spans in a clause of %s', (_, notation) => {
  const { text, spans } = annotated(notation);
  const whole = outgoing(text, { spans });

  test.each([conll, bio, huggingFaceTokens, gliner])('all come back through $name', async (format) => {
    const { texts, spans: found, losses, problems } = await thereAndBack(format, whole);
    const wanted = spans
      .map(({ start, text: quote, label }) => `${words(text.slice(0, start)).length} ${quote} ${label}`)
      .sort();
    expect(spans.length).toBeGreaterThan(1);
    expect(Object.keys(losses).filter((what) => what.startsWith('spans'))).toEqual([]);
    expect(problems).toEqual([]);
    expect(texts[0]).toBe(words(text));
    expect(found[0]).toEqual(wanted);
  });

  test('all come back through Prodigy, each with its tokens', async () => {
    const content = await written(prodigy, [whole], schemeOf());
    const row = JSON.parse(content) as { spans: { token_start?: number; token_end?: number }[] };
    expect(row.spans.every((span) => 'token_start' in span && 'token_end' in span)).toBe(true);
    const { documents, complaints } = await readAll(prodigy, sourceFile('a.jsonl', content));
    const facts = (all: readonly { start: number; end: number; label: string }[]) =>
      all.map(({ start, end, label }) => ({ start, end, label }));
    expect(complaints).toEqual([]);
    expect(facts(documents[0]!.spans)).toEqual(facts(spans));
  });
});

const formsOf = (text: string) => tokensOf(text).map((token) => token.text);

describe('a token', () => {
  test('is a character where words are not parted, and a word elsewhere', () => {
    expect(formsOf('他用iPhone-12拍了3.5張〇々ー')).toEqual([
      '他',
      '用',
      'iPhone',
      '-',
      '12',
      '拍',
      '了',
      '3.5',
      '張',
      '〇',
      '々',
      'ー',
    ]);
    expect(formsOf('대통령은 don’t')).toEqual(['대통령은', 'don’t']);
  });

  test('has all marks of its letter', () => {
    expect(formsOf('น้ำか\u3099ﾊﾟ葛\u{e0100}')).toEqual(['น้ำ', 'か\u3099', 'ﾊﾟ', '葛\u{e0100}']);
    expect(formsOf('ខ្មែរမ္မာ')).toEqual(['ខ្មែ', 'រ', 'မ္မာ']);
  });

  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const spaceless = [...'中国〇々かカーｶﾞﾟกำ้เນ້ຳខ្មែរမ္မာ။၏。、 1๑', 'か\u3099', '\u{20000}', 'ab', 'שָׁ'];
  const edgesIn = (text: string) => new Set([...graphemes.segment(text)].map(({ index }) => index));

  test('of a script without spaces never begins inside a character', () => {
    const text = fc.array(fc.constantFrom(...spaceless), { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (passage) => {
        const tokens = tokensOf(passage);
        expect(tokens.map((token) => token.text).join('')).toBe(words(passage));
        const edges = edgesIn(passage);
        for (const { start, text: form } of tokens)
          if (/^(?![ำຳﾞﾟ])\p{L}/u.test(form)) expect(edges.has(start)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('of any other script is what it was', () => {
    const before =
      /[\p{L}\p{M}\p{Pc}]+(?:[\u200d’'\u00ad\u05f3\u05f4\u200c-][\p{L}\p{M}]+)*|\p{N}+(?:[.,:]\p{N}+)*|\p{Regional_Indicator}{2}|[^\s\p{White_Space}][\p{M}\p{Emoji_Modifier}\ufe0f]*(?:\u200d\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}\ufe0f]*)*/gu;
    const pieces = [
      ...[
        'don’t',
        'cafe\u0301',
        'Правда',
        'שָׁלוֹם',
        'צה״ל',
        'وزارة',
        'نَفَت',
        '한국',
        'ᄒ\u1161',
        'हिन्दी',
        'ʼ',
        'Ⅳ',
      ],
      ...[
        '😀',
        '👨‍👩‍👧‍👦',
        '🇦🇲',
        '👍🏽',
        '\u200d',
        '\u200c',
        '\ufe0f',
        '_',
        '-',
        '1',
        '2.5',
        ' ',
        '\n',
        '.',
        '㊗',
        '🈚',
      ],
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (passage) => void expect(formsOf(passage)).toEqual(passage.match(before) ?? [])),
      { numRuns: 50 },
    );
  });
});

test('a span of one Chinese character is not widened', () => {
  const { text, spans } = annotated('他说[中](claim)国');
  expect(snap(spans, tokensOf(text))).toMatchObject([{ first: 2, last: 2, isSnapped: false }]);
});
