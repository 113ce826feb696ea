import { expect, test, type Page } from '@playwright/test';
import { Reader } from './reader.ts';

const text = `Velt dismissed the charge as “pure theatre.” “Our guns have been silent,” said Teves of the gun.

Sarnia denied that a gun had crossed. “Adventures at the bridge” were ruled out, gun after gun.`;
const other = 'A gun was seen at the aqueduct. Holt said: “The bridge is open.” Erdoğan denied it.';
const third = 'Nobody replied.';

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.goto('/');
  await reader.importFiles(
    { name: 'report.txt', content: text },
    { name: 'aqueduct.txt', content: other },
    { name: 'nobody.txt', content: third },
  );
  await reader.sees(text);
});

const bar = (page: Page) => page.getByRole('search', { name: 'Find in this document' });
const hits = (page: Page) => bar(page).getByRole('status', { name: 'Hits' });

async function selected(): Promise<string> {
  const { text: shown, anchor, head } = await reader.look();
  return shown.slice(Math.min(anchor, head), Math.max(anchor, head));
}

/** The words that a highlight paints, in the order of the text. */
async function painted(page: Page, name: string): Promise<string[]> {
  return page.evaluate((highlight) => {
    const ranges = [...(CSS.highlights.get(highlight) ?? [])] as StaticRange[];
    return ranges.map(({ startContainer, startOffset, endOffset }) =>
      startContainer.textContent!.slice(startOffset, endOffset),
    );
  }, name);
}

test('words are found and marked by keyboard, hit by hit', async ({ page }) => {
  const { keyboard } = page;
  await reader.tabTo(reader.textbox);
  const before = await reader.textbox.boundingBox();
  await keyboard.press('Control+f');
  await keyboard.type('GUN');
  await expect(hits(page)).toHaveText('1 of 5');
  expect(await painted(page, 'found')).toHaveLength(5);
  expect(await painted(page, 'found-current')).toEqual(['gun']);
  expect(await reader.textbox.boundingBox()).toEqual(before);

  await reader.tabTo(page.getByRole('button', { name: 'Whole words' }));
  await keyboard.press('Space');
  await expect(hits(page)).toHaveText('1 of 4');
  await keyboard.press('Shift+Tab');
  await keyboard.press('Shift+Tab');
  await expect(bar(page).getByRole('textbox')).toBeFocused();
  await keyboard.press('Alt+2');
  await expect(hits(page)).toHaveText('2 of 4');
  await keyboard.press('F3');
  await keyboard.press('Shift+F3');
  await keyboard.press('Enter');
  await keyboard.press('Alt+1');
  await expect(hits(page)).toHaveText('4 of 4');

  await keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);
  await expect(reader.textbox).toBeFocused();
  await expect.poll(selected).toBe('gun');
  await keyboard.press('4');
  await reader.lists([
    { label: 'denial', text: 'gun' },
    { label: 'claim', text: 'gun' },
    { label: 'accusation', text: 'gun' },
  ]);
  expect(await painted(page, 'found')).toEqual([]);
  await reader.saved();
});

test('words are found and marked by mouse', async ({ page }) => {
  await reader.dragOver('theatre');
  await page.keyboard.press('Control+f');
  await expect(bar(page).getByRole('textbox')).toHaveValue('theatre');
  await bar(page).getByRole('textbox').fill('gun');
  await bar(page).getByRole('button', { name: 'Match case' }).click();
  await bar(page).getByRole('button', { name: 'Next hit' }).click();
  await reader.label('Appeal').click();
  await expect(hits(page)).toHaveText('3 of 5');
  await bar(page).getByRole('button', { name: 'Previous hit' }).click();
  await bar(page).getByRole('button', { name: 'Close the find bar' }).click();
  await expect.poll(selected).toBe('gun');
  await reader.lists([{ label: 'appeal', text: 'gun' }]);
});

test('all occurrences in the project are labelled by keyboard, and taken back in one step', async ({
  page,
}) => {
  const { keyboard } = page;
  await reader.caretTo(text.indexOf('gun.'));
  for (let presses = 0; presses < 3; presses++) await keyboard.press('Shift+ArrowRight');
  await keyboard.press('Control+Shift+L');
  const dialog = reader.dialog('Label all occurrences');
  await expect(dialog.getByRole('textbox', { name: 'Words' })).toHaveValue('gun');
  await reader.tabTo(dialog.getByRole('radio', { name: 'This document' }));
  await keyboard.press('ArrowDown');
  await expect(dialog.getByRole('status', { name: 'Occurrences' })).toHaveText(
    '5 occurrences in 2 documents.',
  );
  const boxes = dialog.getByRole('list', { name: 'Occurrences' }).getByRole('checkbox');
  await reader.tabTo(boxes.first());
  await keyboard.press('ArrowDown');
  await keyboard.press('Space');
  await expect(boxes.nth(1)).not.toBeChecked();
  await reader.tabTo(dialog.getByRole('button', { name: 'Label 4 occurrences' }));
  await keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await reader.lists(Array.from({ length: 3 }, () => ({ label: 'claim', text: 'gun' })));
  await expect(reader.messages).toHaveText('Marked 4 occurrences of “gun” as Claim.');
  await reader.saved();

  await keyboard.press('Alt+PageDown');
  await reader.sees(other);
  await reader.lists([{ label: 'claim', text: 'gun' }]);
  await reader.tabTo(reader.textbox);
  await keyboard.press('Control+z');
  await expect(reader.spans).toHaveCount(0);
  await keyboard.press('Alt+PageUp');
  await reader.sees(text);
  await expect(reader.spans).toHaveCount(0);
  await keyboard.press('Control+Shift+z');
  await reader.lists(Array.from({ length: 3 }, () => ({ label: 'claim', text: 'gun' })));
});

test('all occurrences are labelled by mouse, but for those that are marked so already', async ({ page }) => {
  await reader.drag(text.indexOf('gun.'), text.indexOf('gun.') + 3);
  await reader.label('Denial').click();
  await reader.lists([{ label: 'denial', text: 'gun' }]);
  await page.keyboard.press('Control+f');
  await bar(page).getByRole('textbox').fill('gun');
  await bar(page).getByRole('button', { name: 'Label all…' }).click();
  const dialog = reader.dialog('Label all occurrences');
  await dialog.getByRole('checkbox', { name: 'Whole words' }).check();
  await dialog.getByRole('combobox', { name: 'Label' }).selectOption('Denial');
  await expect(dialog.getByText('marked already')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Select none' }).click();
  await dialog.getByRole('list', { name: 'Occurrences' }).getByRole('checkbox').nth(1).check();
  await dialog.getByRole('button', { name: 'Label 1 occurrence' }).click();
  await reader.lists(Array.from({ length: 2 }, () => ({ label: 'denial', text: 'gun' })));
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(reader.spans).toHaveCount(1);
});

test('a search by keyboard opens the document at the words', async ({ page }) => {
  const { keyboard } = page;
  await reader.tabTo(reader.textbox);
  await keyboard.press('Control+Shift+F');
  await expect(page.getByRole('searchbox', { name: 'Search all documents' })).toBeFocused();
  await keyboard.type('erdogan "the bridge"');
  await expect(page.getByRole('status', { name: 'Search', exact: true })).toHaveText('1 document.');
  const link = page.getByRole('list', { name: 'Results' }).getByRole('link', { name: /The bridge is open/ });
  await expect(link.locator('mark')).toHaveText(['The bridge', 'Erdoğan']);
  await reader.tabTo(link);
  await keyboard.press('Enter');
  await reader.sees(other);
  await expect.poll(selected).toBe('The bridge');
  await expect(reader.textbox).toBeFocused();
  await keyboard.press('3');
  await reader.lists([{ label: 'appeal', text: 'The bridge' }]);
});

test('a search by mouse for what was marked opens the document at the span', async ({ page }) => {
  await reader.dragOver('pure theatre');
  await reader.label('Accusation').click();
  await reader.dragOver('bridge');
  await reader.label('Claim').click();
  await reader.saved();
  await reader.document('nobody.txt').click();
  await reader.sees(third);
  await page.getByRole('link', { name: 'Search' }).click();
  await page.getByRole('combobox', { name: 'Label' }).selectOption('Accusation');
  await expect(page.getByRole('searchbox', { name: 'Search all documents' })).toHaveValue('label:accusation');
  const results = page.getByRole('list', { name: 'Results' });
  await expect(results.locator('mark')).toHaveText(['pure theatre']);
  await results.getByRole('link', { name: /pure theatre/ }).click();
  await reader.sees(text);
  await expect(page.getByRole('list', { name: 'Spans' }).locator('[aria-current]')).toContainText(
    'pure theatre',
  );
  await page.goBack();
  await expect(results.locator('mark')).toHaveText(['pure theatre']);
});
