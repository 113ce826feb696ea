import { describe, expect, test, vi } from 'vitest';
import { newDesk, select } from '../desk.ts';
import { told, undo } from './steps.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

describe('the ends of a span', () => {
  test('are moved by characters and words, as one step of undo (W9)', async () => {
    const desk = await newDesk(['Ada [denied](denial) it again']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('end');
    ends.move('word', 1);
    ends.move('character', 1);
    ends.move('word', 1);
    expect(desk.notation()).toBe('Ada [denied](denial) it again');
    expect(open!.held).toMatchObject({ start: 4, end: 19 });
    ends.letGo();
    await desk.saved();
    expect(desk.notation()).toBe('Ada [denied it again](denial)');
    expect(open!.spans[0]).toMatchObject({ id: 's1', text: 'denied it again' });
    expect(await desk.database.changes.count()).toBe(1);
    await undo(desk);
    expect(desk.notation()).toBe('Ada [denied](denial) it again');
  });

  test('never pass each other', async () => {
    const desk = await newDesk(['Ada [denied](denial) it']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('start');
    for (let times = 0; times < 20; times++) ends.move('character', 1);
    ends.letGo();
    expect(desk.notation()).toBe('Ada denie[d](denial) it');
    ends.hold('end');
    ends.moveTo(2);
    ends.letGo();
    expect(desk.notation()).toBe('Ada denie[d](denial) it');
  });

  test('never divide what is read as one character', async () => {
    const desk = await newDesk(['Ada [denied](denial) 👩‍👩‍👧‍👦']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('end');
    ends.moveTo(14);
    ends.letGo();
    expect(open!.spans[0]!.text).toBe('denied 👩‍👩‍👧‍👦');
  });

  test('leave no spaces in the span', async () => {
    const desk = await newDesk(['Ada [denied](denial) it']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('end');
    ends.move('character', 1);
    ends.letGo();
    await desk.saved();
    expect(await desk.database.changes.count()).toBe(0);
    expect(open!.held).toBeUndefined();
  });

  test('are let go of by whatever is done next', async () => {
    const desk = await newDesk(['Ada [denied](denial) it']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('end');
    ends.move('word', 1);
    select(desk.session, 'Ada');
    expect(open!.held).toBeUndefined();
    expect(desk.notation()).toBe('Ada [denied it](denial)');
  });

  test('both move, one after the other, and the first stays moved', async () => {
    const desk = await newDesk(['Ada [denied](denial) it again']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('end');
    ends.move('word', 1);
    ends.hold('start');
    ends.move('word', -1);
    ends.letGo();
    await desk.saved();
    expect(desk.notation()).toBe('[Ada denied it](denial) again');
  });

  test('moved and removed at once come back as they were moved', async () => {
    const desk = await newDesk(['Ada [denied](denial) it again']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('end');
    ends.move('word', 1);
    marking.remove();
    await undo(desk);
    expect(desk.notation()).toBe('Ada [denied it](denial) again');
  });

  test('held and let go where they were change nothing, not even outer white space', async () => {
    const desk = await newDesk(['Ada[ denied ](denial)it']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('end');
    ends.letGo();
    await desk.saved();
    expect(desk.notation()).toBe('Ada[ denied ](denial)it');
  });

  test('are not saved before they are let go, and the status says so', async () => {
    const desk = await newDesk(['Ada [denied](denial) it again']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('end');
    expect(desk.session.saving.status).toBe('saved');
    ends.move('word', 1);
    expect(desk.session.saving.status).toBe('saving');
    ends.letGo();
    await desk.saved();
    expect(desk.session.saving.status).toBe('saved');
  });

  test('follow a drag to whole words', async () => {
    const desk = await newDesk(['Ada [denied](denial) it again']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.drag('end', 12);
    ends.drag('end', 16);
    expect(open!.held).toMatchObject({ start: 4, end: 19 });
    ends.drag('end', 12);
    ends.letGo();
    await desk.saved();
    expect(desk.notation()).toBe('Ada [denied it](denial) again');
    expect(await desk.database.changes.count()).toBe(1);
  });

  test('need a focused span', async () => {
    const desk = await newDesk(['Ada [denied](denial) it']);
    desk.session.ends.hold('start');
    expect(told(desk)).toContain('Focus a span first');
    expect(desk.session.open!.held).toBeUndefined();
  });
});
