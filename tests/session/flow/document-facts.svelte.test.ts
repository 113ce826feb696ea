import { describe, expect, test, vi } from 'vitest';
import { newDesk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

async function factsOf(meta = {}) {
  const desk = await newDesk(['Ada denied it'], { meta });
  const document = () => desk.session.shelf.get('report-1')!;
  return { desk, facts: desk.session.facts, document };
}

describe('the facts about a document', () => {
  test('are set, and each is taken back by an undo of its own', async () => {
    const { desk, facts, document } = await factsOf();
    facts.setText('source', ' The Gazette ');
    facts.setText('date', '2024-05-17');
    expect(document().meta).toEqual({ source: 'The Gazette', date: '2024-05-17' });
    await desk.saved();
    desk.session.marking.undo();
    await vi.waitFor(() => expect(document().meta).toEqual({ source: 'The Gazette' }));
    await desk.saved();
    desk.session.marking.undo();
    await vi.waitFor(() => expect(document().meta).toEqual({}));
  });

  test.each(['17 May 2024', '2024-13-01', '2024-02-30', '2024-5-1'])('have no date “%s”', async (typed) => {
    const { facts, document } = await factsOf({ date: '2024-05-17' });
    expect(facts.setText('date', typed)).toBe('Write the date as YYYY-MM-DD, for instance 2024-05-17.');
    expect(document().meta).toEqual({ date: '2024-05-17' });
  });

  test('are cleared by leaving nothing', async () => {
    const { facts, document } = await factsOf({ source: 'The Gazette', page: 4 });
    facts.setText('source', '  ');
    expect(document().meta).toEqual({ page: 4 });
  });

  test('of another kind than text stay so, and are written as JSON', async () => {
    const { facts, document } = await factsOf({ page: 4, people: ['Ada', { name: 'Ben' }] });
    expect(facts.setJson('page', '5')).toBeUndefined();
    expect(facts.setJson('people', '["Ada"]')).toBeUndefined();
    expect(document().meta).toEqual({ page: 5, people: ['Ada'] });
    expect(facts.setJson('page', '5 or 6')).toMatch(/^This is not JSON: /);
    expect(document().meta).toEqual({ page: 5, people: ['Ada'] });
  });

  test('are added, renamed in their place, and removed', async () => {
    const { facts, document } = await factsOf({ first: 1, second: 'two' });
    expect(facts.renameField('first', 'page')).toBeUndefined();
    expect(Object.keys(document().meta)).toEqual(['page', 'second']);
    expect(facts.addField('desk', 'foreign')).toBeUndefined();
    facts.removeField('second');
    expect(document().meta).toEqual({ page: 1, desk: 'foreign' });
  });

  test('have one field of a name, and none without one', async () => {
    const { facts, document } = await factsOf({ page: 1, desk: 'foreign' });
    expect(facts.addField('page', '2')).toBe('There is a field “page” already.');
    expect(facts.renameField('desk', 'page')).toBe('There is a field “page” already.');
    expect(facts.addField('  ', '2')).toBe('The field needs a name.');
    expect(document().meta).toEqual({ page: 1, desk: 'foreign' });
  });

  test('tell its labels and a note', async () => {
    const { desk, facts, document } = await factsOf();
    desk.session.scheme.add('documentLabels', { name: 'Urgent', value: 'urgent' });
    const [label] = desk.session.project.scheme.documentLabels;
    facts.toggleLabel(label!.id);
    facts.setNote(' Read twice. ');
    expect([document().labels, document().note]).toEqual([[label!.id], 'Read twice.']);
    facts.toggleLabel(label!.id);
    facts.setNote('');
    expect(document()).not.toHaveProperty('labels');
    expect(document()).not.toHaveProperty('note');
  });

  test('that do not change make no step of undo', async () => {
    const { desk, facts } = await factsOf({ source: 'The Gazette' });
    facts.setText('source', 'The Gazette');
    facts.setNote('');
    facts.toggleLabel('no such label');
    await desk.saved();
    expect(await desk.database.changes.count()).toBe(0);
  });
});
