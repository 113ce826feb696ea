import { expect, test, type Page } from '@playwright/test';
import { Reader } from '../journeys/reader.ts';

const text = 'Ada denied it. Ben agreed with Cem, who was there.';
const line = JSON.stringify({
  text,
  spans: [
    { start: 0, end: 3, text: 'Ada', label: 'claim' },
    { start: 4, end: 10, text: 'denied', label: 'denial' },
  ],
});

/** What a hand does to the open report, in which `Ada` and `denied` are marked. */
const commands: Readonly<Record<string, (reader: Reader) => Promise<void>>> = {
  'mark by keys': async (reader) => {
    await reader.select(15, 18);
    await reader.page.keyboard.press('3');
  },
  'mark by mouse': async (reader) => {
    await reader.dragOver('Ben');
    await reader.page.keyboard.press('4');
  },
  relabel: async (reader) => {
    await focus(reader, 'denied');
    await reader.page.keyboard.press('3');
  },
  remove: async (reader) => {
    await focus(reader, 'denied');
    await reader.page.keyboard.press('Delete');
  },
  'move an end': async (reader) => {
    await focus(reader, 'denied');
    for (const key of [']', 'Control+ArrowRight', 'Enter']) await reader.page.keyboard.press(key);
  },
  'turn an attribute': async (reader) => {
    await focus(reader, 'denied');
    await reader.page.keyboard.press('c');
  },
  'write a note': async (reader) => {
    await focus(reader, 'denied');
    await reader.page.keyboard.press(';');
    await expect(reader.page.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused();
    await reader.page.keyboard.type('doubtful');
    await reader.page.keyboard.press('Control+Enter');
  },
  relate: async (reader) => {
    await focus(reader, 'denied');
    for (const key of ['l', 'Enter']) await reader.page.keyboard.press(key);
  },
  'finish the document': async (reader) => {
    await reader.page.keyboard.press('Control+Enter');
  },
};

async function focus(reader: Reader, words: string): Promise<void> {
  await reader.click(words);
}

/** The nth write from now on fails, counting from 1, as `manner` says. */
declare global {
  interface Window {
    failing(nth: number, manner: string): void;
    struck(): boolean;
  }
}

/** Put into the page before it runs: lets writes fail when asked to. */
function armed(): void {
  let [nth, manner, count, isStruck] = [Infinity, 'throws', 0, false];
  window.failing = (place, how) => {
    [nth, manner, count, isStruck] = [place, how, 0, false];
  };
  window.struck = () => isStruck;
  for (const verb of ['add', 'put', 'delete'] as const) {
    const original = IDBObjectStore.prototype[verb] as (...args: unknown[]) => IDBRequest;
    (IDBObjectStore.prototype as unknown as Record<string, unknown>)[verb] = function (
      this: IDBObjectStore,
      ...args: unknown[]
    ) {
      // Where one is and how long are written at times of their own.
      if (!['changes', 'documents', 'projects'].includes(this.name)) return original.apply(this, args);
      const isIt = ++count === nth;
      if (isIt || (manner === 'sticks' && count > nth)) isStruck = true;
      if ((isIt && manner === 'throws') || (manner === 'sticks' && count >= nth))
        throw new DOMException('no luck', 'UnknownError');
      const request = original.apply(this, args);
      if (isIt && manner === 'aborts') request.addEventListener('success', () => this.transaction.abort());
      return request;
    };
  }
}

for (const manner of ['throws', 'aborts', 'sticks'] as const)
  for (const [name, act] of Object.entries(commands))
    test(`whichever write ${manner}, “Not saved” is told, the work stays, and trying again saves it: ${name} (${{ throws: 'A5', aborts: 'A6', sticks: 'A7' }[manner]})`, async ({
      page,
    }) => {
      test.setTimeout(180_000);
      await page.addInitScript(armed);
      await page.goto('/');
      const reader = new Reader(page);
      const files = [0, 1, 2, 3, 4, 5, 6].map((index) => ({
        name: `report-${index}.jsonl`,
        content: JSON.stringify({
          ...JSON.parse(line),
          text: `${text} (${index})`,
          title: `report ${index}`,
        }),
      }));
      await reader.importFiles(...files);
      await expect(reader.documents).toHaveCount(files.length);
      await reader.saved();
      const wanted = await tried(reader, 0, act, Infinity, manner);
      let last = 0;
      for (let nth = 1, isThrough = false; !isThrough; nth++) {
        expect(nth).toBeLessThan(files.length);
        expect((await tried(reader, nth, act, nth, manner)).rows).toEqual(wanted.rows);
        const isStruck = await page.evaluate(() => window.struck());
        await page.evaluate(() => window.failing(Infinity, 'throws'));
        const isTold = await reader.button('Try again').isVisible();
        if (isTold) {
          await expect(reader.saving).toHaveText(/^Not saved: .+[.]$/);
          await reader.button('Try again').click();
        }
        // Where only the second copy failed, that is told and the work is saved.
        if (isStruck && !isTold) await expect(page.getByRole('alert')).toContainText('second copy');
        await reader.saved();
        expect(await rowsOf(reader)).toEqual(wanted.rows);
        isThrough = !isStruck;
        last = nth;
        if (isStruck && !isTold) {
          // It is given up until the next start.
          await page.reload();
          await reader.saved();
        }
      }
      expect(last).toBeGreaterThan(1);
      await page.reload();
      for (let index = 1; index <= last; index++) {
        await openReport(reader, index);
        expect(await rowsOf(reader)).toEqual(wanted.rows);
      }
    });

/** Opens a report and does it there, while the fault is set; gives back what the list of spans shows then. */
async function tried(
  reader: Reader,
  index: number,
  act: (reader: Reader) => Promise<void>,
  nth: number,
  manner: string,
): Promise<{ rows: string[] }> {
  await openReport(reader, index);
  await reader.page.evaluate(([place, how]) => window.failing(place, how), [nth, manner] as const);
  await act(reader);
  await expect(reader.saving).not.toHaveText('Saving…');
  // The next report may be on screen now.
  await openReport(reader, index);
  return { rows: await rowsOf(reader) };
}

async function openReport(reader: Reader, index: number): Promise<void> {
  await reader.document(`report ${index}`).click();
  await reader.sees(`${text} (${index})`);
}

async function rowsOf(reader: Reader): Promise<string[]> {
  await expect.poll(() => settled(reader.page)).toBe(true);
  const rows = await reader.spans.allTextContents();
  const status = await reader.documents.and(reader.page.locator('[aria-selected=true]')).textContent();
  return [...rows, (status ?? '').replace(/report \d/, '')];
}

/** Whether nothing is drawn any more. */
async function settled(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))),
      ),
  );
}
