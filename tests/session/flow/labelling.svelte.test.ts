import { describe, expect, test, vi } from 'vitest';
import { makeLabel } from '../../../src/session/schemes/make-label.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const told = ({ session }: Desk) => session.messages.current?.text;

describe('while one keeps labelling', () => {
  async function keeping(notation?: string) {
    const desk = await newDesk(notation === undefined ? undefined : [notation]);
    desk.session.marking.toggleKeeping();
    return { desk, session: desk.session, marking: desk.session.marking, hand: desk.session.hand };
  }

  test('a label pressed with nothing selected and nothing focused is taken in hand', async () => {
    const { desk, marking, hand } = await keeping();
    marking.apply(desk.label('denial'));
    expect(hand.inHand?.name).toBe('Denial');
    expect(told(desk)).toBe('Denial in hand: what you select is marked with it.');
    expect(desk.notation()).toBe('Ada denied it, “all of it”, he said.');
  });

  test('a selection is marked with the label in hand, each in a step of its own', async () => {
    const { desk, session, marking } = await keeping('Ada denied it');
    marking.apply(desk.label('denial'));
    for (const words of ['Ada', 'denied']) {
      select(session, words);
      marking.applyInHand();
    }
    expect(desk.notation()).toBe('[Ada](denial) [denied](denial) it');
    await desk.saved();
    marking.undo();
    await vi.waitFor(() => expect(desk.notation()).toBe('[Ada](denial) denied it'));
  });

  test('a drag by hand still means whole words', async () => {
    const { desk, session, marking } = await keeping('Ada denied it');
    marking.apply(desk.label('denial'));
    session.selecting.select(5, 8, 'hand');
    session.selecting.settle();
    marking.applyInHand();
    expect(desk.notation()).toBe('Ada [denied](denial) it');
  });

  test('what was marked is not focused, so that the next key takes another label in hand', async () => {
    const { desk, session, marking, hand } = await keeping('Ada denied it');
    select(session, 'Ada');
    marking.apply(desk.label('claim'));
    expect([session.open!.focused, hand.inHand?.value]).toEqual([undefined, 'claim']);
    marking.apply(desk.label('appeal'));
    expect([desk.notation(), hand.inHand?.value]).toEqual(['[Ada](claim) denied it', 'appeal']);
  });

  test('another label marks a selection without leaving the hand', async () => {
    const { desk, session, marking, hand } = await keeping('Ada denied it');
    marking.apply(desk.label('claim'));
    select(session, 'denied');
    marking.apply(desk.label('denial'));
    expect([desk.notation(), hand.inHand?.value]).toEqual(['Ada [denied](denial) it', 'claim']);
  });

  test('the label is put down by its own key, and by ending', async () => {
    const { desk, marking, hand } = await keeping();
    marking.apply(desk.label('claim'));
    marking.apply(desk.label('claim'));
    expect(hand.inHand).toBeUndefined();
    marking.apply(desk.label('claim'));
    marking.toggleKeeping();
    expect([hand.keeps, hand.inHand]).toEqual([false, undefined]);
  });

  test('a label that is deleted is in hand no longer', async () => {
    const { desk, session, marking, hand } = await keeping();
    marking.apply(desk.label('claim'));
    session.scheme.delete('labels', desk.label('claim').id);
    expect(hand.inHand).toBeUndefined();
  });

  test('a focused span is relabelled as ever', async () => {
    const { desk, marking, hand } = await keeping('[Ada](claim) denied it');
    marking.goToNeighbour(1);
    marking.apply(desk.label('denial'));
    expect([desk.notation(), hand.inHand]).toEqual(['[Ada](denial) denied it', undefined]);
  });
});

test('the labels used last come first', async () => {
  const desk = await newDesk(['Ada denied it']);
  for (const [words, label] of [
    ['Ada', 'claim'],
    ['denied', 'denial'],
    ['it', 'claim'],
  ] as const) {
    select(desk.session, words);
    desk.session.marking.apply(desk.label(label));
  }
  expect(desk.session.hand.recent.map(({ value }) => value)).toEqual(['claim', 'denial']);
});

describe('a label made while marking', () => {
  test('has the next free key and colour, and marks', async () => {
    const desk = await newDesk(['Ada denied it']);
    const { session } = desk;
    select(session, 'Ada');
    const label = makeLabel(session, session.scheme, ' Rhetorical  question ')!;
    session.marking.apply(label);
    expect([label.name, label.value, label.key, label.colour]).toEqual([
      'Rhetorical question',
      'rhetorical_question',
      '5',
      4,
    ]);
    expect(desk.notation()).toBe('[Ada](rhetorical_question) denied it');
  });

  test('is the one that is there, if there is one of that name', async () => {
    const { session, label } = await newDesk().then((desk) => ({
      session: desk.session,
      label: desk.label('claim'),
    }));
    expect(makeLabel(session, session.scheme, 'Claim')?.id).toBe(label.id);
    expect(session.labels).toHaveLength(4);
  });
});
