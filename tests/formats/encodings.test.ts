import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/formats/plain-text.ts';
import { readAll, sourceFile } from './reading.ts';

/** Bytes of a text in an encoding of one or two bytes a character, by trying all of them. */
function encoded(text: string, label: string): Uint8Array {
  const decoder = new TextDecoder(label, { fatal: true });
  const bytesOf = new Map<string, number[]>();
  const note = (bytes: number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if (!bytesOf.has(character)) bytesOf.set(character, bytes);
    } catch (reason) {
      if (!(reason instanceof TypeError)) throw reason;
    }
  };
  for (let first = 0; first < 256; first++) note([first]);
  if (/gb|big5|euc|jis/.test(label))
    for (let first = 0x81; first < 0xff; first++)
      for (let second = 0x40; second < 0xff; second++) note([first, second]);
  return Uint8Array.from([...text].flatMap((character) => bytesOf.get(character)!));
}

async function choicesFor(bytes: Uint8Array) {
  const { questions } = await readAll(plainText, sourceFile('a.txt', bytes));
  const question = questions[0];
  if (question?.about !== 'encoding') throw new RangeError('nothing was asked');
  return question.choices;
}

describe('the likeliest encoding comes first, with its words as they should be (B21)', () => {
  test.each([
    ['windows-1251', 'Министр опроверг эти сведения в понедельник.'],
    ['koi8-r', 'Министр опроверг эти сведения в понедельник.'],
    ['windows-1250', 'Minister zaprzeczył, że wiedział o tym wcześniej.'],
    ['windows-1250', 'Ministr odmítl obvinění, že o věci věděl dříve.'],
    ['windows-1253', 'Ο υπουργός διέψευσε τις πληροφορίες αυτές.'],
    ['windows-1255', 'השר הכחיש את הדברים ואמר שלא ידע.'],
    ['windows-1256', 'نفى الوزير هذه المعلومات يوم الاثنين.'],
    ['shift_jis', '大臣はこの報道を否定した。'],
    ['euc-jp', '大臣はこの報道を否定した。'],
    ['gb18030', '部长否认了这些说法，说他不知道这是谁的意见。'],
    ['big5', '部長否認了這些說法，說他不知道這是誰的意見。'],
    ['euc-kr', '장관은 이 보도를 부인하고 사실이 아니라고 말했다.'],
  ])('%s', async (label, text) => {
    const [first] = await choicesFor(encoded(text, label));
    expect(first).toMatchObject({ value: label, examples: [expect.stringContaining(text.slice(0, 20))] });
  });

  test('windows-1252', async () => {
    const bytes = Buffer.from('Der Präsident widersprach: «Das ist größer», é.', 'latin1');
    expect((await choicesFor(bytes))[0]).toMatchObject({ value: 'windows-1252' });
  });

  test('Turkish, after Central European, which shows such words with as common letters', async () => {
    const turkish = encoded('Bakan bu iddiaları reddetti ve görüşmedi.', 'windows-1254');
    const values = (await choicesFor(turkish)).map(({ value }) => value);
    expect(values.slice(0, 3)).toContain('windows-1254');
  });

  test('UTF-16 without a byte order mark', async () => {
    const wide = Buffer.from('He denied it on Monday.', 'utf16le');
    expect((await choicesFor(wide))[0]).toMatchObject({
      value: 'utf-16le',
      examples: ['He denied it on Monday.'],
    });
    expect((await choicesFor(Buffer.from(wide).swap16()))[0]).toMatchObject({ value: 'utf-16be' });
  });
});

test('encodings in which the bytes mean nothing are not offered, and all others are (B21)', async () => {
  const values = (await choicesFor(Buffer.from('caf\xe9 noir', 'latin1'))).map(({ value }) => value);
  expect(values).toContain('windows-1252');
  expect(values).toContain('iso-8859-2');
  expect(values).toContain('koi8-u');
  expect(values).not.toContain('utf-16le');
  expect(values).not.toContain('euc-kr');
});

test('the example is what stands around the first place that tells, in every encoding', async () => {
  const bytes = Buffer.from(`${'word '.repeat(100)}\ncaf\xe9 noir ${'more '.repeat(100)}`, 'latin1');
  for (const { examples } of (await choicesFor(bytes)).filter(({ value }) => value !== 'utf-16le')) {
    expect(examples[0]).toMatch(/^….*word caf.*more.*…$/u);
    expect(examples[0]!.length).toBeLessThan(90);
  }
});
