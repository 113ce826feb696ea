import { expect, test, vi } from 'vitest';
import { mergeNames, NameTally } from '../../src/core/names.ts';
import { emptyScheme } from '../../src/core/scheme.ts';
import type { RecentChanges } from '../../src/session/log/recent-changes.svelte.ts';
import type { Session } from '../../src/session/session.svelte.ts';
import { newDesk, select } from './desk.ts';

vi.mock(import('../../src/session/job.ts'), () => import('./jobs-in-process.ts'));

function attribute({ project }: Session, value: string) {
  return project.scheme.attributes.find((one) => one.value === value)!;
}

function change(recent: RecentChanges, title: string) {
  return recent.list.find((step) => step.change.title.startsWith(title))!;
}

test('undoing what was said first of a span leaves what was said after it', async () => {
  const desk = await newDesk(['[Ada](claim) denied it']);
  const { session } = desk;
  const span = () => session.open!.spans[0]!;
  session.describing.set(span(), attribute(session, 'speaker'), ['Ada']);
  session.describing.set(span(), attribute(session, 'target'), ['Ben']);
  await desk.saved();
  await session.recent.recall();
  await session.recent.toggle(change(session.recent, 'Speaker'));
  expect(span().attributes).toEqual({ target: ['Ben'] });
});

test('two tabs that set different facts of a document keep both', async () => {
  const desk = await newDesk(['Ada denied it']);
  const other = await desk.sit();
  await other.openDocument('report-1');
  desk.session.facts.setText('source', 'a paper');
  other.facts.setText('date', '2024-05-17');
  await vi.waitFor(() => {
    for (const { shelf } of [desk.session, other])
      expect(shelf.get('report-1')?.meta).toEqual({ source: 'a paper', date: '2024-05-17' });
  });
});

test('a project that is taken back and made again has the scheme it was given', async () => {
  const desk = await newDesk(['Ada denied it']);
  const id = (await desk.session.projects.create('B', emptyScheme))!;
  await desk.projects.switchTo(id);
  desk.projects.session.scheme.add('labels', { name: 'X', value: 'x', colour: 0 });
  await desk.projects.session.settle();
  await desk.projects.switchTo('first');
  const { recent } = desk.projects.session;
  await recent.recall();
  for (let times = 0; times < 2; times++) expect(await recent.toggle(change(recent, 'Made'))).toBeUndefined();
  const project = await desk.database.projects.get(id);
  expect(project?.deleted).toBeUndefined();
  expect(project?.scheme.labels).toHaveLength(1);
});

test('a mark on which something was built is not taken back before that is', async () => {
  const desk = await newDesk(['Ada denied it']);
  const { session } = desk;
  select(session, 'denied');
  session.marking.apply(desk.label('denial'));
  session.describing.setNote(session.open!.focused!, 'a long note');
  await desk.saved();
  await session.recent.recall();
  expect(await session.recent.toggle(change(session.recent, 'Marked'))).toBe(
    '“Changed the note” builds on it. Take that back first.',
  );
  await session.recent.toggle(change(session.recent, 'Changed the note'));
  expect(await session.recent.toggle(change(session.recent, 'Marked'))).toBeUndefined();
  expect(session.open!.spans).toEqual([]);
});

test('words that bear a merged label are not marked a second time with the label it was merged into', async () => {
  const desk = await newDesk(['[Ada](claim) denied it']);
  const { session } = desk;
  session.scheme.merge(desk.label('claim').id, desk.label('denial').id);
  session.nameAnnotator(session.open!.spans[0]!.annotator);
  await desk.saved();
  select(session, 'Ada');
  session.marking.apply(desk.label('denial'));
  expect(session.open!.spans).toHaveLength(1);
});

test('removing a span takes its relation to a hidden span along', async () => {
  const desk = await newDesk(['[Ada](claim) [denied](denial) it']);
  const { session } = desk;
  const [claim, denial] = session.open!.spans;
  session.marking.goTo(denial!);
  session.linking.start();
  session.linking.confirm();
  await desk.saved();
  expect(session.open!.sheet.relations).toHaveLength(1);
  session.scheme.delete('labels', claim!.label);
  await desk.saved();
  session.marking.goTo(session.open!.spans[0]!);
  session.marking.remove();
  await desk.saved();
  session.scheme.restore('labels', claim!.label);
  await desk.saved();
  expect(session.open!.sheet).toMatchObject({ spans: [{ text: 'Ada' }], relations: [] });
});

test('names that files choose change no object of the page (B12)', () => {
  const tally = new NameTally();
  tally.count(
    JSON.parse('{"__proto__":"polluted","constructor":"polluted"}') as Record<string, string>,
    '2024',
  );
  const merged = mergeNames({}, tally.inUse);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect(Object.hasOwn(Object, 'polluted')).toBe(false);
  expect(Object.keys(merged)).toEqual(['__proto__', 'constructor']);
});

test('an attribute may be called as an object calls its own machinery', async () => {
  const desk = await newDesk(['[Ada](claim) denied it']);
  const { session } = desk;
  session.scheme.add('attributes', {
    name: 'Constructor',
    value: 'constructor',
    type: 'text',
    several: true,
  });
  const span = () => session.open!.spans[0]!;
  session.describing.add(span(), attribute(session, 'constructor'), 'Velt');
  await desk.saved();
  expect(span().attributes).toEqual({ constructor: ['Velt'] });
});

test('two switches of project at once leave one session', async () => {
  const desk = await newDesk(['Ada denied it']);
  const [b, c] = [
    await desk.session.projects.create('B', emptyScheme),
    await desk.session.projects.create('C', emptyScheme),
  ];
  const switched = await Promise.all([desk.projects.switchTo(b!), desk.projects.switchTo(c!)]);
  expect(switched.filter(Boolean)).toHaveLength(1);
});
