import type fc from 'fast-check';
import { expect, vi } from 'vitest';
import { sheetFromLog } from '../../../src/storage/documents.ts';
import type { Database } from '../../../src/storage/database.ts';
import { ChangeLog } from '../../../src/session/log/change-log.svelte.ts';
import { noEdit, spanEntry, type Change } from '../../../src/core/change.ts';
import { conflictsIn } from '../../../src/core/conflicts.ts';
import { applyEdit, sheetOf, type Sheet } from '../../../src/core/sheet.ts';
import { span } from '../../annotated.ts';
import { draft, shelve, Workspace } from '../../storage/workspace.ts';

/** A tab that follows one document from the sheet that all begin with. */
class Tab {
  readonly log: ChangeLog;
  sheet: Sheet;
  conflicts = 0;

  constructor(database: Database, sheet: Sheet) {
    this.sheet = sheet;
    this.log = new ChangeLog(database, 0, (change) => this.#receive(change));
  }

  #receive(change: Change): void {
    this.conflicts += conflictsIn(change, this.sheet, 'report').length;
    this.sheet = applyEdit(this.sheet, change, 'report');
  }
}

const ada = span({ id: 'ada', start: 0, end: 3 });
const words = 'Ada denied it, and all of it';

/** One tab writes a note on a span, another one removes it, and both mark another word, in the order that is dealt. */
export async function interleaved(scheduler: fc.Scheduler): Promise<void> {
  const workspace = new Workspace();
  const begin = sheetOf([ada]);
  const first = await workspace.tab();
  await shelve(first, { id: 'report' }, words, begin);
  const tabs = [new Tab(first, begin), new Tab(await workspace.tab(), begin)] as const;
  const noted = { ...ada, note: 'she did' };
  const note = {
    ...noEdit,
    updated: [{ before: spanEntry('report', ada), after: spanEntry('report', noted) }],
  };
  // Each knows of the span what it has seen when it acts.
  const removal = () => ({
    ...noEdit,
    removed: tabs[1].sheet.spans.filter(({ id }) => id === 'ada').map((seen) => spanEntry('report', seen)),
  });
  let hasSeen = false;
  const marking = (id: string, start: number) => ({
    ...noEdit,
    added: [spanEntry('report', span({ id, start, end: start + 2 }))],
  });
  const deeds = [
    () => tabs[0].log.append(draft(note)),
    () => tabs[0].log.append(draft(marking('first', 4))),
    () => {
      hasSeen = tabs[1].sheet.spans.some(({ note: said }) => said !== undefined);
      return tabs[1].log.append(draft(removal()));
    },
    () => tabs[1].log.append(draft(marking('second', 11))),
  ];
  const waiting = deeds.map((deed) => scheduler.schedule(Promise.resolve()).then(deed));
  await scheduler.waitAll();
  await Promise.all(waiting);
  await vi.waitFor(
    async () => {
      expect(await first.changes.count()).toBe(4);
      expect(tabs[0].sheet).toEqual(tabs[1].sheet);
      expect(tabs[0].sheet).toEqual(await sheetFromLog(first, 'report'));
    },
    { interval: 5 },
  );
  const ids = tabs[0].sheet.spans.map(({ id }) => id).sort();
  // Whoever had seen the note removed it with the note; whoever had not could not.
  expect(ids).toEqual(hasSeen ? ['first', 'second'] : ['ada', 'first', 'second']);
  expect(tabs.map(({ conflicts }) => conflicts)).toEqual(hasSeen ? [0, 0] : [1, 1]);
  const updated = (await first.changes.toArray()).filter(({ updated: said }) => said.length > 0);
  expect(updated).toHaveLength(1);
  for (const { log } of tabs) log.close();
  workspace.close();
}

/** Four tabs that each mark so many places of one document, none waiting for the others. */
export async function fourTabs(each: number): Promise<void> {
  const workspace = new Workspace();
  const first = await workspace.tab();
  await shelve(first, { id: 'report' }, 'x'.repeat(8 * each));
  const databases = [first, await workspace.tab(), await workspace.tab(), await workspace.tab()];
  const tabs = databases.map((database) => new Tab(database, sheetOf([])));
  const all: Promise<void>[] = [];
  for (let count = 0; count < each; count++)
    for (const [tab, { log }] of tabs.entries()) {
      const start = 2 * (4 * count + tab);
      all.push(
        log.append(draft({ added: [spanEntry('report', span({ id: `s${start}`, start, end: start + 2 }))] })),
      );
    }
  await Promise.all(all);
  await vi.waitFor(() => {
    for (const { sheet, log } of tabs) {
      expect(sheet.spans.map(({ start }) => start)).toEqual(
        Array.from({ length: 4 * each }, (_, index) => 2 * index),
      );
      expect([log.saving.status, log.pending]).toEqual(['saved', []]);
    }
  });
  for (const { log } of tabs) log.close();
  workspace.close();
}
