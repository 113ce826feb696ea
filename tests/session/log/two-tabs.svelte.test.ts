import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Session } from '../../../src/session/session.svelte.ts';
import { newDesk, select, type Desk } from '../desk.ts';
import { fourTabs, interleaved } from './tabs.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const soon = { interval: 2 };

/** A second tab on the same document, as when it is opened after the first has been at work. */
async function secondTab(desk: Desk): Promise<Session> {
  const other = await desk.sit();
  await other.openDocument('report-1');
  return other;
}

function mark(desk: Desk, words: string, label: string, session = desk.session): void {
  select(session, words);
  session.marking.apply(desk.label(label, session));
}

describe('a span that one tab changes while another removes it', () => {
  test('stays as changed in both, both say so, and both deeds are in the history (A27)', async () => {
    const desk = await newDesk(['[Ada](claim) denied it']);
    const other = await secondTab(desk);
    const tabs = [desk.session, other];
    for (const { marking, open } of tabs) marking.goTo(open!.spans[0]!);
    desk.session.describing.setNote(desk.session.open!.focused!, 'she did not');
    other.marking.remove();
    await vi.waitFor(() => {
      for (const { open, messages } of tabs) {
        expect(open!.spans).toMatchObject([{ text: 'Ada', note: 'she did not' }]);
        expect(messages.alarm).toContain('“Ada” was both changed and removed');
      }
    }, soon);
    const titles = (await desk.database.changes.toArray()).map(({ title }) => title);
    expect(titles.sort()).toEqual(['Changed the note', 'Removed Claim: “Ada”']);
    for (const { shelf } of tabs) expect(shelf.get('report-1')?.counts.spans).toBe(1);
  });

  test('is lost in none of twenty interleavings (A27)', async () => {
    await fc.assert(fc.asyncProperty(fc.scheduler(), interleaved), { numRuns: 20 });
  });
});

test('four tabs that mark one document at once keep everything, and all show the same (A26)', async () => {
  await fourTabs(10);
});

describe('undo beside another tab', () => {
  test('asks before it takes back what the other tab did (A48)', async () => {
    const desk = await newDesk(['Ada denied it']);
    const other = await secondTab(desk);
    mark(desk, 'Ada', 'claim', other);
    await vi.waitFor(() => expect(desk.session.open!.spans).toHaveLength(1), soon);
    desk.session.marking.undo();
    await vi.waitFor(
      () => expect(desk.session.messages.current?.text).toContain('was done in another tab. Undo once more'),
      soon,
    );
    expect(desk.session.open!.spans).toHaveLength(1);
    desk.session.marking.undo();
    await vi.waitFor(() => expect(desk.session.open!.spans).toEqual([]), soon);
  });

  test('takes back one’s own without asking, also after a reload (A48)', async () => {
    const desk = await newDesk(['Ada denied it']);
    mark(desk, 'Ada', 'claim');
    mark(desk, 'it', 'appeal');
    await desk.saved();
    desk.session.marking.undo();
    await vi.waitFor(() => expect(desk.notation()).toBe('[Ada](claim) denied it'), soon);
    await desk.saved();
    const again = await secondTab(desk);
    again.marking.undo();
    await vi.waitFor(() => expect(desk.notation(again)).toBe('Ada denied it'), soon);
    again.marking.redo();
    await vi.waitFor(() => expect(desk.notation(again)).toBe('[Ada](claim) denied it'), soon);
    const kinds = (await desk.database.changes.toArray()).map(({ kind }) => kind);
    expect(kinds).toEqual(['do', 'do', 'undo', 'undo', 'redo']);
  });

  test('of a mark that somebody else wrote a note on leaves both, and says so (A48)', async () => {
    const desk = await newDesk(['Ada denied it']);
    const other = await secondTab(desk);
    other.nameAnnotator('ben');
    mark(desk, 'Ada', 'claim');
    await vi.waitFor(() => expect(other.open!.spans).toHaveLength(1), soon);
    other.describing.setNote(other.open!.spans[0]!, 'look again');
    await vi.waitFor(() => expect(desk.session.open!.spans[0]?.note).toBe('look again'), soon);
    // Choices are shared by all tabs, names too.
    desk.session.nameAnnotator(desk.session.open!.spans[0]!.annotator);
    await desk.saved();
    desk.session.marking.undo();
    await vi.waitFor(() => expect(desk.session.messages.alarm).toContain('It stays as changed'), soon);
    expect(desk.session.open!.spans).toMatchObject([{ text: 'Ada', note: 'look again' }]);
  });
});

describe('a clock that jumps', () => {
  test('changes neither the order of what was done nor what Undo takes back (A44)', async () => {
    const desk = await newDesk(['Ada denied it again']);
    vi.useFakeTimers({ toFake: ['Date'] });
    const words = ['Ada', 'denied', 'it', 'again'];
    for (const [index, time] of ['2026-11-30', '1999-01-01', '2031-05-05', '2026-11-29'].entries()) {
      vi.setSystemTime(new Date(time));
      mark(desk, words[index]!, 'claim');
      await desk.saved();
    }
    const changes = await desk.database.changes.toArray();
    expect(changes.map(({ title }) => title)).toEqual(words.map((word) => `Marked Claim: “${word}”`));
    expect(new Set(changes.map(({ id }) => id)).size).toBe(4);
    desk.session.marking.undo();
    await vi.waitFor(
      () => expect(desk.notation()).toBe('[Ada](claim) [denied](claim) [it](claim) again'),
      soon,
    );
    const again = await secondTab(desk);
    expect(desk.notation(again)).toBe(desk.notation());
    vi.useRealTimers();
  });
});

test('a tab that was out of sight takes in what others did when it comes back (A28)', async () => {
  const desk = await newDesk(['Ada denied it']);
  // Whatever would have told it is lost.
  desk.session.close();
  const other = await secondTab(desk);
  mark(desk, 'Ada', 'claim', other);
  await desk.saved(other);
  expect(desk.session.open!.spans).toEqual([]);
  desk.session.lookAgain();
  await vi.waitFor(() => expect(desk.notation()).toBe('[Ada](claim) denied it'), soon);
});
