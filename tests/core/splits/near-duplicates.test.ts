import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NearDuplicates } from '../../../src/core/splits/near-duplicates.ts';

function groupsOf(...texts: string[]): string[] {
  const index = new NearDuplicates();
  for (const [number, text] of texts.entries()) index.add(`d${number}`, text);
  return [...index.groups().values()];
}

const report =
  'Turkey denied on Friday that it had sent fighters to the region, and called on both sides to return to the talks that broke down last week.';

describe('documents are one group', () => {
  test('when they differ in capitals, spaces and stops', () => {
    expect(groupsOf(report, report.toUpperCase().replace(',', ' –\n'))).toEqual(['d0', 'd0']);
  });

  test('when an agency’s report has a line before it', () => {
    expect(groupsOf(report, `ANKARA (AP) ${report}`)).toEqual(['d0', 'd0']);
  });

  test('when one between them is like both', () => {
    const [start, end] = [
      'one two three four five six seven eight nine',
      'this is one more sentence that was not there',
    ];
    const texts = [`${start} ${report}`, `${report} ${end}`, report];
    expect(groupsOf(texts[0]!, texts[1]!)).toEqual(['d0', 'd1']);
    expect(groupsOf(...texts)).toEqual(['d0', 'd0', 'd0']);
  });

  test('when they are short and the same', () => {
    expect(groupsOf('He denied it.', 'he denied it', 'He said so.', '', '')).toEqual([
      'd0',
      'd0',
      'd2',
      'd3',
      'd4',
    ]);
  });
});

test.each([
  [
    'Chinese',
    '外交部发言人星期五否认向该地区派遣战斗人员，并呼吁双方恢复上周破裂的谈判，同时强调边境仍然关闭。',
    '星期五',
    '星期六',
  ],
  [
    'Japanese',
    '外務省の報道官は金曜日に、この地域へ戦闘員を送ったことを否定し、双方に先週決裂した協議に戻るよう求めた。',
    '金曜',
    '土曜',
  ],
  [
    'Thai',
    'โฆษกกระทรวงการต่างประเทศปฏิเสธเมื่อวันศุกร์ว่าไม่ได้ส่งนักรบไปยังภูมิภาคดังกล่าวและเรียกร้องให้ทั้งสองฝ่ายกลับสู่การเจรจา',
    'ศุกร์',
    'เสาร์',
  ],
])('reports in %s that differ in a word are one group, and others are not', (_, whole, day, other) => {
  const half = whole.slice(0, whole.length / 2);
  expect(groupsOf(whole, whole.replace(day, other), `${half} ${half.split('').reverse().join('')}`)).toEqual([
    'd0',
    'd0',
    'd2',
  ]);
});

test('just as much alike as is allowed is not too much', () => {
  // Eight shingles each, six of them shared: six of ten.
  expect(groupsOf('a b c d e f g h i j x y', 'a b c d e f g h i j z w')).toEqual(['d0', 'd1']);
});

test('reports that share some sentences are not', () => {
  const other =
    'The ministry said that it knew nothing of fighters, and that the border had been shut for a month.';
  expect(groupsOf(report, `${other} ${report.slice(0, 60)}`, other)).toEqual(['d0', 'd1', 'd2']);
});

/** Words whose shingles are few enough to be counted the plain way. */
const passage = fc.array(fc.constantFrom('he', 'she', 'it', 'denied', 'said'), { maxLength: 14 });

test('two texts are one group just when their shingles say so', () => {
  const shingles = (words: readonly string[]) =>
    new Set(words.map((_, at) => words.slice(at, at + 5).join(' ')).slice(0, Math.max(1, words.length - 4)));
  fc.assert(
    fc.property(passage, passage, fc.nat(14), (one, some, kept) => {
      const other = [...one.slice(0, kept), ...some];
      const [a, b] = [shingles(one), shingles(other)];
      const both = [...a].filter((shingle) => b.has(shingle)).length;
      const areAlike = both > 0.6 * (a.size + b.size - both);
      expect(groupsOf(one.join(' '), other.join(' '))[1]).toBe(areAlike ? 'd0' : 'd1');
    }),
    { numRuns: 200 },
  );
});

test('thousands of documents are grouped, copies of one among them', () => {
  const words = (first: number) =>
    Array.from({ length: 300 }, (_, at) => `w${(first + at).toString(36)}`).join(' ');
  const texts = Array.from({ length: 3000 }, (_, document) => words((document % 2 ? 1 : document) * 400));
  const groups = groupsOf(...texts.map((text, index) => `${text} copy ${index}`));
  expect(new Set(groups).size).toBe(1501);
  expect(new Set(groups.filter((_, index) => index % 2 === 1))).toEqual(new Set(['d1']));
});
