import { describe, expect, test, vi } from 'vitest';
import { schemeFrom } from '../../../src/core/schemes/plan.ts';
import { startingSchemes } from '../../../src/core/schemes/starting.ts';
import { sheetFromLog } from '../../../src/storage/documents.ts';
import { everything } from '../../storage/workspace.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const reports = ['[Ada](claim) [denied](denial) it', '[Ben](claim) was [[there](denial) too](claim)'];

const told = ({ session }: Desk) => session.messages.current?.text;
const values = ({ session }: Desk) => session.labels.map(({ value }) => value);
const scheme = ({ session }: Desk) => session.project.scheme;

async function step(desk: Desk, direction: 'undo' | 'redo'): Promise<void> {
  await desk.session.scheme[direction]();
  await desk.saved();
}

/** What is stored of the documents: all of it but projects, the log and settings. */
async function stored({ database }: Desk): Promise<unknown> {
  const { projects: _, changes: __, preferences: ___, ...rest } = await everything(database);
  return rest;
}

describe('a label', () => {
  test('is added with a machine name of its own, in one step', async () => {
    const desk = await newDesk(reports);
    expect(
      desk.session.scheme.add('labels', { name: 'Claim too', value: 'claim', colour: 5 }),
    ).toBeUndefined();
    await desk.saved();
    expect(desk.session.labels.at(-1)).toMatchObject({ name: 'Claim too', value: 'claim_2', colour: 5 });
    expect(await desk.database.changes.count()).toBe(1);
    await step(desk, 'undo');
    expect(values(desk)).toEqual(['claim', 'denial', 'appeal', 'accusation']);
    await step(desk, 'redo');
    expect(values(desk)).toEqual(['claim', 'denial', 'appeal', 'accusation', 'claim_2']);
  });

  test('is renamed, recoloured, given a key and moved, without a span being touched (A47)', async () => {
    const desk = await newDesk(reports);
    const before = await stored(desk);
    const { id } = desk.label('claim');
    const { scheme: verbs } = desk.session;
    verbs.update('labels', id, { name: 'Statement', value: 'statement' });
    verbs.update('labels', id, { colour: 9 });
    verbs.update('labels', id, { key: 'y' });
    verbs.move('labels', id, 2);
    await desk.saved();
    expect(values(desk)).toEqual(['denial', 'appeal', 'statement', 'accusation']);
    expect(desk.notation()).toBe('[Ada](statement) [denied](denial) it');
    expect(await stored(desk)).toEqual(before);
    const changes = await desk.database.changes.toArray();
    expect(changes.every(({ documentIds, kind }) => documentIds.length === 0 && kind === 'scheme')).toBe(
      true,
    );
    for (let turn = 0; turn < 4; turn++) await step(desk, 'undo');
    expect(scheme(await reloaded(desk))).toEqual(await schemeAtStart(desk));
  });

  test('refuses a key that another has, and says whose it is', async () => {
    const desk = await newDesk(reports);
    const { id } = desk.label('claim');
    expect(desk.session.scheme.update('labels', id, { key: '2' })).toMatch(
      /^The key 2 belongs to “Claim” already/,
    );
    expect(told(desk)).toContain('Denial');
    expect(desk.label('claim').key).toBe('1');
    expect(desk.session.scheme.update('labels', id, { key: 's' })).toContain('Speaker');
    expect(await desk.database.changes.count()).toBe(0);
  });

  test('that is changed into itself is no step', async () => {
    const desk = await newDesk(reports);
    desk.session.scheme.update('labels', desk.label('claim').id, { name: 'Claim' });
    desk.session.scheme.move('labels', desk.label('claim').id, -1);
    await desk.saved();
    expect(await desk.database.changes.count()).toBe(0);
  });
});

/** The same scheme as the workspace started with, for comparison. */
async function schemeAtStart(desk: Desk) {
  const [first] = await desk.database.changes.orderBy(':id').limit(1).toArray();
  const entry = first?.updated[0]?.before;
  return entry?.type === 'project' ? entry.value.scheme : undefined;
}

async function reloaded(desk: Desk): Promise<Desk> {
  await desk.saved();
  const session = await desk.sit();
  return Object.assign(Object.create(desk) as Desk, { session });
}

describe('a merge', () => {
  test('lets spans count as the other label, in the text and in the list, and is undone (A47)', async () => {
    const desk = await newDesk(reports);
    const before = await stored(desk);
    desk.session.scheme.merge(desk.label('denial').id, desk.label('claim').id);
    await desk.saved();
    expect(told(desk)).toBe('Merged “Denial” into “Claim”.');
    expect(desk.notation()).toBe('[Ada](claim) [denied](claim) it');
    expect(desk.session.shelf.get('report-2')!.counts).toEqual({
      spans: 3,
      byLabel: { [desk.label('claim').id]: 3 },
    });
    expect(await stored(desk)).toEqual(before);
    await step(desk, 'undo');
    expect(desk.notation()).toBe('[Ada](claim) [denied](denial) it');
  });

  test('leaves a span alone that is relabelled to what it counts as already', async () => {
    const desk = await newDesk(reports);
    desk.session.scheme.merge(desk.label('denial').id, desk.label('claim').id);
    const span = desk.session.open!.spans.find(({ text }) => text === 'denied')!;
    desk.session.open!.focus(span.id);
    desk.session.marking.apply(desk.label('claim'));
    expect(told(desk)).toBe('This span is Claim already.');
  });
});

describe('deleting a label', () => {
  test('hides its spans everywhere, and undo brings back every one (A47)', async () => {
    const desk = await newDesk(reports);
    const before = await stored(desk);
    const counts = desk.session.shelf.all.map((document) => document.counts);
    const { id } = desk.label('claim');
    desk.session.scheme.delete('labels', id);
    await desk.saved();
    expect(desk.notation()).toBe('Ada [denied](denial) it');
    expect(desk.session.shelf.all.map((document) => document.counts.spans)).toEqual([1, 1]);
    expect(values(desk)).not.toContain('claim');
    expect(await stored(desk)).toEqual(before);
    await step(desk, 'undo');
    expect(desk.notation()).toBe('[Ada](claim) [denied](denial) it');
    expect(desk.session.shelf.all.map((document) => document.counts)).toEqual(counts);
    expect(values(desk)[0]).toBe('claim');
  });

  test('keeps what is marked meanwhile, and restoring brings back the rest, after a reload as well (A47)', async () => {
    const desk = await newDesk(reports);
    const { id } = desk.label('claim');
    desk.session.scheme.delete('labels', id);
    select(desk.session, 'it');
    desk.session.marking.apply(desk.label('appeal'));
    const later = await reloaded(desk);
    later.session.scheme.restore('labels', id);
    await later.session.openDocument('report-1');
    await desk.saved(later.session);
    expect(desk.notation(later.session)).toBe('[Ada](claim) [denied](denial) [it](appeal)');
    expect((await sheetFromLog(desk.database, 'report-1')).spans).toHaveLength(3);
  });

  test('gives its key away, and goes without one when it is restored', async () => {
    const desk = await newDesk(reports);
    const { id } = desk.label('claim');
    desk.session.scheme.delete('labels', id);
    expect(desk.session.scheme.update('labels', desk.label('denial').id, { key: '1' })).toBeUndefined();
    expect(desk.session.scheme.restore('labels', id)).toBeUndefined();
    expect(desk.label('claim')).not.toHaveProperty('key');
    expect(desk.label('denial').key).toBe('1');
  });
});

test('rules for all labels are set and taken away, each in a step', async () => {
  const desk = await newDesk(reports);
  const before = scheme(desk).guideline;
  desk.session.scheme.setGuideline('Be brief.');
  desk.session.scheme.setGuideline('  ');
  await desk.saved();
  expect(scheme(desk)).not.toHaveProperty('guideline');
  await step(desk, 'undo');
  expect(scheme(desk).guideline).toBe('Be brief.');
  await step(desk, 'undo');
  expect(scheme(desk).guideline).toBe(before);
  await step(desk, 'undo');
  expect(told(desk)).toBe('There is nothing to undo in the scheme.');
});

test('a plan is added in one step, and what is there already stays', async () => {
  const desk = await newDesk(reports);
  const { plan } = startingSchemes.find(({ id }) => id === 'arguments')!;
  desk.session.scheme.addPlan(plan, 'Added argument components');
  await desk.saved();
  expect(values(desk)).toEqual(['claim', 'denial', 'appeal', 'accusation', 'major_claim', 'premise']);
  expect(desk.notation()).toBe('[Ada](claim) [denied](denial) it');
  await step(desk, 'undo');
  expect(values(desk)).toEqual(['claim', 'denial', 'appeal', 'accusation']);
});

describe('two tabs that edit the scheme', () => {
  test('both keep what the other has done', async () => {
    const desk = await newDesk(reports);
    const other = await desk.sit();
    desk.session.scheme.update('labels', desk.label('claim').id, { name: 'Statement' });
    other.scheme.add('labels', { name: 'Threat', value: 'threat', colour: 4 });
    await desk.saved();
    await desk.saved(other);
    for (const session of [desk.session, other])
      await vi.waitFor(() =>
        expect(session.labels.map(({ name }) => name)).toEqual([
          'Statement',
          'Denial',
          'Appeal',
          'Accusation',
          'Threat',
        ]),
      );
  });

  test('that gave away one key each can still mend it', async () => {
    const desk = await newDesk(reports);
    const other = await desk.sit();
    desk.session.scheme.update('labels', desk.label('claim').id, { key: 'g' });
    other.scheme.update('labels', desk.label('denial', other).id, { key: 'g' });
    await vi.waitFor(() => expect(desk.label('denial').key).toBe('g'));
    expect(desk.label('claim').key).toBe('g');
    expect(desk.session.scheme.update('labels', desk.label('appeal').id, { name: 'Plea' })).toBeUndefined();
    expect(desk.session.scheme.update('labels', desk.label('claim').id, { key: '1' })).toBeUndefined();
  });
});

describe('recent changes', () => {
  const titles = (desk: Desk) =>
    desk.session.recent.list.map(({ change, isUndone }) => `${change.title}${isUndone ? ' (undone)' : ''}`);
  const find = (desk: Desk, title: string) =>
    desk.session.recent.list.find(({ change }) => change.title.startsWith(title))!;

  test('are listed newest first, and each is taken back and done again by itself', async () => {
    const desk = await newDesk(reports);
    select(desk.session, 'it');
    desk.session.marking.apply(desk.label('appeal'));
    desk.session.scheme.update('labels', desk.label('claim').id, { name: 'Statement' });
    await desk.saved();
    await vi.waitFor(() => expect(titles(desk)).toHaveLength(2));
    expect(titles(desk)).toEqual(['Changed “Claim”', 'Marked Appeal: “it”']);
    expect(await desk.session.recent.toggle(find(desk, 'Marked'))).toBeUndefined();
    await vi.waitFor(() => expect(titles(desk)[1]).toBe('Marked Appeal: “it” (undone)'));
    expect(desk.notation()).toBe('[Ada](claim) [denied](denial) it');
    expect(desk.session.labels[0]!.name).toBe('Statement');
    await desk.session.recent.toggle(find(desk, 'Marked'));
    await vi.waitFor(() => expect(titles(desk)[1]).toBe('Marked Appeal: “it”'));
    expect(desk.notation()).toBe('[Ada](claim) [denied](denial) [it](appeal)');
    await desk.session.recent.toggle(find(desk, 'Marked'));
    await vi.waitFor(() => expect(titles(desk)[1]).toBe('Marked Appeal: “it” (undone)'));
  });

  test('are there after a reload', async () => {
    const desk = await newDesk(reports);
    desk.session.scheme.update('labels', desk.label('claim').id, { name: 'Statement' });
    const later = await reloaded(desk);
    await later.session.recent.recall();
    expect(titles(later)).toEqual(['Changed “Claim”']);
    await later.session.scheme.undo();
    await desk.saved(later.session);
    expect(later.session.labels[0]!.name).toBe('Claim');
  });

  test('are taken back one by one, however fast they are asked for', async () => {
    const desk = await newDesk(reports);
    const { id } = desk.label('claim');
    for (const name of ['One', 'Two', 'Three']) desk.session.scheme.update('labels', id, { name });
    await Promise.all([desk.session.scheme.undo(), desk.session.scheme.undo(), desk.session.scheme.undo()]);
    await desk.saved();
    expect(desk.session.labels[0]!.name).toBe('Claim');
    await Promise.all([desk.session.scheme.redo(), desk.session.scheme.redo()]);
    await desk.saved();
    expect(desk.session.labels[0]!.name).toBe('Two');
  });

  test('are not taken back where that would give a key to two labels', async () => {
    const desk = await newDesk(reports);
    desk.session.scheme.delete('labels', desk.label('claim').id);
    desk.session.scheme.update('labels', desk.label('denial').id, { key: '1' });
    await desk.saved();
    await vi.waitFor(() => expect(titles(desk)).toHaveLength(2));
    expect(await desk.session.recent.toggle(find(desk, 'Deleted'))).toMatch(/^The key 1 belongs to/);
    expect(values(desk)).not.toContain('claim');
  });

  test('of the scheme are undone from the newest, and a new one ends what could be done again', async () => {
    const desk = await newDesk(reports);
    const { id } = desk.label('claim');
    for (const name of ['One', 'Two']) desk.session.scheme.update('labels', id, { name });
    await step(desk, 'undo');
    expect(desk.label('claim').name).toBe('One');
    desk.session.scheme.update('labels', id, { name: 'Three' });
    await desk.saved();
    await step(desk, 'redo');
    expect(told(desk)).toBe('There is nothing to redo in the scheme.');
    await step(desk, 'undo');
    expect(desk.label('claim').name).toBe('One');
    await step(desk, 'undo');
    expect(desk.label('claim').name).toBe('Claim');
  });

  test('of the scheme do not count a project that was made', async () => {
    const desk = await newDesk(reports);
    await desk.session.projects.create('Bridges', schemeFrom({ labels: [] }));
    await step(desk, 'undo');
    expect(told(desk)).toBe('There is nothing to undo in the scheme.');
  });
});
