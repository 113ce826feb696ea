import { expect, test } from 'vitest';
import { NearDuplicates } from '../../src/core/splits/near-duplicates.ts';
import { bio } from '../../src/formats/bio.ts';
import { conll } from '../../src/formats/conll.ts';
import { gliner } from '../../src/formats/gliner.ts';
import { huggingFaceTokens } from '../../src/formats/hugging-face-tokens.ts';
import { tokensOf } from '../../src/formats/writing/tokens.ts';
import { annotated } from '../annotated.ts';
import { outgoing, schemeOf, writeOptions, writtenFiles } from './reading.ts';

const scheme = schemeOf('claim', 'denial', 'speaker');
const notations = [
  '[他](speaker)说[中国](claim)经济增长很快[没有问题](denial)。',
  '[彼](speaker)は[ラーメン](claim)を[食べなかった](denial)。',
  '[เขา](speaker)พูดว่า[ไม่มีปัญหา](denial)ครับ',
];

test.each([bio, conll, gliner, huggingFaceTokens])(
  '$name: spans of scripts without spaces are neither widened nor dropped',
  async (format) => {
    for (const notation of notations) {
      const { text, spans } = annotated(notation);
      const { losses } = await writtenFiles(format, [outgoing(text, { spans })], writeOptions(scheme));
      const ofSpans = Object.keys(losses).filter((what) => what.startsWith('spans that'));
      expect([notation, ofSpans]).toEqual([notation, []]);
    }
  },
);

test('words of other scripts, and numbers, stay whole', () => {
  expect(tokensOf('Tokyo東京 2,026年 Straße שלום').map(({ text }) => text)).toEqual([
    ...['Tokyo', '東', '京', '2,026', '年', 'Straße', 'שלום'],
  ]);
});

test('reports in Chinese that differ in two words are one report', () => {
  const groups = new NearDuplicates();
  const report =
    '财政部长昨日在议会表示，政府并未计划提高税率，并称相关报道毫无根据，市场对此反应平稳，股价小幅上涨。';
  groups.add('a', report);
  groups.add('b', report.replace('昨日', '今日').replace('小幅', '大幅'));
  groups.add(
    'c',
    '反对党领袖要求总理就战争中的平民伤亡作出解释，并呼吁立即停火，恢复谈判，保障人道救援通道畅通无阻。',
  );
  expect([...groups.groups().values()]).toEqual(['a', 'a', 'c']);
});
