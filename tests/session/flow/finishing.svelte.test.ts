import { describe, expect, test, vi } from 'vitest';
import type { Document } from '../../../src/core/document.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const reports = ['[Ada](claim) denied it', 'Ben was there', '[Carla](claim) did not', '[Dan](denial) left'];
const status = (desk: Desk) => desk.session.shelf.all.map((document: Document) => document.status);
const told = ({ session }: Desk) => session.messages.current?.text;

/** A desk whose project wants a speaker of every claim. */
async function strictDesk() {
  const desk = await newDesk(reports);
  const { scheme } = desk.session;
  const speaker = desk.session.project.scheme.attributes.find(({ value }) => value === 'speaker')!;
  scheme.update('attributes', speaker.id, { required: true, labels: [desk.label('claim').id] });
  return { desk, speaker, documents: desk.session.documents };
}

describe('a document on which a required attribute is missing', () => {
  test('is not done, and what is missing is told span by span', async () => {
    const { desk, documents } = await strictDesk();
    expect(await documents.setStatus(['report-1'], 'done')).toBe(false);
    expect(status(desk)[0]).toBe('todo');
    expect(
      documents.completing.lacks?.map(({ span, missing }) => [span.text, missing.map(({ name }) => name)]),
    ).toEqual([['Ada', ['Speaker']]]);
    documents.completing.dismiss();
    expect(documents.completing.lacks).toBeUndefined();
  });

  test('is done once it is there, saved or not', async () => {
    const { desk, documents, speaker } = await strictDesk();
    desk.session.describing.set(desk.session.open!.spans[0]!, speaker, ['Ada']);
    expect(await documents.setStatus(['report-1'], 'done')).toBe(true);
    expect(status(desk)[0]).toBe('done');
  });

  test('may be skipped', async () => {
    const { desk, documents } = await strictDesk();
    expect(await documents.setStatus(['report-1'], 'skipped')).toBe(true);
    expect(status(desk)[0]).toBe('skipped');
  });

  test('stays as it is among several, and the message says how many and which', async () => {
    const { desk, documents } = await strictDesk();
    const all = ['report-1', 'report-2', 'report-3', 'report-4'];
    expect(await documents.setStatus(all, 'done')).toBe(false);
    expect(status(desk)).toEqual(['todo', 'done', 'todo', 'done']);
    expect(told(desk)).toBe(
      'Set 2 to done. 2 stay as they are, as required attributes are missing: “Report 1”, “Report 3”.',
    );
    expect(documents.completing.lacks).toBeUndefined();
  });

  test('is looked up with what is on its way', async () => {
    const { desk, documents, speaker } = await strictDesk();
    desk.session.describing.set(desk.session.open!.spans[0]!, speaker, ['Ada']);
    await desk.session.openDocument('report-2');
    expect(await documents.setStatus(['report-1'], 'done')).toBe(true);
  });
});

describe('done and next', () => {
  test('goes on with the next of the queue that is neither done nor skipped, and around its end', async () => {
    const desk = await newDesk(reports);
    const { documents, shelf } = desk.session;
    await documents.setStatus(['report-2'], 'done');
    await documents.setStatus(['report-3'], 'skipped');
    expect((await documents.finishOpen())?.next?.id).toBe('report-4');
    await documents.setStatus(['report-1'], 'todo');
    await desk.session.openDocument('report-4');
    expect((await documents.finishOpen())?.next?.id).toBe('report-1');
    expect(shelf.get('report-4')?.status).toBe('done');
  });

  test('stays while something is missing', async () => {
    const { documents } = await strictDesk();
    expect(await documents.finishOpen()).toBeUndefined();
    expect(documents.completing.lacks).toHaveLength(1);
  });

  test('says when nothing is left', async () => {
    const desk = await newDesk(['Ada denied it']);
    expect(await desk.session.documents.finishOpen()).toEqual({ next: undefined });
    expect(told(desk)).toBe('Done. There is nothing left to do in this queue.');
  });

  test('finds the next one from a document that the queue no longer holds', async () => {
    const desk = await newDesk(reports);
    desk.session.shelf.narrow({ status: 'todo' });
    expect((await desk.session.documents.finishOpen())?.next?.id).toBe('report-2');
  });
});

describe('the queue', () => {
  test('is there again another day, without what was searched for', async () => {
    const desk = await newDesk(reports);
    const { shelf } = desk.session;
    shelf.narrow({ sort: 'random', seed: 'summer', label: { id: desk.label('claim').id, has: true } });
    shelf.narrow({ search: 'port 3' });
    const order = () => desk.session.shelf.shown.map(({ id }) => id);
    expect(order()).toEqual(['report-3']);
    await vi.waitFor(async () => {
      const row = await desk.database.preferences.get('preferences');
      expect(row?.value).toMatchObject({ queues: { first: { seed: 'summer' } } });
    });
    const later = await desk.sit();
    expect(later.shelf.filter).toMatchObject({ sort: 'random', seed: 'summer', search: '' });
    expect(later.shelf.shown.map(({ id }) => id).toSorted()).toEqual(['report-1', 'report-3']);
  });

  test('knows the next document without spans, from wherever one is', async () => {
    const desk = await newDesk(reports);
    const { shelf } = desk.session;
    expect(shelf.nextWithoutSpans('report-1')?.id).toBe('report-2');
    expect(shelf.nextWithoutSpans('report-3')?.id).toBe('report-2');
    expect(shelf.nextWithoutSpans('report-2')).toBeUndefined();
  });

  test('of those without spans loses the place of none that gets one', async () => {
    const desk = await newDesk(['Ada', 'Ben', 'Carla']);
    const { session } = desk;
    session.shelf.narrow({ withoutSpans: true });
    await session.openDocument('report-2');
    select(session, 'Ben');
    session.marking.apply(desk.label('claim'));
    expect(session.shelf.shown.map(({ id }) => id)).toEqual(['report-1', 'report-3']);
    expect(session.shelf.neighbour('report-2', 1)?.id).toBe('report-3');
    expect(session.shelf.neighbour('report-2', -1)?.id).toBe('report-1');
  });

  test('that does not fit takes no other choice with it', async () => {
    const desk = await newDesk(reports);
    const row = await desk.database.preferences.get('preferences');
    const value = { ...(row!.value as object), theme: 'dark', queues: { first: { sort: 'sideways' } } };
    await desk.database.preferences.put({ key: 'preferences', value });
    const later = await desk.sit();
    expect(later.preferences.values.theme).toBe('dark');
    expect(later.shelf.filter.sort).toBe('order');
  });
});

describe('the place in a document', () => {
  const place = { caret: 4, top: 4, distance: -12 };

  test('is there again another day', async () => {
    const desk = await newDesk(['Ada denied it']);
    desk.session.places.note('report-1', place);
    desk.session.places.keep();
    await vi.waitFor(async () =>
      expect(await desk.database.preferences.get('place/report-1')).toMatchObject({ value: place }),
    );
    const later = await desk.sit();
    await later.openDocument('report-1');
    expect([later.open!.caret, later.places.of('report-1')]).toEqual([4, place]);
  });

  test.each([{ ...place, caret: 400 }, { ...place, top: -1 }, 'there', { caret: 1.5, top: 0, distance: 0 }])(
    'is forgotten when it is none: %j',
    async (value) => {
      const desk = await newDesk(['Ada denied it', 'Ben']);
      await desk.database.preferences.put({ key: 'place/report-2', value });
      await desk.session.openDocument('report-2');
      expect([desk.session.open!.id, desk.session.open!.caret]).toEqual(['report-2', 0]);
    },
  );
});
