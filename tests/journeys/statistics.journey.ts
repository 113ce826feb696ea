import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { PageLog } from './page-log.ts';
import { Reader } from './reader.ts';

interface Mark {
  readonly words: string;
  readonly label: string;
  readonly speaker?: string;
}

/** A line of Locution's JSON Lines with these words marked. */
function report(title: string, text: string, status: string, marks: readonly Mark[]): string {
  const spans = marks.map(({ words, label, speaker }, index) => {
    const start = text.indexOf(words);
    const attributes = speaker === undefined ? {} : { speaker: [speaker] };
    const id = `${title}-${index}`;
    return { id, start, end: start + words.length, text: words, label, annotator: 'anna', attributes };
  });
  const relations =
    spans.length > 1
      ? [{ id: `${title}-r`, head: spans[1]!.id, child: spans[0]!.id, label: 'denies', annotator: 'anna' }]
      : [];
  return JSON.stringify({
    id: title,
    title,
    text,
    offset_unit: 'codepoint',
    meta: {},
    status,
    spans,
    relations,
  });
}

const reports = [
  report('Bridge', 'Sarnia said that Velt mined the bridge. Velt denied that.', 'done', [
    { words: 'Velt mined the bridge', label: 'accusation', speaker: 'Sarnia' },
    { words: 'denied that', label: 'denial', speaker: 'Velt' },
  ]),
  report('Harbour', 'The harbour is safe, Velt insisted, and it will stay safe.', 'in_progress', [
    { words: 'The harbour is safe', label: 'claim', speaker: 'Velt' },
    { words: 'it will stay safe', label: 'claim', speaker: 'Velt' },
    { words: 'safe, Velt', label: 'denial', speaker: '=cmd|A1' },
  ]),
  report('Aqueduct', 'Nothing was said at the aqueduct.', 'todo', []),
].join('\n');

let reader: Reader;
let page: Page;
let log: PageLog;

test.beforeEach(async ({ page: opened, context }) => {
  page = opened;
  reader = new Reader(page);
  log = await PageLog.of(context);
  await page.goto('/');
  await reader.importFiles({ name: 'reports.jsonl', content: reports });
  await expect(reader.documents).toHaveCount(3);
});

test.afterEach(() => {
  expect(log.complaints).toEqual([]);
});

const figure = (name: string): Locator => page.getByRole('figure', { name, exact: true });

async function downloaded(press: () => Promise<void>): Promise<{ name: string; content: string }> {
  const downloading = page.waitForEvent('download');
  await press();
  const download = await downloading;
  return { name: download.suggestedFilename(), content: readFileSync(await download.path(), 'utf8') };
}

test('by mouse: figures, table, download, and on to the documents behind a number', async () => {
  await reader.goTo('Statistics');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Statistics');
  await expect(figure('Progress')).toContainText('1 of 3 documents done.');
  await expect(
    figure('Labels').getByRole('img', { name: /: Claim 2, Denial 2, Accusation 1\.$/ }),
  ).toBeVisible();
  await expect(figure('Overlaps').getByRole('button', { name: /^Claim over Denial: 1 pair/ })).toBeVisible();
  await expect(figure('Relations').getByRole('button', { name: /2 relations in 2 documents/ })).toHaveText(
    '2',
  );

  await figure('Speakers').getByRole('button', { name: 'Show as table' }).click();
  await expect(figure('Speakers').getByRole('row')).toHaveText([
    /Speaker\s*Spans\s*Documents/,
    /Velt\s*3\s*2/,
    /=cmd\|A1\s*1\s*1/,
    /Sarnia\s*1\s*1/,
  ]);
  const { name, content } = await downloaded(() =>
    figure('Speakers').getByRole('button', { name: 'Download CSV' }).click(),
  );
  expect(name).toMatch(/Speakers\.csv$/);
  expect(content).toBe("\uFEFFSpeaker,Spans,Documents\r\nVelt,3,2\r\n'=cmd|A1,1,1\r\nSarnia,1,1\r\n");

  await figure('Speakers')
    .getByRole('list')
    .getByRole('button', { name: /“Velt”/ })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Documents');
  await expect(reader.documents).toHaveText([/Bridge/, /Harbour/]);
  await reader.document('Harbour').click();
  await reader.sees('The harbour is safe, Velt insisted, and it will stay safe.');
  await expect(reader.documents).toHaveCount(2);
  await reader.button('Speaker “Velt” in 2 documents: show all documents again').click();
  await expect(reader.documents).toHaveCount(3);
});

test('by keyboard alone, and the figures know what was marked meanwhile', async () => {
  await reader.document('Aqueduct').click();
  await reader.sees('Nothing was said at the aqueduct.');
  await reader.selectWords('Nothing was said');
  await page.keyboard.press(await reader.keyOf('Denial'));
  await reader.saved();
  const { keyboard } = page;
  await reader.tabTo(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Statistics' }),
  );
  await keyboard.press('Enter');
  const labels = figure('Labels');
  await expect(labels.getByRole('listitem')).toHaveText([/Denial\s*3/, /Claim\s*2/, /Accusation\s*1/]);

  await reader.tabTo(labels.getByRole('button', { name: 'Show as table' }));
  await keyboard.press('Enter');
  await expect(labels.getByRole('row')).toHaveCount(4);
  await keyboard.press('Tab');
  const { content } = await downloaded(() => keyboard.press('Space'));
  expect(content).toBe('\uFEFFLabel,Spans,Documents\r\nDenial,3,3\r\nClaim,2,1\r\nAccusation,1,1\r\n');

  await reader.saved();
  await page.reload();
  await reader.tabTo(labels.getByRole('button', { name: /^Denial/ }));
  await keyboard.press('ArrowDown');
  await expect(labels.getByRole('button', { name: /^Claim/ })).toBeFocused();
  await keyboard.press('Enter');
  await expect(reader.documents).toHaveText([/Harbour/]);
  await reader.tabTo(page.getByRole('button', { name: /^Claim in 1 document/ }));
  await keyboard.press('Enter');
  await expect(reader.documents).toHaveCount(3);
});
