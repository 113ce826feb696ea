import { describe, expect, test, vi } from 'vitest';
import { newDesk, select } from '../desk.ts';
import { focusedText } from './steps.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const report = 'Ada denied it, “all of it”, he said.';

describe('the words that a selection stands for', () => {
  test.each([
    ['by hand, whole words', 'hand', 'nied it, “al', 'denied it, “all'],
    ['by hand, with the closing quotation mark', 'hand', '“all of i', '“all of it”'],
    ['by keyboard, itself', 'keyboard', 'nied i', 'nied i'],
    ['by keyboard, without outer spaces', 'keyboard', ' denied ', 'denied'],
    ['with Alt held, exact characters', 'exact', 'nied i', 'nied i'],
  ] as const)('%s', async (_what, by, rough, meant) => {
    const desk = await newDesk([report]);
    select(desk.session, rough, by);
    desk.session.marking.apply(desk.label('claim'));
    expect(focusedText(desk)).toBe(meant);
  });

  test('are shown as soon as the hand lets go', async () => {
    const desk = await newDesk([report]);
    select(desk.session, 'nied i', 'hand');
    desk.session.selecting.settle();
    expect(desk.session.open).toMatchObject({
      selection: { start: 4, end: 13, by: 'exact' },
      placement: { anchor: 4, head: 13, scroll: 'still' },
    });
  });

  test('are left as they stand when the keyboard chose them', async () => {
    const desk = await newDesk([report]);
    select(desk.session, 'nied i', 'keyboard');
    desk.session.selecting.settle();
    expect(desk.session.open!.placement).toBeUndefined();
  });

  test('are exact by hand too when whole words are not wanted', async () => {
    const desk = await newDesk([report]);
    desk.session.preferences.set({ wholeWords: false });
    select(desk.session, 'nied i', 'hand');
    desk.session.marking.apply(desk.label('claim'));
    expect(focusedText(desk)).toBe('nied i');
  });

  test('may be selected backwards', async () => {
    const desk = await newDesk([report]);
    desk.session.selecting.select(10, 4, 'keyboard');
    desk.session.marking.apply(desk.label('claim'));
    expect(focusedText(desk)).toBe('denied');
  });

  test('widen by F8 from the caret to the word, the sentence and the paragraph', async () => {
    const desk = await newDesk(['Ada denied it. Ben did not.\nCarla did.']);
    const { open, selecting } = desk.session;
    selecting.select(18, 18, 'keyboard');
    const seen = [1, 2, 3, 4].map(() => {
      selecting.widen();
      return open!.text.slice(open!.selection!.start, open!.selection!.end);
    });
    expect(seen).toEqual([
      'Ben',
      'Ben did not.',
      'Ada denied it. Ben did not.',
      'Ada denied it. Ben did not.',
    ]);
  });
});

describe('the caret', () => {
  test('moved by keys focuses the span it stands in, and a screen reader hears of the crossing (W8)', async () => {
    const desk = await newDesk(['Ada [denied](denial) it']);
    const { open, selecting } = desk.session;
    selecting.select(5, 5, 'keyboard');
    expect(focusedText(desk)).toBe('denied');
    expect(open!.voice).toBe('Denial, starts');
    selecting.select(12, 12, 'keyboard');
    expect(focusedText(desk)).toBeUndefined();
    expect(open!.voice).toBe('Denial, ends');
  });
});
