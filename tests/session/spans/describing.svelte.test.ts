import { describe, expect, test, vi } from 'vitest';
import type { Attribute } from '../../../src/core/scheme.ts';
import { newDesk, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const reports = ['[Ada](claim) [denied](denial) it, [urged](appeal) them', '[Ben](claim) was there'];
const attribute = ({ session }: Desk, value: string) =>
  session.project.scheme.attributes.find((one) => one.value === value)!;
const told = ({ session }: Desk) => session.messages.current?.text;
const open = ({ session }: Desk) => session.open!;
const spanOf = (desk: Desk, text: string) => open(desk).spans.find((span) => span.text === text)!;
const said = (desk: Desk, text: string) => spanOf(desk, text).attributes;

function focus(desk: Desk, text: string) {
  desk.session.marking.goTo(spanOf(desk, text));
  return spanOf(desk, text);
}

async function undo(desk: Desk): Promise<void> {
  const before = desk.session.messages.current;
  desk.session.marking.undo();
  await vi.waitFor(() => expect(desk.session.messages.current).not.toBe(before), { interval: 2 });
  await desk.saved();
}

describe('describing a span', () => {
  test('says something of it in one step of undo, and leaves its place and label alone', async () => {
    const desk = await newDesk(reports);
    const before = focus(desk, 'denied');
    desk.session.describing.set(before, attribute(desk, 'kind'), 'deny');
    expect(told(desk)).toBe('Kind: deny');
    await desk.saved();
    const { updatedAt, ...after } = spanOf(desk, 'denied');
    expect({ ...after, updatedAt: before.updatedAt }).toEqual({ ...before, attributes: { kind: 'deny' } });
    expect(updatedAt > before.updatedAt).toBe(true);
    await undo(desk);
    expect(spanOf(desk, 'denied')).toEqual(before);
  });

  test('writes nothing when it says the same again', async () => {
    const desk = await newDesk(reports);
    const { describing } = desk.session;
    describing.set(focus(desk, 'denied'), attribute(desk, 'kind'), 'deny');
    describing.set(spanOf(desk, 'denied'), attribute(desk, 'kind'), 'deny');
    describing.add(spanOf(desk, 'denied'), attribute(desk, 'speaker'), '  ');
    describing.setNote(spanOf(desk, 'denied'), ' ');
    await desk.saved();
    expect(await desk.database.changes.count()).toBe(1);
  });

  test('adds names to those there are, each once and as typed, and takes them away', async () => {
    const desk = await newDesk(reports);
    const { describing } = desk.session;
    const speaker = attribute(desk, 'speaker');
    focus(desk, 'denied');
    for (const name of ['  ada', 'Ben', 'Ben']) describing.add(spanOf(desk, 'denied'), speaker, name);
    expect(said(desk, 'denied')).toEqual({ speaker: ['ada', 'Ben'] });
    describing.drop(spanOf(desk, 'denied'), speaker, 'ada');
    expect(said(desk, 'denied')).toEqual({ speaker: ['Ben'] });
    describing.drop(spanOf(desk, 'denied'), speaker, 'Ben');
    expect(said(desk, 'denied')).toEqual({});
  });

  test('keeps the shape of what a file has put beside the names', async () => {
    const desk = await newDesk(reports);
    const { describing } = desk.session;
    const speaker = attribute(desk, 'speaker');
    describing.set(focus(desk, 'denied'), speaker, [{ party: 'x' }]);
    describing.add(spanOf(desk, 'denied'), speaker, 'Ada');
    expect(said(desk, 'denied')).toEqual({ speaker: [{ party: 'x' }, 'Ada'] });
  });

  test('puts a single name in the place of the one before', async () => {
    const desk = await newDesk(reports);
    const { several: _, ...single } = attribute(desk, 'speaker');
    focus(desk, 'denied');
    desk.session.describing.add(spanOf(desk, 'denied'), single as Attribute, 'Ada');
    desk.session.describing.add(spanOf(desk, 'denied'), single as Attribute, 'Ben');
    expect(said(desk, 'denied')).toEqual({ speaker: 'Ben' });
  });

  test('forgets what a file has said under a name of its own', async () => {
    const desk = await newDesk(reports);
    const span = focus(desk, 'Ada');
    desk.session.describing.set(span, { ...attribute(desk, 'kind'), value: 'score' }, 3);
    desk.session.describing.forget(spanOf(desk, 'Ada'), 'score');
    expect(said(desk, 'Ada')).toEqual({});
    await undo(desk);
    expect(said(desk, 'Ada')).toEqual({ score: 3 });
  });

  test('turns an attribute from option to option and back to nothing', async () => {
    const desk = await newDesk(reports);
    const kind = attribute(desk, 'kind');
    focus(desk, 'denied');
    const turns = [0, 1, 2].map(() => {
      desk.session.describing.turn(kind);
      return said(desk, 'denied')['kind'];
    });
    expect(turns).toEqual(['deny', 'reject', undefined]);
    expect(told(desk)).toBe('Cleared Kind');
  });

  test('turns yes-no over yes, no and unsaid', async () => {
    const desk = await newDesk(reports);
    const sure: Attribute = { ...attribute(desk, 'certainty'), type: 'yes-no' };
    focus(desk, 'denied');
    const turns = [0, 1, 2].map(() => {
      desk.session.describing.turn(sure);
      return said(desk, 'denied')['certainty'];
    });
    expect(turns).toEqual([true, false, undefined]);
    desk.session.describing.turn(sure, -1);
    expect(said(desk, 'denied')['certainty']).toBe(false);
  });

  test('refuses what the label does not have, and what no span is focused for', async () => {
    const desk = await newDesk(reports);
    desk.session.describing.turn(attribute(desk, 'kind'));
    expect(told(desk)).toBe('Focus a span first: click it, or press N for the next one.');
    focus(desk, 'Ada');
    desk.session.describing.turn(attribute(desk, 'kind'));
    expect(told(desk)).toBe('Claim has no kind.');
    await desk.saved();
    expect(await desk.database.changes.count()).toBe(0);
  });

  test('takes the speaker of the nearest span before that has one', async () => {
    const desk = await newDesk(reports);
    const { describing } = desk.session;
    focus(desk, 'urged');
    describing.copySpeaker();
    expect(told(desk)).toBe('No span before this one has a speaker.');
    describing.set(spanOf(desk, 'Ada'), attribute(desk, 'speaker'), ['Velt', 'Holt']);
    describing.copySpeaker();
    expect(said(desk, 'urged')).toEqual({ speaker: ['Velt', 'Holt'] });
    expect(said(desk, 'denied')).toEqual({});
  });
});

describe('a note', () => {
  test('is saved when it is kept, trimmed, in one step', async () => {
    const desk = await newDesk(reports);
    const { describing } = desk.session;
    const span = focus(desk, 'denied');
    for (const typed of ['w', 'why', ' why not ']) describing.writeNote(span, typed);
    expect(spanOf(desk, 'denied').note).toBeUndefined();
    expect(desk.session.saving.status).toBe('saving');
    describing.keepNote();
    await desk.saved();
    expect(spanOf(desk, 'denied').note).toBe('why not');
    await undo(desk);
    expect('note' in spanOf(desk, 'denied')).toBe(false);
  });

  test('that is dropped leaves the one before, and one that is emptied is gone', async () => {
    const desk = await newDesk(reports);
    const { describing } = desk.session;
    describing.setNote(focus(desk, 'denied'), 'why');
    describing.writeNote(spanOf(desk, 'denied'), 'why n');
    describing.dropNote();
    await desk.saved();
    expect(spanOf(desk, 'denied').note).toBe('why');
    describing.setNote(spanOf(desk, 'denied'), '');
    expect('note' in spanOf(desk, 'denied')).toBe(false);
  });

  test('goes to its own span and document, wherever one goes before it is saved', async () => {
    const desk = await newDesk(reports);
    const { describing } = desk.session;
    describing.writeNote(focus(desk, 'denied'), 'first');
    describing.writeNote(focus(desk, 'urged'), 'second');
    await desk.session.openDocument('report-2');
    expect(open(desk).id).toBe('report-2');
    expect(desk.session.open!.spans.map(({ text, note }) => [text, note])).toEqual([['Ben', undefined]]);
    await desk.saved();
    await desk.session.openDocument('report-1');
    expect(open(desk).spans.map(({ text, note }) => [text, note])).toEqual([
      ['Ada', undefined],
      ['denied', 'first'],
      ['urged', 'second'],
    ]);
  });

  test('does not take back what has been said of the span while it was written', async () => {
    const desk = await newDesk(reports);
    const { describing } = desk.session;
    describing.writeNote(focus(desk, 'denied'), 'why');
    desk.session.marking.apply(desk.label('claim'));
    describing.keepNote();
    expect(desk.session.label(spanOf(desk, 'denied').label).value).toBe('claim');
    expect(spanOf(desk, 'denied').note).toBe('why');
  });
});

describe('the names in use', () => {
  const complete = (desk: Desk, typed: string, taken: readonly string[] = []) =>
    desk.session.names.completions(attribute(desk, 'speaker'), typed, taken);

  test('are those of this session, and of the whole project once they are asked for', async () => {
    const desk = await newDesk(reports);
    const { describing } = desk.session;
    describing.add(focus(desk, 'denied'), attribute(desk, 'speaker'), 'Mike Holt');
    await desk.saved();
    await vi.waitFor(() => expect(complete(desk, 'ho')).toEqual(['Mike Holt']));
    const later = await desk.sit();
    expect(later.names.completions(attribute(desk, 'speaker'), '', [])).toEqual([]);
    await later.names.load();
    expect(later.names.completions(attribute(desk, 'speaker'), '', [])).toEqual(['Mike Holt']);
    expect(later.names.completions(attribute(desk, 'target'), '', [])).toEqual([]);
  });
});
