import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Reader } from './reader.ts';

const zalgo = `Z${'\u0301'.repeat(500)}algo`;
const lines = [
  'The minister \u202edenied\u202c the report, and \u2066if (admin)\u2069 \u2067begin.',
  'Zero\u200bwidth\u200b\u200b and tags\u{e0041}\u{e0042}.',
  'NUL\0, BEL\u0007, VT\v, FF\f, NEL\u0085, LS\u2028 and PS\u2029 stand before Sarnia.',
  '\u05e9\u05dc\u05d5\u05dd \u202enever closed.',
  'This line stays as it is.',
  `${zalgo} is told here.`,
  'And this one is not covered.',
];
const text = lines.join('\n');

test('hidden characters are told, shown by their names on request, and obeyed by nothing but their own line (B22, B26, B27, B28)', async ({
  page,
}) => {
  const reader = new Reader(page);
  await page.goto('/');
  await reader.open(text, 'invoice\u202egpj.exe.txt');
  const strip = page.getByRole('region', { name: 'Hidden characters' });
  await expect(strip.getByRole('button')).toHaveText([
    'Hidden direction characters (6)',
    'Invisible (5)',
    'Control (7)',
  ]);

  // Titles and messages are in the order in which they are written.
  await expect(reader.documents.first()).toContainText('invoicegpj.exe');

  // The first of the next line starts at the left, whatever the line before asked for, and nothing covers it.
  const at = (words: string) => text.indexOf(words);
  const plain = at('This');
  const below = at('And this');
  const z = at('Z\u0301');
  const { boxes } = await reader.look({
    ranges: [
      [
        [plain, plain + 1],
        [plain + 5, plain + 6],
      ],
      [
        [below, below + 1],
        [below + 5, below + 6],
      ],
      [
        [z, z + 501],
        [z + 503, z + 504],
      ],
    ],
  });
  expect(boxes[0]!.first.left).toBeLessThan(boxes[0]!.last.left);
  const covering = await page.evaluate(
    ({ left, top }) => document.elementFromPoint(left + 2, top + 8)?.textContent,
    boxes[1]!.first,
  );
  expect(covering).toBe('And this one is not covered.');
  const clipped = await page
    .getByText('algo is told here.')
    .evaluate((line) => getComputedStyle(line).overflow);
  expect(clipped).toBe('clip');

  // Revealed by a key: names over the text, and the text as it was.
  const overlay = page.locator('.overlay');
  await expect(overlay).not.toContainText('NUL');
  await page.keyboard.press('Alt+Shift+H');
  for (const name of [
    'RLO',
    'PDF',
    'LRI',
    'PDI',
    'RLI',
    'ZWSP ×2',
    'tags: AB',
    'NUL',
    'BEL',
    'VT',
    'FF',
    'NEL',
    'LS',
    'PS',
  ])
    await expect(overlay).toContainText(name);
  await reader.sees(text);
  const after = await reader.look({
    ranges: [
      [
        [plain, plain + 1],
        [plain + 5, plain + 6],
      ],
    ],
  });
  expect(after.boxes[0]).toEqual(boxes[0]);

  // One goes from one to the next, and round.
  const direction = strip.getByRole('button', { name: 'Hidden direction characters' });
  const heads: number[] = [];
  for (let step = 0; step < 7; step++) {
    await direction.click();
    heads.push((await reader.look()).head);
  }
  expect(heads).toEqual(
    [...text.matchAll(/[\u202a-\u202e\u2066-\u2069]/g)]
      .map(({ index }) => index + 1)
      .concat(text.indexOf('\u202e') + 1),
  );

  // What is marked behind all of them is where it is, and quotes hide and turn nothing.
  await reader.selectWords('Sarnia');
  await page.keyboard.press('1');
  await reader.selectWords('is told here');
  await page.keyboard.press('2');
  await reader.saved();
  const written = await readFile((await (await reader.export()).path())!, 'utf8');
  const [document] = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(document.text).toBe(text);
  const codePoints = [...text];
  const quotes = document.spans.map(({ start, end }: { start: number; end: number }) =>
    codePoints.slice(start, end).join(''),
  );
  expect(quotes).toEqual(['Sarnia', 'is told here']);
});
