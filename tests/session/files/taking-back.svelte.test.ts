import { describe, expect, test, vi } from 'vitest';
import { incomingFile } from '../../formats/reading.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const titles = (session: Desk['session']) => session.shelf.present.map(({ title }) => title);
const threat = { text: 'Ben denied it', spans: [{ start: 0, end: 3, text: 'Ben', label: 'threat' }] };

async function imported(desk: Desk): Promise<void> {
  const line = incomingFile('ben.jsonl', `${JSON.stringify({ ...threat, title: 'ben' })}\n`);
  await desk.session.importing.files([line, incomingFile('cem.txt', 'Cem was there')]);
}

const takeBack = (desk: Desk) => desk.session.messages.current!.action!.run();

describe('an import is taken back as one step', () => {
  test('its documents are gone, also after a reload, and so are the labels that came with it', async () => {
    const desk = await newDesk(['Ada denied it.']);
    const before = titles(desk.session);
    await imported(desk);
    expect(titles(desk.session)).toEqual([...before, 'ben', 'cem.txt']);
    takeBack(desk);
    await vi.waitFor(() => expect(titles(desk.session)).toEqual(before));
    await desk.saved();
    expect(desk.session.labels.map(({ value }) => value)).not.toContain('threat');
    expect(titles(await desk.sit())).toEqual(before);
  });

  test('and is there again when that is taken back, with every span', async () => {
    const desk = await newDesk([]);
    await imported(desk);
    takeBack(desk);
    await vi.waitFor(() => expect(titles(desk.session)).toEqual([]));
    await desk.saved();
    const [step] = desk.session.recent.list;
    expect(step).toMatchObject({ isUndone: true, change: { title: 'Imported 2 documents' } });
    expect(await desk.session.recent.toggle(step!)).toBeUndefined();
    await vi.waitFor(() => expect(titles(desk.session)).toEqual(['ben', 'cem.txt']));
    await desk.session.openDocument(desk.session.shelf.present[0]!.id);
    expect(desk.notation()).toBe('[Ben](threat) denied it');
    expect(titles(await desk.sit())).toEqual(['ben', 'cem.txt']);
  });

  test('in every tab, also where one of its documents is open', async () => {
    const desk = await newDesk(['Ada denied it.']);
    const other = await desk.sit();
    await imported(desk);
    await vi.waitFor(() => expect(titles(other)).toContain('ben'));
    const id = other.shelf.present.find(({ title }) => title === 'ben')!.id;
    await other.openDocument(id);
    takeBack(desk);
    await vi.waitFor(() => expect(other.open).toBeUndefined());
    expect(titles(other)).not.toContain('ben');
    await other.openDocument(id);
    expect(other.open).toBeUndefined();
  });

  test('not while a label that came with it is in use on a document that stays', async () => {
    const desk = await newDesk(['Ada denied it.']);
    await imported(desk);
    const action = desk.session.messages.current!.action!;
    const stays = desk.session.shelf.present.find(({ title }) => title !== 'ben' && title !== 'cem.txt')!;
    await desk.session.openDocument(stays.id);
    select(desk.session, 'Ada');
    desk.session.marking.apply(desk.session.labels.find(({ value }) => value === 'threat')!);
    await desk.saved();
    action.run();
    await vi.waitFor(() =>
      expect(desk.session.messages.alarm).toMatch(/“Threat”.*in use on other documents/),
    );
    expect(titles(desk.session)).toContain('ben');
    expect(desk.notation()).toBe('[Ada](threat) denied it.');
  });

  test('not while something is marked on its documents: that is taken back first', async () => {
    const desk = await newDesk([]);
    await imported(desk);
    const action = desk.session.messages.current!.action!;
    await desk.session.openDocument(desk.session.shelf.present[1]!.id);
    select(desk.session, 'Cem');
    desk.session.marking.apply(desk.label('claim'));
    await desk.saved();
    action.run();
    await vi.waitFor(() => expect(desk.session.messages.alarm).toMatch(/builds on it/));
    expect(titles(desk.session)).toEqual(['ben', 'cem.txt']);
  });

  test('spans that it added to a text that was here go, and the text stays', async () => {
    const desk = await newDesk(['Ben denied it']);
    await imported(desk);
    expect(desk.notation()).toBe('[Ben](threat) denied it');
    takeBack(desk);
    await vi.waitFor(() => expect(desk.notation()).toBe('Ben denied it'));
    await desk.saved();
    expect(titles(desk.session)).toHaveLength(1);
  });
});
