import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { Reader } from './reader.ts';

const text = `Velt dismissed the charge as “pure theatre.” “Our guns, all of them, have been silent,” said Teves.

The council called on both capitals, again, to let its observers through. “Open the bridge,” Holt urged. Nobody replied.
Sarnia denied that 👩🏽‍🔬 had crossed; “adventures at the bridge” were ruled out.`;

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await new Reader(page).open(text);
});

/** What is selected in the text, as the screen shows it. */
async function selected(reader: Reader): Promise<string> {
  const { anchor, head } = await reader.look();
  return text.slice(Math.min(anchor, head), Math.max(anchor, head));
}

async function clipboard(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('Control+c');
  return page.evaluate(() => navigator.clipboard.readText());
}

async function mark(reader: Reader, words: string, key = '1'): Promise<void> {
  await reader.selectWords(words);
  await reader.page.keyboard.press(key);
}

/** Rough drags, and the words that they mean. */
const drags = [
  { name: 'the middle of words takes whole words', drag: 'ssed the cha', means: 'dismissed the charge' },
  { name: 'an outer comma is left out', drag: 'capitals, again,', means: 'capitals, again' },
  { name: 'outer quotation marks are left out', drag: '“Open the bridge', means: '“Open the bridge,”' },
  { name: 'a closing mark opened outside is left out', drag: 'the bridge,”', means: 'the bridge' },
  {
    name: 'a closing mark and its stop are taken in with the opening one',
    drag: 'as “pure theat',
    means: 'as “pure theatre.”',
  },
  { name: 'outer white space is left out', drag: ' called on both ', means: 'called on both' },
  { name: 'a cluster is never cut', drag: 'that 👩🏽‍🔬 ha', means: 'that 👩🏽‍🔬 had' },
];

test('a rough drag means whole words', async ({ page }) => {
  const reader = new Reader(page);
  for (const { name, drag, means } of drags)
    await test.step(name, async () => {
      const range = (await reader.look()).text.indexOf(drag);
      await reader.drag(range, range + drag.length);
      await expect.poll(() => selected(reader)).toBe(means);
      await page.keyboard.press('1');
      await reader.lists([{ label: 'Claim', text: means }]);
      await reader.button('Undo').click();
      await expect(reader.spans).toHaveCount(0);
    });
});

test('Alt, or the setting, takes exact characters', async ({ page }) => {
  const reader = new Reader(page);
  await reader.dragOver('ssed the cha', { alt: true });
  await page.keyboard.press('1');
  await reader.lists([{ label: 'Claim', text: 'ssed the cha' }]);

  await reader.goTo('Settings');
  await page.getByRole('checkbox', { name: 'A selection by mouse takes whole words' }).uncheck();
  await reader.goTo('Annotate');
  await reader.dragOver('ouncil call');
  await page.keyboard.press('2');
  await expect(reader.spans).toHaveText(
    [/Claim.*ssed the cha$/, /Denial.*line 3 ouncil call\s*$/].map(loose),
  );
});

/** Patterns that mind no white space at their end. */
function loose({ source }: RegExp): RegExp {
  return new RegExp(source.replace(/(\\s\*)?\$$/, '\\s*$'));
}

test('a selection by keyboard is taken as it stands, outer white space trimmed', async ({ page }) => {
  const reader = new Reader(page);
  await mark(reader, ' ilent,” said '.slice(1), '1');
  await mark(reader, ' on both capitals, ', '3');
  await expect(reader.spans).toHaveText([
    /Claim line 1 ilent,” said\s*$/,
    /Appeal line 3 on both capitals,\s*$/,
  ]);
});

test('the same span a second time is refused kindly', async ({ page }) => {
  const reader = new Reader(page);
  await mark(reader, 'Velt dismissed');
  await mark(reader, 'Velt dismissed');
  await expect(reader.messages).toHaveText(/marked Claim already/);
  await expect(reader.spans).toHaveCount(1);
});

test('spans nest, overlap, touch and coincide; a click focuses the innermost, then the next outwards', async ({
  page,
}) => {
  const reader = new Reader(page);
  const marks = [
    ['called on both capitals, again, to let its observers through', '1'],
    ['both capitals', '2'],
    ['capitals, again', '3'],
    [', to let', '4'],
    ['both capitals', '4'],
  ] as const;
  for (const [words, key] of marks) await mark(reader, words, key);
  await expect(reader.spans).toHaveCount(5);
  await page.keyboard.press('Escape');

  const focused = page.getByRole('list', { name: 'Spans' }).locator('[aria-current]');
  await reader.click('capitals', 1);
  const seen: string[] = [];
  for (let clicks = 0; clicks < 4; clicks++) {
    seen.push((await focused.textContent())!.trim());
    // Two clicks at once would select a word.
    await page.mouse.move(5, 300);
    await reader.click('capitals', 1 + (clicks % 2) * 4);
  }
  expect(seen.at(-1)).toMatch(/called on both/);
  expect(new Set(seen).size, seen.join('; ')).toBe(4);
  expect(seen.slice(0, 3).filter((row) => /both capitals$|capitals, again$/.test(row))).toHaveLength(3);
});

test('a label key gives the focused span another label, Delete removes it, undo brings it back', async ({
  page,
}) => {
  const reader = new Reader(page);
  await mark(reader, 'Velt dismissed');
  await mark(reader, 'Holt urged', '3');
  await reader.click('dismissed');
  await page.keyboard.press('2');
  await expect(reader.spans).toHaveText([/Denial.*Velt dismissed/, /Appeal.*Holt urged/]);
  await page.keyboard.press('Delete');
  await expect(reader.spans).toHaveText([/Holt urged/]);
  await page.keyboard.press('Control+z');
  await expect(reader.spans).toHaveText([/Denial.*Velt dismissed/, /Holt urged/]);

  await reader.spans
    .first()
    .getByRole('button', { name: /Velt dismissed/ })
    .click();
  await page.keyboard.press('Backspace');
  await expect(reader.spans).toHaveText([/Holt urged/]);
});

test('[ and ] take hold of an end that arrows move; it is one step of undo and the span stays itself', async ({
  page,
}, testInfo) => {
  const reader = new Reader(page);
  await mark(reader, 'called on both');
  const idOfTheSpan = async () => {
    const path = testInfo.outputPath('ids.jsonl');
    await (await reader.export()).saveAs(path);
    return /"spans":\[\{"id":"([^"]+)"/.exec(readFileSync(path, 'utf8'))?.[1];
  };
  const before = await idOfTheSpan();
  await reader.click('both');

  await page.keyboard.press(']');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(reader.spans).toHaveText([/called on both capitals,\s*$/]);
  await page.keyboard.press('[');
  await page.keyboard.press('Control+ArrowLeft');
  await page.keyboard.press('Escape');
  await expect(reader.spans).toHaveText([/council called on both capitals,\s*$/]);

  expect(await idOfTheSpan()).toBe(before);
  await reader.tabTo(reader.textbox);
  await page.keyboard.press('Control+z');
  await expect(reader.spans).toHaveText([/Claim line 3 called on both capitals,\s*$/]);
  await page.keyboard.press('Control+z');
  await expect(reader.spans).toHaveText([/called on both\s*$/]);
  await page.keyboard.press('Control+Shift+Z');
  await expect(reader.spans).toHaveText([/called on both capitals,\s*$/]);
});

test('F8 widens from word to sentence to paragraph', async ({ page }) => {
  const reader = new Reader(page);
  await reader.caretTo((await reader.find('observers')).start + 3);
  for (const wider of [
    'observers',
    'The council called on both capitals, again, to let its observers through.',
    'The council called on both capitals, again, to let its observers through. “Open the bridge,” Holt urged. Nobody replied.',
  ]) {
    await page.keyboard.press('F8');
    await expect.poll(() => selected(reader)).toBe(wider);
  }
});

test('copy gives the exact slice, over lines and in whole characters', async ({ page }) => {
  const reader = new Reader(page);
  const words = 'Nobody replied.\nSarnia denied that 👩🏽‍🔬 had';
  await reader.selectWords(words);
  expect(await clipboard(page)).toBe(words);
  await page.keyboard.press('Control+a');
  expect(await clipboard(page)).toBe(text);
});

test('single keys do nothing while the text has not the focus', async ({ page }) => {
  const reader = new Reader(page);
  await mark(reader, 'Holt urged', '3');
  await reader.selectWords('Nobody');
  const search = page.getByRole('searchbox', { name: 'Search documents by title' });
  await search.focus();
  await page.keyboard.type('12');
  await expect(search).toHaveValue('12');
  await search.fill('');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  for (const key of ['1', 'n', 'Delete', '[', 'Backspace']) await page.keyboard.press(key);
  await expect(reader.spans).toHaveText([/Appeal.*Holt urged/]);
  await reader.saved();
});

test('nothing changes the text, and spans stay where they are (A46)', async ({ page }) => {
  const reader = new Reader(page);
  await mark(reader, 'Holt urged', '3');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const { start } = await reader.find('observers');

  await reader.caretTo(start);
  await page.keyboard.type('xyz ä');
  await page.keyboard.insertText('漢字');
  for (const key of ['Enter', 'Shift+Enter', 'Control+i', 'Control+d', 'Control+u'])
    await page.keyboard.press(key);
  await reader.select(start, start + 9);
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  // What is pasted may become a document of its own, and only when that is wanted.
  await expect(reader.dialog('Import').getByRole('textbox', { name: 'Text' })).toHaveValue('observers');
  await page.keyboard.press('Escape');
  await expect(reader.dialog('Import')).toBeHidden();
  for (const key of ['Control+x', 'Backspace', 'Delete', 'Control+Backspace', 'Enter', 'Escape', 'x'])
    await page.keyboard.press(key);
  await reader.textbox.evaluate((box) => {
    for (const [command, value] of [
      ['insertText', 'gone'],
      ['delete'],
      ['insertHTML', '<b>gone</b>'],
      ['undo'],
      ['cut'],
    ])
      document.execCommand(command!, false, value);
    for (const type of ['paste', 'drop'] as const) {
      const data = new DataTransfer();
      data.setData('text/plain', 'dropped in');
      data.setData('text/html', '<b>dropped in</b>');
      const event =
        type === 'paste'
          ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
      box.dispatchEvent(event);
    }
  });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await reader.look()).text).toBe(text);
  // Dragging selected words elsewhere moves nothing.
  await reader.select(start, start + 9);
  await reader.drag(start + 3, start + 40);
  expect((await reader.look()).text).toBe(text);
  await composeByInputMethod(page, start, reader);
  for (const attack of ['translation', 'script', 'checker'] as const) {
    await reader.textbox.evaluate(meddle, attack);
    await reader.sees(text);
  }
  await expect(reader.spans).toHaveText([/Appeal.*Holt urged/]);
  await mark(reader, 'both capitals', '1');
  await reader.lists([
    { label: 'claim', text: 'both capitals' },
    { label: 'appeal', text: 'Holt urged' },
  ]);
});

/** Types as a Japanese keyboard does: a word is under way for a while, and then decided. */
async function composeByInputMethod(page: Page, offset: number, reader: Reader): Promise<void> {
  await reader.caretTo(offset);
  const devtools = await page.context().newCDPSession(page);
  for (const typed of ['に', 'にほ', 'にほん'])
    await devtools.send('Input.imeSetComposition', {
      text: typed,
      selectionStart: 0,
      selectionEnd: typed.length,
    });
  await devtools.send('Input.insertText', { text: '日本' });
  await reader.sees(text);
}

/** What translators, scripts and checkers of spelling do to a page: they change the nodes of the text by themselves. */
function meddle(box: Element, attack: 'translation' | 'script' | 'checker'): void {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  for (const node of nodes.filter(({ data }) => data.trim() !== '').slice(0, 3))
    if (attack === 'script') node.data = node.data.toUpperCase();
    else if (attack === 'translation') {
      const font = document.createElement('font');
      font.textContent = 'Übersetzt: ' + node.data;
      node.replaceWith(font);
    } else {
      const mistake = document.createElement('g');
      mistake.className = 'gramm-mistake';
      node.replaceWith(mistake);
      mistake.append(node, document.createTextNode('!'));
    }
}

test('after a dialog one goes on in the text where one was', async ({ page }) => {
  const reader = new Reader(page);
  for (const [open, name] of [
    ['Control+v', 'Import'],
    ['?', 'Keyboard shortcuts'],
  ] as const) {
    await reader.selectWords('Holt urged');
    await clipboard(page);
    await page.keyboard.press(open);
    await expect(reader.dialog(name)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(reader.dialog(name)).toBeHidden();
    await expect.poll(() => selected(reader)).toBe('Holt urged');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => selected(reader)).toBe('Holt urged.');
    await page.keyboard.press('Control+Home');
  }
  // Escape that comes before the dialog is there takes it back.
  await reader.selectWords('Holt urged');
  await reader.textbox.evaluate((box) => {
    for (const key of ['?', 'Escape'])
      box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => selected(reader)).toBe('Holt urged.');
});

test('adding a label moves no letter', async ({ page }) => {
  const reader = new Reader(page);
  const measure = () =>
    reader.textbox.evaluate((box) => {
      const range = document.createRange();
      range.selectNodeContents(box);
      return [...range.getClientRects()].map(({ left, top, width, height }) => [left, top, width, height]);
    });
  const before = await measure();
  for (const [words, key] of [
    ['Velt dismissed the charge as “pure theatre.”', '4'],
    ['the charge', '1'],
    ['charge as', '2'],
    ['observers through. “Open', '3'],
  ] as const)
    await mark(reader, words, key);
  await expect(reader.spans).toHaveCount(4);
  expect(await measure()).toEqual(before);
});

test('undo and redo have no end, and survive reload', async ({ page }) => {
  const reader = new Reader(page);
  await reader.tabTo(reader.textbox);
  const count = 24;
  for (let word = 0; word < count; word++) {
    await page.keyboard.press('Control+Shift+ArrowRight');
    await page.keyboard.press(String(1 + (word % 4)));
  }
  await expect(reader.spans).toHaveCount(count);
  const all = await reader.spans.allTextContents();
  await reader.saved();

  await page.reload();
  await expect(reader.spans).toHaveCount(count);
  await reader.tabTo(reader.textbox);
  for (let step = 0; step < count; step++) await page.keyboard.press('Control+z');
  await expect(reader.spans).toHaveCount(0);
  await expect(reader.button('Undo')).toBeDisabled();
  await reader.saved();

  await page.reload();
  await expect(reader.button('Undo')).toBeDisabled();
  await reader.tabTo(reader.textbox);
  for (let step = 0; step < count; step++) await page.keyboard.press('Control+Shift+Z');
  await expect(reader.spans).toHaveCount(count);
  expect((await reader.spans.allTextContents()).map((row) => row.trim())).toEqual(
    all.map((row) => row.trim()),
  );
  await expect(reader.button('Redo')).toBeDisabled();
});

test('words right behind a marked span can be marked next, by mouse', async ({ page }) => {
  const reader = new Reader(page);
  for (const [words, key] of [
    ['Velt dismissed', '1'],
    ['the charge', '2'],
    ['as', '3'],
  ] as const) {
    await reader.dragOver(words);
    await page.keyboard.press(key);
  }
  await expect(reader.spans).toHaveText([
    /Claim.*Velt dismissed\s*$/,
    /Denial.*the charge\s*$/,
    /Appeal.*as\s*$/,
  ]);
});

test('an end of the focused span can be dragged by the knob below it', async ({ page }) => {
  const reader = new Reader(page);
  await mark(reader, 'called on both');
  await reader.click('called');
  const { end } = await reader.find('called on both');
  const { boxes } = await reader.look({
    ranges: [
      [
        [end - 1, end],
        [end + 5, end + 6],
      ],
    ],
  });
  const { first, last } = boxes[0]!;
  await page.mouse.move(first.right, first.bottom + 4);
  await page.mouse.down();
  await page.mouse.move(last.left, (last.top + last.bottom) / 2, { steps: 5 });
  await page.mouse.up();
  await expect(reader.spans).toHaveText([/called on both capitals\s*$/]);
  await page.keyboard.press('Control+z');
  await expect(reader.spans).toHaveText([/called on both\s*$/]);
});
