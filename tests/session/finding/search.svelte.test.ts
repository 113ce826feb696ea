import { describe, expect, test, vi } from 'vitest';
import { noEdit, spanEntry } from '../../../src/core/change.ts';
import { commit } from '../../../src/storage/commit.ts';
import { Catalogue, type Partly } from '../../../src/workers/catalogue.ts';
import { span } from '../../annotated.ts';
import { draft, shelve } from '../../storage/workspace.ts';
import { newDesk, select, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const reports = [
  'Velt called the charge “pure theatre.” The [guns](claim) were silent at the bridge.',
  'The theatre was pure joy; Erdoğan [denied](denial) it at the bridges.',
  'No guns here: 漢字と仮名. Don’t ask.',
];

async function search(desk: Desk, query: string): Promise<string[]> {
  desk.session.search.look(query);
  await vi.waitFor(() => expect(desk.session.search.state.status).toBe('answered'), { interval: 5 });
  return desk.session.search.found.map(({ documentId }) => documentId.replace('report-', ''));
}

const shown = ({ session }: Desk) =>
  session.search.found.flatMap(({ places }) =>
    places.map(({ pieces }) => pieces.map(({ text, isStrong }) => (isStrong ? `[${text}]` : text)).join('')),
  );

/** Puts a span of Anna's with attributes and a note on the second report. */
async function sayMore(desk: Desk): Promise<void> {
  const traits = { id: 'said', start: 26, end: 33, label: desk.label('denial').id, annotator: 'Anna K.' };
  const marked = span({ ...traits, attributes: { speaker: ['Recep Tayyip Erdoğan'] }, note: 'Is it he?' });
  await commit(desk.database, draft({ ...noEdit, added: [spanEntry('report-2', marked)] }));
}

describe('a search over all documents', () => {
  test.each([
    ['words, whatever their form and order', 'THEATRE pure', ['1', '2']],
    ['beginnings of words', 'bridg', ['1', '2']],
    ['accents that one need not type', 'erdogan', ['2']],
    ['a phrase', '"pure theatre"', ['1']],
    ['a phrase of whole words', '"at the bridge"', ['1']],
    ['words in titles', '"report 3"', ['3']],
    ['a label by its name or machine name', 'label:Denial', ['2']],
    ['a status', 'status:todo -guns', ['2']],
    ['an annotator', 'annotator:file', ['1', '2']],
    ['what has a label and not another', 'guns -label:claim', ['3']],
    ['writing without spaces', '字と', ['3']],
    ['words with an apostrophe of either sort', "don't", ['3']],
    ['words with signs around them', '(guns),', ['1', '3']],
    ['nothing', 'cannon', []],
  ])('finds %s', async (_what, query, expected) => {
    const desk = await newDesk(reports);
    expect((await search(desk, query)).sort()).toEqual(expected);
    expect(desk.session.search.answer).toMatchObject({ total: expected.length, isExact: true });
  });

  test('finds what is said of one and the same span', async () => {
    const desk = await newDesk(reports);
    await sayMore(desk);
    expect(await search(desk, 'speaker:erdo label:denial')).toEqual(['2']);
    expect(await search(desk, 'note:he annotator:"anna k"')).toEqual(['2']);
    expect(await search(desk, 'speaker:"tayyip recep"')).toEqual([]);
    expect(await search(desk, 'speaker:erdogan annotator:file')).toEqual([]);
    expect(desk.session.search.answer).toMatchObject({ total: 0, isExact: true });
  });

  test('shows the places with the words made strong, and spans as such', async () => {
    const desk = await newDesk(reports);
    await search(desk, 'bridge guns');
    expect(shown(desk)).toEqual([expect.stringContaining('The [guns] were silent at the [bridge].')]);
    await search(desk, 'label:denial');
    expect(shown(desk)).toEqual([expect.stringContaining('Erdoğan [denied] it')]);
    expect(desk.session.search.found[0]!.places[0]!.span?.text).toBe('denied');
  });

  test('knows what was marked, renamed, deleted and brought since the index was built', async () => {
    const desk = await newDesk(reports);
    expect(await search(desk, 'label:appeal')).toEqual([]);
    select(desk.session, 'silent');
    desk.session.marking.apply(desk.label('appeal'));
    desk.session.documents.rename('report-3', 'Harbour');
    expect(await search(desk, 'label:appeal')).toEqual(['1']);
    expect(await search(desk, 'harbour')).toEqual(['3']);
    desk.session.documents.delete(['report-3']);
    expect(await search(desk, 'harbour')).toEqual([]);
    desk.session.documents.setStatus(['report-2'], 'done');
    expect(await search(desk, 'status:done')).toEqual(['2']);
    await shelve(desk.database, { id: 'report-4', title: 'Late', order: 9, importId: 'i' }, 'A late harbour');
    await commit(desk.database, draft({}, { kind: 'import', importId: 'i' }));
    await vi.waitFor(() => expect(desk.session.shelf.get('report-4')).toBeDefined());
    expect(await search(desk, 'harbour')).toEqual(['4']);
  });

  test('answers with what is read by now while the rest is read', async () => {
    const desk = await newDesk(Array.from({ length: 300 }, (_, number) => `The bridge, part ${number}`));
    const catalogue = new Catalogue(desk.database, desk.session.project.id);
    const parts: Partly[] = [];
    const question = { projectId: desk.session.project.id, labels: [], deletedLabels: [], limit: 5 };
    const older = catalogue.search({ ...question, query: 'cannon' });
    const answer = await catalogue.search({ ...question, query: 'bridge' }, (part) => parts.push(part));
    expect(await older).toMatchObject({ documents: [], total: 0 });
    expect(parts[0]).toMatchObject({ progress: { done: 250, total: 300 }, answer: { total: 250 } });
    expect(parts[0]!.answer.documents).toHaveLength(5);
    expect(answer).toMatchObject({ total: 300, isExact: true });
  });

  test('shows words of titles and whole words before beginnings of words', async () => {
    const desk = await newDesk(['Bridges everywhere', 'The bridge', 'Nothing']);
    desk.session.documents.rename('report-3', 'Bridge');
    expect(await search(desk, 'bridge')).toEqual(['3', '2', '1']);
  });

  test('leads to the words, or to the span', async () => {
    const desk = await newDesk(reports);
    const { session } = desk;
    await search(desk, 'theatre "was pure"');
    const [words] = session.search.found[0]!.places;
    await session.openDocument('report-2', words);
    expect(session.open).toMatchObject({ id: 'report-2', selection: { start: 4, end: 11 } });
    await search(desk, 'label:claim');
    const { span: found, ...range } = session.search.found[0]!.places[0]!;
    await session.openDocument('report-1', { ...range, spanId: found!.id });
    expect(session.open!.focused?.text).toBe('guns');
    await session.openDocument('report-1', { start: 5, end: 9999 });
    expect(session.open!.selection).toMatchObject({ start: 5, end: session.open!.text.length });
  });
});
