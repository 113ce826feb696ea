import { expect, type CDPSession, type Locator, type Page } from '@playwright/test';
import { installProbe, type Awaited, type Begin, type Scrolling, type Timing } from './probe.ts';

/** Somebody who reads and marks in the built page by click, wheel and key, with a watch in the other hand. */
export class Reader {
  readonly #page: Page;
  readonly #cdp: CDPSession;

  private constructor(page: Page, cdp: CDPSession) {
    this.#page = page;
    this.#cdp = cdp;
  }

  static async start(page: Page): Promise<Reader> {
    await page.addInitScript(installProbe);
    const cdp = await page.context().newCDPSession(page);
    await page.goto('./');
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
    return new Reader(page, cdp);
  }

  /**
   * Resolves to the milliseconds until the last of the titles is in the list and all is saved. Files with labels that are
   * new to the project bring a report, which is closed.
   */
  async import(files: readonly string[], titles: readonly string[], isReported = false): Promise<number> {
    const start = performance.now();
    await this.#page.getByLabel('Import files').setInputFiles([...files]);
    await this.#option(titles.at(-1)!).waitFor({ timeout: 300_000 });
    await expect(this.#page.getByRole('status', { name: 'Saving' })).toHaveText('Saved');
    const time = performance.now() - start;
    if (isReported) await expect(this.#page.getByRole('dialog', { name: 'Import report' })).toBeVisible();
    if (isReported) await this.#page.keyboard.press('Escape');
    await expect(this.#page.getByRole('dialog')).toHaveCount(0);
    return time;
  }

  /** Clicks on the document in the list. */
  async open(title: string, text: string): Promise<Timing> {
    const lines = text.split('\n');
    const first = lines[0]!;
    const last = lines.at(-1)!;
    await this.calm();
    await this.#arm('click', { kind: 'opened', first, last }, false);
    await this.#option(title).click();
    return this.#timing();
  }

  /** The text on screen. */
  text(): Promise<string> {
    return this.#page
      .getByRole('textbox', { name: 'Document text' })
      .evaluate((textbox) =>
        [...textbox.querySelectorAll('.line')].map((line) => line.textContent).join('\n'),
      );
  }

  /** Selects by a click and three keys, however much that is; gives back whether there was anything to click on. */
  async selectSomething(share: number): Promise<boolean> {
    const place = await this.#page.evaluate((at) => window.locutionBench.wordsAt(at), share);
    if (!place) return false;
    await this.#page.mouse.click(place.x, place.y);
    for (let word = 0; word < 3; word++) await this.#page.keyboard.press('Control+Shift+ArrowRight');
    return true;
  }

  /** Selects three words by keyboard, `share` of the way down the window. */
  async select(share: number): Promise<void> {
    if (!(await this.selectSomething(share))) throw new RangeError(`no words in view at ${share}`);
    expect(
      await this.#page.evaluate(() => getSelection()?.toString().trim().split(/\s+/).length),
    ).toBeGreaterThan(1);
  }

  /** Clicks on a span in the text, `share` of the way down the window; nothing where none is in view there. */
  async focus(share: number): Promise<Timing | undefined> {
    // A span that has the focus already would not take it again, and two clicks at once on one would be a double one.
    await this.#page.keyboard.press('Escape');
    await this.#page.waitForTimeout(600);
    await this.calm();
    const place = await this.#page.evaluate((at) => window.locutionBench.spanAt(at), share);
    if (!place) return undefined;
    await this.#arm('click', { kind: 'focused' }, false);
    await this.#page.mouse.click(place.x, place.y);
    return this.#timing();
  }

  /** Goes to a span by its row in the list, which is scrolled to that share of it before. */
  async jumpByList(share: number): Promise<Timing> {
    const list = this.#page.getByRole('list', { name: 'Spans' });
    await list.evaluate((element, at) => {
      let scroller: Element | null = element;
      while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1)
        scroller = scroller.parentElement;
      if (scroller) scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * at;
    }, share);
    await this.calm();
    const rows = list.getByRole('listitem');
    const row = rows
      .nth(Math.floor((await rows.count()) / 2))
      .getByRole('button')
      .first();
    await row.hover();
    await this.#page.keyboard.press('Escape');
    return this.timed('click', { kind: 'focused' }, () => row.click());
  }

  /** Drags over words, and back to nothing with a click. */
  async drag(share: number): Promise<void> {
    const place = await this.#page.evaluate((at) => window.locutionBench.wordsAt(at), share);
    if (!place) return;
    await this.#page.mouse.move(place.x, place.y);
    await this.#page.mouse.down();
    for (let step = 1; step <= 30; step++) await this.#page.mouse.move(place.x + step * 8, place.y + step);
    await this.#page.mouse.up();
    await this.#page.keyboard.press('Escape');
    await this.#page.keyboard.press('Escape');
  }

  /** Widens a selection by keyboard, step by step. */
  async widen(share: number): Promise<void> {
    const place = await this.#page.evaluate((at) => window.locutionBench.wordsAt(at), share);
    if (!place) return;
    await this.#page.mouse.click(place.x, place.y);
    for (let step = 0; step < 15; step++) await this.#page.keyboard.press('Shift+ArrowRight');
    for (let step = 0; step < 5; step++) await this.#page.keyboard.press('Shift+ArrowDown');
    await this.#page.keyboard.press('ArrowLeft');
  }

  /** Presses a key that changes what is marked. */
  async press(key: string, awaited: Awaited, andSaved = true): Promise<Timing> {
    await this.calm();
    await this.#arm('keydown', awaited, andSaved);
    await this.#page.keyboard.press(key);
    return this.#timing();
  }

  /** Does something that begins with such an event, and waits for what comes of it. */
  async timed(event: Begin, awaited: Awaited, act: () => Promise<unknown>): Promise<Timing> {
    await this.calm();
    await this.#arm(event, awaited, false);
    await act();
    return this.#timing();
  }

  /** Turns the wheel through so many windows of text, and back where the text ends. */
  async scroll(windows: number): Promise<Scrolling> {
    const { height, range } = await this.#overText();
    await this.calm();
    await this.#page.evaluate(() => window.locutionBench.startScrolling());
    const notch = Math.min(120, range);
    let place = 0;
    let direction = 1;
    for (let turned = 0; turned < windows * height; turned += notch) {
      if (place + direction * notch > range || place + direction * notch < 0) direction = -direction;
      place += direction * notch;
      await this.#page.mouse.wheel(0, direction * notch);
    }
    await this.#page.waitForTimeout(200);
    return this.#page.evaluate(() => window.locutionBench.stopScrolling());
  }

  /** Turns the wheel over a list, so many steps down. */
  async scrollOver(list: Locator, steps: number): Promise<Scrolling> {
    await list.hover();
    await this.calm();
    await this.#page.evaluate(() => window.locutionBench.startScrolling());
    for (let step = 0; step < steps; step++) await this.#page.mouse.wheel(0, 240);
    await this.#page.waitForTimeout(200);
    return this.#page.evaluate(() => window.locutionBench.stopScrolling());
  }

  /** Turns the wheel at once to that share of the text. */
  async jump(share: number): Promise<void> {
    const { range } = await this.#overText();
    await this.#page.mouse.wheel(0, -range);
    await this.calm();
    await this.#page.mouse.wheel(0, range * share);
    await this.calm();
  }

  /** The JavaScript heap in MB, after the rubbish has been taken out. */
  async heapMb(): Promise<number> {
    await this.#cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#cdp.send('Runtime.getHeapUsage');
    return usedSize / 1e6;
  }

  async calm(): Promise<void> {
    await this.#page.evaluate(() => window.locutionBench.calm());
  }

  #option(title: string) {
    return this.#page
      .getByRole('listbox', { name: 'Documents' })
      .getByRole('option', { name: title, exact: true });
  }

  async #overText() {
    const scroller = await this.#page.evaluate(() => window.locutionBench.scroller());
    await this.#page.mouse.move(scroller.x, scroller.y);
    return scroller;
  }

  async #arm(event: Begin, awaited: Awaited, andSaved: boolean): Promise<void> {
    await this.#page.evaluate(([name, wanted, saved]) => window.locutionBench.arm(name, wanted, saved), [
      event,
      awaited,
      andSaved,
    ] as const);
  }

  #timing(): Promise<Timing> {
    return this.#page.evaluate(() => window.locutionBench.timing());
  }
}
