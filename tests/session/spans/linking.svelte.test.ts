import { describe, expect, test, vi } from 'vitest';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const report =
  '[He lied](accusation), she said. [It rained](claim) and [it snowed](claim). [Not so](denial). [Leave](appeal)!';
const told = ({ session }: Desk) => session.messages.current?.text;
const spanOf = ({ session }: Desk, text: string) =>
  session.open!.spans.find((span) => span.text.startsWith(text))!;
const target = ({ session }: Desk) => session.linking.target?.text;
const targets = ({ session }: Desk) => session.linking.targets.map(({ text }) => text);
const type = ({ session }: Desk) => session.linking.current?.type.value;

/** The relations of the open document in words. */
function related({ session }: Desk): string[] {
  const text = (id: string) => session.open!.spans.find((span) => span.id === id)?.text;
  return session.open!.sheet.relations.map(
    (relation) => `${text(relation.head)} ${session.linking.type(relation).value} ${text(relation.child)}`,
  );
}

async function linking(words = 'Not so', text = report): Promise<Desk> {
  const desk = await newDesk([text]);
  desk.session.marking.goTo(spanOf(desk, words));
  desk.session.linking.start();
  return desk;
}

describe('linking', () => {
  test('starts with the narrowest type, at the nearest span before that fits, and changes nothing', async () => {
    const desk = await linking();
    expect([type(desk), target(desk), targets(desk)]).toEqual([
      'denies',
      'it snowed',
      ['He lied', 'It rained', 'it snowed'],
    ]);
    expect(told(desk)).toBe('Denial denies Claim: “it snowed”, 3 of 3. Tab goes on, Enter confirms.');
    await desk.saved();
    expect(await desk.database.changes.count()).toBe(0);
  });

  test('steps in text order around both ends', async () => {
    const desk = await linking();
    const walk = ([1, 1, -1, -1, -1] as const).map((direction) => {
      desk.session.linking.step(direction);
      return target(desk);
    });
    expect(walk).toEqual(['He lied', 'It rained', 'He lied', 'it snowed', 'It rained']);
  });

  test('makes one relation with Enter, which undo takes back, and the head keeps the focus', async () => {
    const desk = await linking();
    desk.session.linking.confirm();
    expect(related(desk)).toEqual(['Not so denies it snowed']);
    expect(desk.session.linking.current).toBeUndefined();
    expect(desk.session.open!.focused?.text).toBe('Not so');
    await desk.saved();
    desk.session.marking.undo();
    await vi.waitFor(() => expect(related(desk)).toEqual([]));
  });

  test('offers only what is not related so yet', async () => {
    const desk = await linking();
    desk.session.linking.confirm();
    desk.session.linking.start();
    expect([target(desk), targets(desk)]).toEqual(['It rained', ['He lied', 'It rained']]);
  });

  test('keeps its end over a change of type where that fits, and else takes the nearest', async () => {
    const desk = await linking();
    const walk = [1, 1, -1].map((direction) => {
      desk.session.linking.turn(direction as 1 | -1);
      return `${type(desk)} ${target(desk)}`;
    });
    expect(walk).toEqual(['rejects Leave', 'supports Leave', 'rejects Leave']);
    desk.session.linking.choose(desk.session.linking.current!.types[0]!);
    expect(target(desk)).toBe('it snowed');
  });

  test('takes clicks: the first aims, the second on the same makes it, and one beside it aims at nothing', async () => {
    const desk = await linking();
    desk.session.linking.pick([spanOf(desk, 'It rained')]);
    expect(target(desk)).toBe('It rained');
    desk.session.linking.pick([spanOf(desk, 'Leave')]);
    expect(target(desk)).toBeUndefined();
    desk.session.linking.confirm();
    expect(told(desk)).toBe('Choose the other span first: click it, or press Tab.');
    for (let clicks = 0; clicks < 2; clicks++) desk.session.linking.pick([spanOf(desk, 'It rained')]);
    expect(related(desk)).toEqual(['Not so denies It rained']);
  });

  test('aims at one after the other of spans that lie over each other', async () => {
    const desk = await linking('Not so', '[[It](claim) rained](claim). [Not so](denial)');
    const stack = desk.session.open!.index.covering(0);
    const seen = [0, 1, 2].map(() => {
      desk.session.linking.pick(stack);
      return target(desk);
    });
    expect(seen).toEqual(['It rained', 'It', 'It rained']);
  });

  test('ends without a trace on Escape, and when another span or words are chosen', async () => {
    const desk = await linking();
    desk.session.linking.leave();
    expect([desk.session.linking.current, told(desk)]).toEqual([undefined, 'No relation was made.']);
    desk.session.linking.start();
    desk.session.marking.goToNeighbour(1);
    expect(desk.session.linking.current).toBeUndefined();
    desk.session.marking.goTo(spanOf(desk, 'Not so'));
    desk.session.linking.start();
    select(desk.session, 'rained');
    expect(desk.session.linking.current).toBeUndefined();
    expect(related(desk)).toEqual([]);
  });

  test('says why it does not start', async () => {
    const desk = await newDesk(['[It rained](claim). Nothing else.']);
    desk.session.linking.start();
    expect(told(desk)).toMatch(/^Focus a span first/);
    desk.session.marking.goToNeighbour(1);
    desk.session.linking.start();
    expect(told(desk)).toBe('No relation leads from this Claim to another span here.');
  });
});

describe('a relation', () => {
  test('is reversed only where its type may lead that way, and removed, each in one step', async () => {
    const desk = await linking('it snowed');
    const { linking: verbs, open } = desk.session;
    verbs.choose(verbs.current!.types.find(({ value }) => value === 'supports')!);
    verbs.aim(spanOf(desk, 'It rained'));
    verbs.confirm();
    verbs.reverse(open!.sheet.relations[0]!);
    expect(related(desk)).toEqual(['It rained supports it snowed']);
    verbs.remove(open!.sheet.relations[0]!);
    expect(related(desk)).toEqual([]);
    await desk.saved();
    desk.session.marking.undo();
    await vi.waitFor(() => expect(related(desk)).toEqual(['It rained supports it snowed']));
  });

  test('stays as it is where the other way makes no sense', async () => {
    const desk = await linking();
    desk.session.linking.confirm();
    desk.session.linking.reverse(desk.session.open!.sheet.relations[0]!);
    expect(related(desk)).toEqual(['Not so denies it snowed']);
    expect(told(desk)).toBe('“Denies” does not lead from Claim to Denial.');
  });

  test('goes with either of its spans, and comes back with it in one undo', async () => {
    const desk = await linking();
    desk.session.linking.confirm();
    desk.session.marking.goTo(spanOf(desk, 'it snowed'));
    desk.session.marking.remove();
    expect(related(desk)).toEqual([]);
    await desk.saved();
    desk.session.marking.undo();
    await vi.waitFor(() => expect(related(desk)).toEqual(['Not so denies it snowed']));
  });
});

describe('spans that lie over each other', () => {
  const five = '[[[[[Ada](claim)](denial)](appeal) denied](accusation) it](claim) again';
  const at = ({ session }: Desk) => session.label(session.open!.focused!.label).value;

  test('are reached by key one after the other, outwards and back, also where they coincide', async () => {
    const desk = await newDesk([five]);
    desk.session.selecting.select(1, 1, 'exact');
    const ids = (direction: 1 | -1) =>
      [0, 1, 2, 3, 4].map(() => {
        desk.session.stack.step(direction);
        return desk.session.open!.focused!.id;
      });
    const outwards = ids(1);
    expect(new Set(outwards).size).toBe(5);
    expect(outwards).toEqual(desk.session.stack.here.map(({ id }) => id));
    expect(desk.session.open!.voice).toBe('Claim, 5 of 5 here');
    expect(ids(-1)).toEqual([...outwards].reverse().slice(1).concat(outwards.at(-1)!));
    expect(desk.session.open!.caret).toBe(1);
  });

  test('start at the outermost when one goes inwards first', async () => {
    const desk = await newDesk([five]);
    desk.session.selecting.select(1, 1, 'exact');
    desk.session.stack.step(-1);
    expect([desk.session.open!.focused!.text, at(desk)]).toEqual(['Ada denied it', 'claim']);
  });

  test('are those at the focused span when the caret is elsewhere', async () => {
    const desk = await newDesk([`${five}. [Ben](claim) left`]);
    desk.session.selecting.select(1, 1, 'exact');
    desk.session.open!.focus(spanOf(desk, 'Ben').id);
    expect(desk.session.stack.here.map(({ text }) => text)).toEqual(['Ben']);
  });

  test('are none where the caret stands on bare words', async () => {
    const desk = await newDesk([five]);
    desk.session.selecting.select(17, 17, 'exact');
    desk.session.stack.step(1);
    expect(told(desk)).toBe('There is no span at the caret.');
  });
});
