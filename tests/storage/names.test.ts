import { describe, expect, test } from 'vitest';
import { spanEntry, spanUpdate } from '../../src/core/change.ts';
import { sheetOf } from '../../src/core/sheet.ts';
import { commit } from '../../src/storage/commit.ts';
import { namesInUse } from '../../src/storage/names.ts';
import { bringUpToDate } from '../../src/storage/upkeep.ts';
import { span } from '../annotated.ts';
import { draft, newWorkspace, shelve } from './workspace.ts';

const at = '2026-01-01T00:00:00.000Z';
const said = (id: string, speaker: string) => span({ id, start: 0, end: 3, attributes: { speaker } });

async function counted(database: Parameters<typeof namesInUse>[0]) {
  const { speaker = {} } = await namesInUse(database, 'first');
  return Object.fromEntries(Object.entries(speaker).map(([name, { count }]) => [name, count]));
}

describe('the names in use', () => {
  test('are those that files brought and those said since, before and after the storage is tidied', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'd1' }, 'Ada denied it', sheetOf([said('s1', 'Velt')]));
    await shelve(database, { id: 'd2' }, 'Ada denied it', sheetOf([said('s2', 'Holt')]));
    await commit(database, draft({ added: [spanEntry('d1', said('s3', 'Velt'))] }));
    expect(await counted(database)).toEqual({ Velt: 2, Holt: 1 });
    await bringUpToDate(database);
    expect(await counted(database)).toEqual({ Velt: 2, Holt: 1 });
    const update = spanUpdate('d2', said('s2', 'Holt'), said('s2', 'Teves'));
    await commit(database, draft({ updated: [update] }));
    expect(await counted(database)).toEqual({ Velt: 2, Holt: 1, Teves: 1 });
    expect((await namesInUse(database, 'first'))['speaker']!['Teves']!.at).toBe(at);
  });

  test('are none of another project, nor of an import that was cut off', async () => {
    const { database } = await newWorkspace();
    await shelve(database, { id: 'd1', projectId: 'other' }, 'Ada', sheetOf([said('s1', 'Velt')]));
    await shelve(database, { id: 'd2', importId: 'i1' }, 'Ada', sheetOf([said('s2', 'Holt')]));
    await commit(database, draft({ added: [spanEntry('d1', said('s3', 'Velt'))] }));
    expect(await counted(database)).toEqual({});
  });
});
