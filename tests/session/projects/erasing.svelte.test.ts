import { expect, test, vi } from 'vitest';
import { everything } from '../../storage/workspace.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const titles = (session: Desk['session']) => session.shelf.all.map(({ title }) => title);
const stored = async ({ database }: Desk) => JSON.stringify(await everything(database));

async function marked(): Promise<Desk> {
  const desk = await newDesk(['Quillfeather denied it', 'Ada denied it']);
  select(desk.session, 'Quillfeather');
  desk.session.marking.apply(desk.label('claim'));
  await desk.saved();
  return desk;
}

test('a document that is deleted for good is gone from the screen, the recent changes and the storage', async () => {
  const desk = await marked();
  const { projects } = desk;
  expect(await stored(desk)).toContain('Quillfeather');
  const erasure = await projects.erase({ documentIds: ['report-1'], projectIds: [] });
  expect(erasure).toEqual({ isDone: true, words: [] });
  const { session } = projects;
  expect([titles(session), session.open]).toEqual([['Report 2'], undefined]);
  await session.recent.recall();
  expect(session.recent.list).toEqual([]);
  session.close();
  expect(await stored(desk)).not.toContain('Quillfeather');
  expect(await stored(desk)).not.toContain('report-1');
});

test('other tabs put it away by themselves, and what they still do to others stays', async () => {
  const desk = await marked();
  const own = desk.projects;
  await desk.sit();
  const other = desk.projects;
  await other.session.openDocument('report-1');
  await own.erase({ documentIds: ['report-1'], projectIds: [] });
  await vi.waitFor(() => expect(titles(other.session)).toEqual(['Report 2']));
  expect(other.session.open).toBeUndefined();
  await other.session.openDocument('report-2');
  select(other.session, 'Ada');
  other.session.marking.apply(desk.label('claim', other.session));
  await desk.saved(other.session);
  expect(desk.notation(other.session)).toBe('[Ada](claim) denied it');
  expect(await stored(desk)).not.toContain('Quillfeather');
});

test('a project that is put away can be deleted for good, and the open one stays', async () => {
  const desk = await marked();
  const { projects } = desk;
  const id = (await desk.session.projects.create('Zugzwang', desk.session.project.scheme))!;
  const zugzwang = (await desk.database.projects.get(id))!;
  await desk.session.projects.setDeleted(zugzwang, true);
  await projects.erase({ documentIds: [], projectIds: [id] });
  expect(projects.session.project.id).toBe('first');
  expect(await stored(desk)).not.toContain('Zugzwang');
  expect(titles(projects.session)).toEqual(['Report 1', 'Report 2']);
});
