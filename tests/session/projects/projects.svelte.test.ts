import { describe, expect, test, vi } from 'vitest';
import { schemeFrom } from '../../../src/core/schemes/plan.ts';
import { startingSchemes } from '../../../src/core/schemes/starting.ts';
import { failingRead, shelve } from '../../storage/workspace.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const reports = ['[Ada](claim) [denied](denial) it', 'Ben was there'];
const entities = () => schemeFrom(startingSchemes.find(({ id }) => id === 'entities')!.plan);
const names = ({ projects }: Desk) => projects.living.map(({ name }) => name);

/** A desk with a second project that has a document of its own. */
async function deskWithTwo(): Promise<{ desk: Desk; id: string }> {
  const desk = await newDesk(reports);
  const id = (await desk.session.projects.create('  Names \n of rivers ', entities()))!;
  await shelve(desk.database, { id: 'river', title: 'River', projectId: id }, 'The Ane is long');
  await vi.waitFor(() => expect(names(desk)).toHaveLength(2));
  return { desk, id };
}

describe('a project', () => {
  test('is made with a scheme and a name of one line', async () => {
    const { desk, id } = await deskWithTwo();
    expect(names(desk)).toEqual(['My reports', 'Names of rivers']);
    expect(await desk.database.projects.get(id)).toMatchObject({ name: 'Names of rivers' });
    expect(await desk.session.projects.create('   ', entities())).toBeDefined();
    await vi.waitFor(() => expect(names(desk)).toContain('Untitled project'));
  });

  test('is gone over to, with its own documents and labels, and is open again after a reload', async () => {
    const { desk, id } = await deskWithTwo();
    expect(await desk.projects.switchTo(id)).toBe(true);
    const { session } = desk.projects;
    expect(session.project.id).toBe(id);
    expect(session.labels.map(({ value }) => value)).toEqual(['PER', 'ORG', 'LOC', 'MISC']);
    expect(session.shelf.all.map(({ title }) => title)).toEqual(['River']);
    await vi.waitFor(async () => expect((await desk.sit()).project.id).toBe(id));
  });

  test('that is open, deleted or not there is not gone over to', async () => {
    const { desk, id } = await deskWithTwo();
    const { session } = desk.projects;
    expect(await desk.projects.switchTo('first')).toBe(false);
    expect(await desk.projects.switchTo('nowhere')).toBe(false);
    await desk.session.projects.setDeleted(desk.projects.living[1]!, true);
    expect(await desk.projects.switchTo(id)).toBe(false);
    expect(desk.projects.session).toBe(session);
  });

  test('stays open until all that was done in it is saved', async () => {
    const { desk, id } = await deskWithTwo();
    const session = desk.projects.session;
    vi.spyOn(session, 'settle').mockResolvedValue(false);
    expect(await desk.projects.switchTo(id)).toBe(false);
    expect(desk.projects.session).toBe(session);
    expect(session.messages.alarm).toMatch(/^Some work is not saved yet/);
  });

  test('is renamed for every tab', async () => {
    const { desk } = await deskWithTwo();
    desk.session.projects.rename(' Bridges  of Velt ');
    desk.session.projects.rename('  ');
    await vi.waitFor(() => expect(names(desk)).toContain('Bridges of Velt'));
    expect(desk.session.project.name).toBe('Bridges of Velt');
  });

  test('is put away with all that is in it, and comes back whole', async () => {
    const { desk, id } = await deskWithTwo();
    const rivers = desk.projects.living[1]!;
    expect(await desk.session.projects.setDeleted(rivers, true)).toBe(true);
    await vi.waitFor(() => expect(names(desk)).toEqual(['My reports']));
    expect(await desk.database.documents.get('river')).toBeDefined();
    const { text, action } = desk.session.messages.current!;
    expect([text, action?.name]).toEqual(['Deleted the project “Names of rivers”.', 'Undo']);
    action!.run();
    await vi.waitFor(() => expect(names(desk)).toEqual(['My reports', 'Names of rivers']));
    expect(await desk.database.projects.get(id)).toEqual(rivers);
  });

  test('that was put away does not open with the next start', async () => {
    const { desk, id } = await deskWithTwo();
    await desk.projects.switchTo(id);
    const [, rivers] = desk.projects.living;
    await desk.projects.session.projects.setDeleted(rivers!, true);
    expect((await desk.sit()).project.id).toBe('first');
  });
});

describe('a document of another project', () => {
  test('leads over to its own', async () => {
    const { desk, id } = await deskWithTwo();
    expect(await desk.projects.follow('report-1')).toBe(false);
    expect(await desk.projects.follow('nowhere')).toBe(false);
    expect(await desk.projects.follow('river')).toBe(true);
    expect(desk.projects.session.project.id).toBe(id);
  });

  test('that cannot be looked up is told of, and everything stays as it is', async () => {
    const { desk } = await deskWithTwo();
    const { session } = desk.projects;
    const read = failingRead('documents');
    expect(await desk.projects.follow('river')).toBe(false);
    read.end();
    expect(session.messages.alarm).toBe(
      "The project of the document could not be looked up: the browser's storage answered “no luck”. Try again.",
    );
    expect(desk.projects.session).toBe(session);
    expect(await desk.projects.follow('river')).toBe(true);
  });

  test('is not opened in this one, where its labels mean nothing', async () => {
    const { desk } = await deskWithTwo();
    await desk.session.openDocument('river');
    expect(desk.session.open).toBeUndefined();
  });
});

test('settings that cannot be read keep the page from starting, with the reason', async () => {
  const desk = await newDesk(reports);
  const read = failingRead('preferences');
  await expect(desk.sit()).rejects.toThrow("the browser's storage answered “no luck”. Try again.");
  read.end();
});

test('what is done in one project does not reach another', async () => {
  const { desk, id } = await deskWithTwo();
  const first = desk.session;
  await desk.projects.switchTo(id);
  const second = desk.projects.session;
  const [before, shelf] = [second.project, second.shelf.all];
  first.scheme.update('labels', desk.label('claim').id, { name: 'Statement' });
  select(first, 'it');
  first.marking.apply(desk.label('appeal'));
  await desk.saved(first);
  second.scheme.update('labels', second.labels[0]!.id, { name: 'Human' });
  await desk.saved(second);
  await vi.waitFor(() => expect(second.labels[0]!.name).toBe('Human'));
  expect(second.project.name).toBe(before.name);
  expect(second.labels.slice(1)).toEqual(before.scheme.labels.slice(1));
  expect(second.shelf.all).toEqual(shelf);
  await second.recent.recall();
  expect(second.recent.list.map(({ change }) => change.title)).toEqual(['Changed “Person”']);
  expect(first.labels.map(({ name }) => name)).not.toContain('Human');
});
