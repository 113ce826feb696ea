import { describe, expect, test } from 'vitest';
import { documentUpdate, noEdit } from '../../src/core/change.ts';
import { commit } from '../../src/storage/commit.ts';
import type { Database } from '../../src/storage/database.ts';
import { formatFor } from '../../src/formats/formats.ts';
import { locutionBackup } from '../../src/formats/locution-backup.ts';
import { sourceFile } from '../../src/workers/importing/sources.ts';
import { annotated, span } from '../annotated.ts';
import { draft, marking, newWorkspace, shelve } from '../storage/workspace.ts';
import { backedUp } from '../workers/backup/projects.ts';
import { readAll } from './reading.ts';

const { text, spans } = annotated('“[Stay out](appeal),” he said 😀. [They](claim) deny it.');

async function fileOf(database: Database, path = 'b.locution') {
  return sourceFile({ path, blob: await backedUp(database) });
}

describe('a backup that is imported', () => {
  test('is known by its name, and by its beginning whatever it is called', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'a' });
    for (const name of ['b.locution', 'b.zip', 'b'])
      expect((await formatFor(await fileOf(database, name))).name).toBe('Locution backup');
  });

  test('brings its documents with what stands on them now, their facts, source and layout', async () => {
    const { database } = await newWorkspace();
    const source = { file: 'a.txt', newlines: 'crlf', byteOrderMark: true, replacedSurrogates: 0 } as const;
    const document = await shelve(database, { id: 'a', source }, text, { spans, relations: [] });
    await database.texts.update('a', { lineKinds: [{ line: 0, kind: 'quotation' }] });
    await commit(
      database,
      draft({ updated: [documentUpdate(document, { ...document, status: 'done', note: 'so' })] }),
    );
    await commit(database, marking('a', span({ id: 'more', start: 0, end: 9 }, text)));
    const { documents, problems } = await readAll(locutionBackup, await fileOf(database));
    expect(documents).toMatchObject([
      {
        id: 'a',
        text,
        status: 'done',
        note: 'so',
        source,
        lineKinds: [{ line: 0, kind: 'quotation' }],
        meta: {},
      },
    ]);
    expect(documents[0]!.spans.map(({ start, end, label }) => [start, end, label])).toEqual([
      [0, 9, 'claim'],
      ...spans.map(({ start, end, label }) => [start, end, label]),
    ]);
    expect(problems.map(({ outcome, message }) => [outcome, message])).toEqual([
      [
        'skipped',
        'the history and the times worked are not taken over by an import; they stay in the backup.',
      ],
    ]);
  });

  test('leaves out documents that were deleted or whose import was taken back, and says how many', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'stays', importId: 'i1' });
    await shelve(database, { id: 'gone', deleted: true });
    await shelve(database, { id: 'back', importId: 'i2' });
    await commit(database, draft(noEdit, { kind: 'import', importId: 'i1' }));
    const { seq } = await commit(database, draft(noEdit, { kind: 'import', importId: 'i2' }));
    await commit(database, draft(noEdit, { kind: 'undo', importId: 'i2', undoes: seq }));
    const { documents, problems } = await readAll(locutionBackup, await fileOf(database));
    expect(documents.map(({ id }) => id)).toEqual(['stays']);
    expect(problems[0]!.message).toBe(
      'documents that were deleted, or whose import was taken back, were left out: 2.',
    );
  });

  test('leaves out what is marked with a label that was deleted', async () => {
    const { database } = await newWorkspace();
    const project = (await database.projects.get('first'))!;
    const [claim] = project.scheme.labels;
    const labels = project.scheme.labels.map((one) =>
      one === claim ? { ...one, deleted: true as const } : one,
    );
    await database.projects.put({ ...project, scheme: { ...project.scheme, labels } });
    const [first, second] = spans.map((one, index) => ({ ...one, label: project.scheme.labels[index]!.id }));
    await shelve(database, { id: 'a' }, text, { spans: [first!, second!], relations: [] });
    const { documents } = await readAll(locutionBackup, await fileOf(database));
    expect(documents[0]!.spans.map(({ id }) => id)).toEqual([second!.id]);
  });

  test('that is damaged brings the documents of its sound lines and names the part and line of the others', async () => {
    const { database } = await newWorkspace();
    for (const id of ['a', 'b', 'c']) await shelve(database, { id }, `${text} ${id}`);
    const bytes = new Uint8Array(await (await backedUp(database)).arrayBuffer());
    bytes[Buffer.from(bytes).indexOf('it. b"')]! ^= 2;
    const file = sourceFile({ path: 'b.locution', blob: new Blob([bytes]) });
    const { documents, problems } = await readAll(locutionBackup, file);
    expect(documents.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(problems[0]).toMatchObject({ file: 'b.locution/documents.jsonl', line: 2, outcome: 'refused' });
  });

  test('that is something else by that name is refused clearly', async () => {
    const file = sourceFile({ path: 'b.locution', blob: new Blob(['Ada denied it.']) });
    const { documents, problems } = await readAll(locutionBackup, file);
    expect(documents).toEqual([]);
    expect(problems.at(-1)!.message).toContain('head and end are damaged');
  });
});
