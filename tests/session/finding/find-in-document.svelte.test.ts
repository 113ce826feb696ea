import { describe, expect, test, vi } from 'vitest';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const report = 'The gun was silent. Guns, said Teves, and the gun again: the gun!';

const place = ({ session: { open } }: Desk) =>
  open!.selection && [open!.selection.start, open!.selection.end];

async function finding(words: string, text = report) {
  const desk = await newDesk([text]);
  desk.session.finding.start();
  desk.session.finding.look(words);
  return desk;
}

describe('finding in the document', () => {
  test('selects the first hit after the caret, and brings it into view without taking the focus', async () => {
    const desk = await newDesk([report]);
    desk.session.open!.place({ anchor: 10, head: 10 });
    desk.session.finding.start();
    desk.session.finding.look('gun');
    expect(place(desk)).toEqual([20, 23]);
    expect(desk.session.open!.placement).toEqual({ anchor: 20, head: 23, scroll: 'into view' });
  });

  test('goes on from the same place while one types', async () => {
    const desk = await finding('g');
    desk.session.finding.look('gun a');
    expect(place(desk)).toEqual([46, 51]);
    desk.session.finding.look('gun');
    expect(place(desk)).toEqual([4, 7]);
  });

  test('goes round, forwards and backwards', async () => {
    const desk = await finding('gun');
    const { finding: bar } = desk.session;
    const seen = [bar.index];
    for (const direction of [1, 1, 1, 1, -1] as const) {
      bar.go(direction);
      seen.push(bar.index);
    }
    expect(seen).toEqual([0, 1, 2, 3, 0, 3]);
  });

  test('starts with what is selected', async () => {
    const desk = await newDesk([report]);
    select(desk.session, 'gun');
    desk.session.finding.start();
    expect(desk.session.finding).toMatchObject({ words: 'gun', index: 3 });
  });

  test('stays at the hit when an option keeps it', async () => {
    const desk = await finding('gun');
    desk.session.finding.go(-1);
    desk.session.finding.toggle('wholeWords');
    expect(desk.session.finding.hits.count).toBe(3);
    expect(place(desk)).toEqual([61, 64]);
  });

  test('finds nothing for no words, and goes nowhere', async () => {
    const desk = await finding('cannon');
    expect(desk.session.finding).toMatchObject({ index: -1, current: undefined });
    desk.session.finding.go(1);
    desk.session.finding.look(' ');
    expect(desk.session.finding.hits.count).toBe(0);
    expect(place(desk)).toBeUndefined();
  });

  test('marks the hit and goes on to the next, one undo step each', async () => {
    const desk = await finding('gun');
    desk.session.finding.mark(desk.label('claim'));
    desk.session.finding.mark(desk.label('denial'));
    await desk.saved();
    expect(desk.notation()).toBe(
      'The [gun](claim) was silent. [Gun](denial)s, said Teves, and the gun again: the gun!',
    );
    expect(desk.session.finding.index).toBe(2);
    expect(await desk.database.changes.count()).toBe(2);
  });

  test('marks what is selected by hand meanwhile, and stays there', async () => {
    const desk = await finding('gun');
    select(desk.session, 'Teves');
    desk.session.finding.mark(desk.label('claim'));
    await desk.saved();
    expect(desk.session.open!.spans.map(({ text }) => text)).toEqual(['Teves']);
    expect(desk.session.open!.caret).toBe(36);
  });

  test('leaves the selection at the hit when it is closed, so that a label’s key marks it', async () => {
    const desk = await finding('gun');
    desk.session.finding.go(1);
    desk.session.finding.close();
    expect(desk.session.open!.placement).toEqual({ anchor: 20, head: 23, scroll: 'still', focus: true });
    desk.session.marking.apply(desk.label('claim'));
    expect(desk.session.open!.spans.map(({ start }) => start)).toEqual([20]);
  });
});
