import { expect, type Download, type Locator, type Page } from '@playwright/test';
import type { GoldSpan } from './gold.ts';
import { lookAt, type Box, type TextOnScreen, type Wish } from './text-on-screen.ts';

const labelNames: Readonly<Record<string, string>> = {
  claim: 'Claim',
  denial: 'Denial',
  appeal: 'Appeal',
  accusation: 'Accusation',
};
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Every journey waits for its text: by its own, Playwright would look again after half a second, then after a second. */
const soon = { intervals: [50, 50, 100, 100, 200] };
/** Further than this many characters one takes whole words. */
const farAway = 12;

/** Somebody at the page: finds things by role and name, and uses nothing but mouse and keys. */
export class Reader {
  readonly page: Page;
  readonly textbox: Locator;
  readonly spans: Locator;
  readonly documents: Locator;
  readonly saving: Locator;
  readonly messages: Locator;

  constructor(page: Page) {
    this.page = page;
    this.textbox = page.getByRole('textbox', { name: 'Document text' });
    this.spans = page.getByRole('list', { name: 'Spans' }).getByRole('listitem');
    this.documents = page.getByRole('listbox', { name: 'Documents' }).getByRole('option');
    this.saving = page.getByRole('status', { name: 'Saving' });
    this.messages = page.getByRole('status', { name: 'Messages' });
  }

  label(name: string): Locator {
    return this.page.getByRole('toolbar', { name: 'Labels' }).getByRole('button', { name, exact: true });
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  document(title: string): Locator {
    return this.page
      .getByRole('listbox', { name: 'Documents' })
      .getByRole('option', { name: title, exact: true });
  }

  async goTo(screen: 'Annotate' | 'Documents' | 'Labels' | 'Statistics' | 'Settings'): Promise<void> {
    const link = this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen });
    // In a narrow window the screens are folded up.
    const fold = this.button('Screens');
    if (await fold.isVisible()) await fold.click();
    await link.click();
  }

  /** Imports files: paths, or names with their contents. */
  async importFiles(...files: (string | { name: string; content: string | Uint8Array })[]): Promise<void> {
    const chooser = this.page.getByLabel('Import files', { exact: true });
    const payloads = files.map((file) =>
      typeof file === 'string'
        ? file
        : { name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.content) },
    );
    const [first] = payloads;
    if (typeof first === 'string')
      await chooser.setInputFiles(payloads.filter((file) => typeof file === 'string'));
    else await chooser.setInputFiles(payloads.filter((file) => typeof file !== 'string'));
  }

  /** Imports one text, and waits until it is on screen. */
  async open(text: string, name = 'report.txt'): Promise<void> {
    await this.importFiles({ name, content: text });
    await this.sees(text);
  }

  async sees(text: string): Promise<void> {
    await expect.poll(async () => (await this.look()).text, soon).toBe(text);
  }

  look(wish: Wish = {}): Promise<TextOnScreen> {
    return this.textbox.evaluate(lookAt, wish);
  }

  async saved(): Promise<void> {
    await expect(this.saving).toHaveText('Saved');
  }

  /** The list of spans holds exactly these, as `Label: quote` or with a label and a quote apart. */
  async lists(expected: readonly { label: string; text: string }[]): Promise<void> {
    await expect(this.spans).toHaveText(
      expected.map(
        ({ label, text }) => new RegExp(`^\\s*${labelNames[label] ?? label}\\s.*?${escaped(text)}`, 's'),
      ),
    );
  }

  /** Drags from the first character of the range to its last, as near as a hand comes. */
  async drag(start: number, end: number, { alt = false } = {}): Promise<void> {
    const { text } = await this.look({ reveal: start });
    const first = [start, start + clusterLength(text.slice(start))] as const;
    const last = [end - lastClusterLength(text.slice(start, end)), end] as const;
    const box = (await this.look({ ranges: [[first, last]] })).boxes[0]!;
    const from = pointIn(box.first, isRightToLeft(text.slice(...first)) ? 0.8 : 0.2);
    const to = pointIn(box.last, isRightToLeft(text.slice(...last)) ? 0.2 : 0.8);
    if (alt) await this.page.keyboard.down('Alt');
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 2 });
    await this.page.mouse.move(to.x, to.y, { steps: 4 });
    await this.page.mouse.up();
    if (alt) await this.page.keyboard.up('Alt');
  }

  /** Drags over words that stand in the text once, give or take what is passed as second. */
  async dragOver(words: string, options: { alt?: boolean } = {}): Promise<void> {
    const { start, end } = await this.find(words);
    await this.drag(start, end, options);
  }

  async click(words: string, at = Math.floor(words.length / 2)): Promise<void> {
    const { start } = await this.find(words);
    await this.look({ reveal: start });
    const character = [start + at, start + at + 1] as const;
    const { x, y } = pointIn((await this.look({ ranges: [[character, character]] })).boxes[0]!.first, 0.4);
    await this.page.mouse.click(x, y);
  }

  /** The range of words that stand in the text once. */
  async find(words: string): Promise<{ start: number; end: number }> {
    const { text } = await this.look();
    const start = text.indexOf(words);
    if (start < 0 || text.includes(words, start + 1)) throw new RangeError(`not once in the text: ${words}`);
    return { start, end: start + words.length };
  }

  /** Selects by keyboard alone, from wherever the caret is. */
  async select(start: number, end: number): Promise<void> {
    await this.#walk(start, '');
    await this.#walk(end, 'Shift+');
  }

  async selectWords(words: string): Promise<void> {
    const { start, end } = await this.find(words);
    await this.select(start, end);
  }

  async caretTo(offset: number): Promise<void> {
    await this.#walk(offset, '');
  }

  /** Takes the end of the selection on to a place behind it. */
  async extendTo(offset: number): Promise<void> {
    await this.#walk(offset, 'Shift+');
  }

  /** Goes to something without a mouse. */
  async tabTo(target: Locator): Promise<void> {
    for (let presses = 0; presses < 150; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new RangeError('150 tabs do not lead there');
  }

  async markByMouse({ start, end, label }: GoldSpan): Promise<void> {
    await this.drag(start, end);
    await this.label(labelNames[label]!).click();
  }

  async markByKeyboard({ start, end, label }: GoldSpan): Promise<void> {
    await this.select(start, end);
    await this.page.keyboard.press(await this.keyOf(labelNames[label]!));
  }

  async keyOf(label: string): Promise<string> {
    const key = await this.label(label).getAttribute('aria-keyshortcuts');
    if (!key) throw new RangeError(`the label ${label} has no key`);
    return key;
  }

  /** Exports through the dialog. */
  async export(format = 'JSON Lines', documents?: string): Promise<Download> {
    await this.button('Export').click();
    const dialog = this.dialog('Export');
    await dialog.getByRole('combobox', { name: 'Format' }).selectOption(format);
    if (documents)
      await dialog.getByRole('combobox', { name: 'Documents' }).selectOption({ label: documents });
    const downloading = this.page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download' }).click();
    const download = await downloading;
    await expect(dialog).toBeHidden();
    return download;
  }

  /** Moves the caret, or the end of the selection, as one does: by lines, then by words, then by characters. */
  async #walk(target: number, held: '' | 'Shift+'): Promise<void> {
    const { keyboard } = this.page;
    if (held === '') await this.tabTo(this.textbox);
    let now = await this.look();
    if (now.head < 0 || (held === '' && target < now.head)) {
      await keyboard.press('Control+Home');
      now = await this.look();
    } else if (held === '' && now.anchor !== now.head) {
      await keyboard.press(ahead(now.direction));
      now = await this.look();
    }
    const { text } = now;
    for (let looks = 0; now.head !== target; looks++) {
      if (looks > 100) throw new RangeError(`the caret stays at ${now.head} and never comes to ${target}`);
      const { key, times } = nextKeys(text, now, target);
      for (let press = 0; press < times; press++) await keyboard.press(held + key);
      now = await this.look();
    }
  }
}

/** What to press, and how often before one has to look again where the caret is. */
function nextKeys(text: string, { head, direction }: TextOnScreen, target: number) {
  if (target < head) return { key: back(direction), times: characterCount(text.slice(target, head)) };
  const between = text.slice(head, target);
  if (between.includes('\n')) return { key: 'Control+ArrowDown', times: 1 };
  if (between.length <= farAway) return { key: ahead(direction), times: characterCount(between) };
  return { key: `Control+${ahead(direction)}`, times: Math.max(1, between.split(' ').length - 2) };
}

function ahead(direction: 'ltr' | 'rtl'): string {
  return direction === 'ltr' ? 'ArrowRight' : 'ArrowLeft';
}

function back(direction: 'ltr' | 'rtl'): string {
  return direction === 'ltr' ? 'ArrowLeft' : 'ArrowRight';
}

function clusterLength(text: string): number {
  return graphemes.segment(text).containing(0)?.segment.length ?? 0;
}

function characterCount(text: string): number {
  return [...graphemes.segment(text)].length;
}

function lastClusterLength(text: string): number {
  return graphemes.segment(text).containing(text.length - 1)?.segment.length ?? 0;
}

function isRightToLeft(character: string): boolean {
  return /[\p{sc=Hebrew}\p{sc=Arabic}]/u.test(character);
}

function pointIn({ left, right, top, bottom }: Box, share: number): { x: number; y: number } {
  return { x: left + (right - left) * share, y: (top + bottom) / 2 };
}

/** The beginning of a quotation as a pattern that minds no white space. */
function escaped(text: string): string {
  return [...text]
    .slice(0, 100)
    .join('')
    .split(/\s+/u)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'))
    .join('\\s+');
}
