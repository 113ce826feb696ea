import { expect, test, type Locator, type Page } from '@playwright/test';
import { Reader } from './reader.ts';

const text = `Velt dismissed the charge as “pure theatre.” “Our guns, all of them, have been silent,” said Teves.

The council called on both capitals, again, to let its observers through. “Open the bridge,” Holt urged. Nobody replied.
Sarnia denied that anybody had crossed; “adventures at the bridge” were ruled out.`;
const reports = [...Array(8).keys()].map((index) => ({
  name: `report-${index + 1}.txt`,
  content: `Report ${index + 1}. Ada denied it.`,
}));

class FlowReader extends Reader {
  readonly quick: Locator;
  readonly keep: Locator;

  constructor(page: Page) {
    super(page);
    this.quick = page.getByRole('toolbar', { name: 'Label the selection' });
    this.keep = this.button('Keep labelling');
  }

  async titles(): Promise<string[]> {
    return this.documents.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  async isAt(title: string): Promise<void> {
    await expect(this.document(title)).toHaveAttribute('aria-selected', 'true');
  }

  fact(name: string): Locator {
    return this.page.getByRole('tabpanel', { name: 'Document' }).getByLabel(name, { exact: true });
  }
}

async function begin(page: Page): Promise<FlowReader> {
  await page.goto('/');
  const reader = new FlowReader(page);
  await reader.open(text);
  return reader;
}

/** A document whose claim lacks the speaker that its project requires. */
async function strict(page: Page): Promise<FlowReader> {
  const reader = await begin(page);
  await reader.importFiles(...reports.slice(0, 2));
  await reader.sees('Report 1. Ada denied it.');
  await reader.document('report.txt').click();
  await reader.sees(text);
  await reader.dragOver('Velt dismissed');
  await page.keyboard.press('1');
  await expect(reader.spans).toHaveCount(1);
  await reader.saved();
  await reader.goTo('Labels');
  await page.getByRole('tab', { name: 'Attributes' }).click();
  await page.getByRole('option', { name: 'Speaker' }).click();
  await page.getByRole('checkbox', { name: /^Required/ }).check();
  await reader.saved();
  await reader.goTo('Annotate');
  await reader.sees(text);
  return reader;
}

test.describe('keeping on labelling', () => {
  test('by mouse marks each drag at once, to whole words, in a step of its own', async ({ page }) => {
    const reader = await begin(page);
    await reader.keep.click();
    await reader.label('Denial').click();
    await expect(reader.label('Denial')).toHaveAttribute('aria-pressed', 'true');
    await reader.drag(7, 19);
    await reader.dragOver('called on both');
    await expect(reader.spans).toHaveText([/Denial.*dismissed the\s*$/, /Denial.*called on both\s*$/]);
    await expect(reader.quick).toBeHidden();
    await reader.button('Undo').click();
    await expect(reader.spans).toHaveText([/Denial.*dismissed the\s*$/]);
    await reader.keep.click();
    await reader.dragOver('Nobody');
    await expect(reader.spans).toHaveCount(1);
  });

  test('by keyboard marks with Enter until the label is put down', async ({ page }) => {
    const reader = await begin(page);
    await reader.tabTo(reader.textbox);
    await page.keyboard.press('f');
    await expect(reader.keep).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('3');
    for (const words of ['Velt', 'Nobody']) {
      await reader.selectWords(words);
      await page.keyboard.press('Enter');
    }
    await expect(reader.spans).toHaveText([/Appeal.*Velt\s*$/, /Appeal.*Nobody\s*$/]);
    await page.keyboard.press('Escape');
    await expect(reader.label('Appeal')).toHaveAttribute('aria-pressed', 'false');
  });
});

test.describe('the labels at the selection', () => {
  test('by mouse stand beside the words, never on them, and mark', async ({ page }) => {
    const reader = await begin(page);
    for (const words of ['Velt dismissed', 'both capitals', 'were ruled out']) {
      await reader.dragOver(words);
      await expect(reader.quick).toBeVisible();
      const { start, end } = await reader.find(words);
      const { boxes } = await reader.look({
        ranges: [
          [
            [start, start + 1],
            [end - 1, end],
          ],
        ],
      });
      const bar = (await reader.quick.boundingBox())!;
      expect(bar.y + bar.height <= boxes[0]!.first.top || bar.y >= boxes[0]!.last.bottom).toBe(true);
    }
    await reader.quick.getByRole('button', { name: 'Claim' }).click();
    await expect(reader.spans).toHaveText([/Claim.*were ruled out\s*$/]);
    await expect(reader.quick).toBeHidden();
    await expect(reader.textbox).toBeFocused();
  });

  test('go with Escape, with a click elsewhere, and for good by a choice in the settings', async ({
    page,
  }) => {
    const reader = await begin(page);
    await reader.dragOver('Velt dismissed');
    await page.keyboard.press('Escape');
    await expect(reader.quick).toBeHidden();
    await reader.dragOver('both capitals');
    await page.getByRole('tab', { name: 'Document' }).click();
    await expect(reader.quick).toBeHidden();
    await reader.goTo('Settings');
    await page.getByRole('checkbox', { name: 'Offer the labels beside a selection by mouse' }).uncheck();
    await reader.goTo('Annotate');
    await reader.sees(text);
    await reader.dragOver('Velt dismissed');
    await page.keyboard.press('2');
    await page.getByRole('tab', { name: 'Spans' }).click();
    await expect(reader.spans).toHaveText([/Denial.*Velt dismissed\s*$/]);
    await expect(reader.quick).toBeHidden();
  });

  test('by keyboard are a list with a search, in which a new label can be made', async ({ page }) => {
    const reader = await begin(page);
    await reader.selectWords('Velt dismissed');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Search labels' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(reader.spans).toHaveText([/Denial.*Velt dismissed\s*$/]);
    await expect(reader.textbox).toBeFocused();
    await reader.selectWords('Holt urged');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Request');
    await expect(page.getByRole('option', { name: 'Make label “Request”' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(reader.spans).toHaveText([/Denial/, /Request.*Holt urged\s*$/]);
    await expect(reader.label('Request')).toHaveAttribute('aria-keyshortcuts', '5');
    // The list goes without a trace, too.
    await reader.selectWords('Nobody');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await expect(reader.spans).toHaveText([/Denial/, /Request/, /Claim.*Nobody\s*$/]);
  });
});

test.describe('done and next', () => {
  test('by keyboard goes through the queue, and over what nobody has to read again', async ({ page }) => {
    const reader = await begin(page);
    await reader.importFiles(...reports.slice(0, 2));
    await reader.sees('Report 1. Ada denied it.');
    await reader.tabTo(reader.textbox);
    await page.keyboard.press('Control+Enter');
    await reader.isAt('report-2.txt');
    await reader.sees('Report 2. Ada denied it.');
    await expect(reader.textbox).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await reader.sees(text);
    await page.keyboard.press('Control+Enter');
    await expect(reader.messages).toHaveText('Done. There is nothing left to do in this queue.');
  });

  test('stays with a document that lacks what is required, and leads there', async ({ page }) => {
    const reader = await strict(page);
    await reader.tabTo(reader.textbox);
    await page.keyboard.press('Control+Enter');
    const dialog = reader.dialog('Before this is done');
    await expect(dialog.getByRole('listitem')).toHaveText([/Claim\s*lacks speaker\s*Velt dismissed/]);
    await dialog.getByRole('listitem').getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page.locator('[aria-current] .jump')).toHaveCount(1);
    await expect(page.getByRole('combobox', { name: 'Status of this document' })).toHaveValue('in_progress');
  });

  test('by mouse is refused alike, one by one and for many', async ({ page }) => {
    const reader = await strict(page);
    const status = page.getByRole('combobox', { name: 'Status of this document' });
    await status.selectOption('done');
    await reader.dialog('Before this is done').getByRole('button', { name: 'Not now' }).click();
    await expect(status).toHaveValue('in_progress');
    await reader.document('report-1.txt').click();
    await reader.sees('Report 1. Ada denied it.');
    await reader.goTo('Documents');
    for (const title of ['report.txt', 'report-2.txt'])
      await reader.document(title).click({ modifiers: ['ControlOrMeta'] });
    await page.getByRole('combobox', { name: 'Set status' }).selectOption('done');
    await expect(reader.messages).toHaveText(
      'Set 1 to done. 1 document stays as it is, as required attributes are missing: “report.txt”.',
    );
  });
});

test('a queue by mouse: random by a seed, narrowed, and there again after a reload', async ({ page }) => {
  const reader = await begin(page);
  await reader.importFiles(...reports);
  await reader.sees('Report 1. Ada denied it.');
  await reader.button('Queue').click();
  const queue = reader.dialog('Queue');
  await queue.getByRole('combobox', { name: 'Order' }).selectOption('random');
  await queue.getByRole('textbox', { name: 'Seed' }).fill('summer');
  await queue.getByRole('textbox', { name: 'Seed' }).press('Tab');
  const order = await reader.titles();
  expect(order).not.toEqual(order.toSorted());
  await queue.getByRole('spinbutton', { name: 'At most this many characters' }).fill('100');
  await queue.getByRole('spinbutton', { name: 'At most this many characters' }).press('Tab');
  await expect(queue.getByRole('status')).toHaveText('8 documents in this queue');
  await page.keyboard.press('Escape');
  await expect(reader.button('Queue')).toBeFocused();
  const narrowed = order.filter((title) => title !== 'report.txt');
  await reader.saved();
  await page.reload();
  await expect(reader.documents).toHaveCount(8);
  expect(await reader.titles()).toEqual(narrowed);
  await reader.button('Remove filter: up to 100 characters').click();
  expect(await reader.titles()).toEqual(order);
  await reader.button('Remove filter: random order summer').click();
  await expect(reader.documents.first()).toHaveAccessibleName('report.txt');
});

test('a queue by keyboard: random by a seed, narrowed, and taken back', async ({ page }) => {
  const reader = await begin(page);
  await reader.importFiles(...reports);
  await reader.sees('Report 1. Ada denied it.');
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await reader.tabTo(reader.button('Queue'));
  await press('Enter');
  const queue = reader.dialog('Queue');
  await reader.tabTo(queue.getByRole('combobox', { name: 'Order' }));
  await page.keyboard.type('random');
  await expect(queue.getByRole('combobox', { name: 'Order' })).toHaveValue('random');
  await reader.tabTo(queue.getByRole('textbox', { name: 'Seed' }));
  await press('Control+a');
  await page.keyboard.type('summer');
  await press('Tab');
  const order = await reader.titles();
  expect(order).not.toEqual(order.toSorted());
  await reader.tabTo(queue.getByRole('spinbutton', { name: 'At most this many characters' }));
  await page.keyboard.type('100');
  await press('Tab');
  await expect(queue.getByRole('status')).toHaveText('8 documents in this queue');
  await press('Escape');
  await expect(reader.button('Queue')).toBeFocused();
  await reader.tabTo(reader.button('Remove filter: up to 100 characters'));
  await press('Enter');
  expect(await reader.titles()).toEqual(order);
});

test('the next document without spans by mouse, from the palette', async ({ page }) => {
  const reader = await begin(page);
  await reader.importFiles(...reports.slice(0, 2));
  await reader.sees('Report 1. Ada denied it.');
  await reader.dragOver('denied');
  await reader.label('Denial').click();
  await expect(reader.spans).toHaveCount(1);
  await reader.button('Commands').click();
  await reader.dialog('Commands').getByRole('option', { name: 'Next document without spans' }).click();
  await reader.isAt('report-2.txt');
});

test('the next document without spans by keyboard', async ({ page }) => {
  const reader = await begin(page);
  await reader.importFiles(...reports.slice(0, 2));
  await reader.sees('Report 1. Ada denied it.');
  for (const title of ['report-2.txt', 'report.txt']) {
    await reader.selectWords('denied');
    await page.keyboard.press('2');
    await expect(reader.spans).toHaveCount(1);
    await page.keyboard.press('Alt+Shift+PageDown');
    await reader.isAt(title);
    await expect(reader.spans).toHaveCount(0);
  }
  await page.keyboard.press('Alt+Shift+PageDown');
  await expect(reader.messages).toHaveText('Every other document of this queue has spans.');
});

/** Where the caret is, and which line stands how far from the upper edge. */
async function place(reader: Reader) {
  const { head } = await reader.look();
  const top = await reader.textbox.evaluate((box) => {
    const edge = box.closest('.viewport')!.getBoundingClientRect().top;
    const line = [...box.querySelectorAll('.line')].find(
      (one) => one.getBoundingClientRect().bottom > edge + 1,
    )!;
    return `${line.textContent.slice(0, 9)} at ${Math.round(line.getBoundingClientRect().top - edge)}`;
  });
  return { head, top };
}

const manyLines = [...Array(400).keys()]
  .map((line) => `Line ${line}: ${'Ada denied that she had seen it. '.repeat(1 + (line % 7))}`)
  .join('\n');

test('after a reload, and after another document, one goes on where one was', async ({ page }) => {
  await page.goto('/');
  const reader = new FlowReader(page);
  await reader.open(manyLines, 'long.txt');
  await reader.click('Line 300:');
  await page.mouse.wheel(0, 130);
  // What counts is where one has come to rest.
  await page.waitForTimeout(600);
  const before = await place(reader);
  expect(before.head).toBeGreaterThan(10_000);
  await reader.importFiles(reports[0]!);
  await reader.sees('Report 1. Ada denied it.');
  await reader.document('long.txt').click();
  await reader.sees(manyLines);
  // The focus is still in the list, so there is no caret to be seen yet.
  await expect.poll(async () => (await place(reader)).top).toBe(before.top);
  await reader.saved();
  await page.reload();
  await reader.sees(manyLines);
  await expect(reader.textbox).toBeFocused();
  await expect.poll(() => place(reader)).toEqual(before);
});

test.describe('when the letters come late', () => {
  test('the place one left stays where it was', async ({ page }) => {
    await page.goto('/');
    const reader = new FlowReader(page);
    await reader.open(manyLines, 'long.txt');
    await reader.click('Line 300:');
    await page.mouse.wheel(0, 130);
    // What counts is where one has come to rest, and that is kept a moment later.
    await page.waitForTimeout(1000);
    const before = await place(reader);
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await page.route(/\.woff2$/, async (route) => {
      await arrived;
      await route.continue();
    });
    await reader.saved();
    await page.reload();
    await reader.sees(manyLines);
    await page.waitForTimeout(600);
    const fonts = () =>
      page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').length);
    expect(await fonts()).toBe(0);
    arrive();
    await expect.poll(fonts).toBeGreaterThan(0);
    await page.waitForTimeout(600);
    expect(await place(reader)).toEqual(before);
  });
});

test('the facts about a document by keyboard, each taken back by Undo', async ({ page }) => {
  const reader = await begin(page);
  await reader.tabTo(reader.textbox);
  await page.keyboard.press('Alt+Enter');
  await reader.tabTo(reader.fact('Date'));
  await page.keyboard.type('17 May');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Write the date as YYYY-MM-DD')).toBeVisible();
  await reader.fact('Date').press('Control+a');
  await page.keyboard.type('2024-05-17');
  await page.keyboard.press('Tab');
  await expect(reader.messages).toHaveText('Set date to “2024-05-17”.');
  await reader.tabTo(reader.fact('Name of a new field'));
  await page.keyboard.type('page');
  await page.keyboard.press('Tab');
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await expect(reader.fact('page')).toHaveValue('4');
  await reader.saved();
  await page.reload();
  await page.getByRole('tab', { name: 'Document' }).click();
  await expect(reader.fact('Date')).toHaveValue('2024-05-17');
  await reader.textbox.focus();
  await page.keyboard.press('Control+z');
  await expect(reader.fact('page')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(reader.fact('Date')).toHaveValue('');
});

test('the facts about a document by mouse', async ({ page }) => {
  const reader = await begin(page);
  await page.getByRole('tab', { name: 'Document' }).click();
  await reader.fact('Note on the document').fill('Read twice.');
  await reader.fact('Title').fill('The bridge');
  await page.getByRole('tab', { name: 'Spans' }).click();
  await expect(reader.document('The bridge')).toBeVisible();
  await page.getByRole('tab', { name: 'Document' }).click();
  await expect(reader.fact('Note on the document')).toHaveValue('Read twice.');
  await reader.fact('Status').selectOption('skipped');
  await expect(page.getByRole('combobox', { name: 'Status of this document' })).toHaveValue('skipped');
});
