import { Blob } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { backUpInto } from '../../../src/workers/backup/into-folder.ts';
import { span } from '../../annotated.ts';
import { marking, newWorkspace, shelve } from '../../storage/workspace.ts';
import { domError, MemoryFolder } from './folder.ts';
import { recordsOf } from './projects.ts';

const text = 'Ada denied it';

async function newProject(): Promise<Database> {
  const { database } = await newWorkspace();
  await shelve(database, { id: 'report' }, text);
  return database;
}

async function mark(database: Database, start: number): Promise<void> {
  await commit(database, marking('report', span({ start, end: start + 1 }, text)));
}

function into(database: Database, folder: MemoryFolder, at: string) {
  const order = { projectId: 'first', version: '0', at, folder: folder.handle };
  return backUpInto(database, order, () => undefined);
}

const hours = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
const isBackup = (name: string) => name.endsWith('.locution');

/**
 * What is left after a backup that was not written: all that was there before, and nothing new that has the name of a
 * backup and is not whole. Only where a disk fails for good behind the very last byte may there be one that is.
 */
async function expectUntouched(
  folder: MemoryFolder,
  before: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<void> {
  for (const [name, bytes] of before) expect(folder.files.get(name), name).toBe(bytes);
  for (const [name, bytes] of folder.files)
    if (!before.has(name) && isBackup(name) && bytes.length > 0) expect(await faultsOf(bytes)).toEqual([]);
}

async function faultsOf(bytes: Uint8Array<ArrayBuffer>) {
  return (await recordsOf(new Blob([bytes]) as globalThis.Blob)).state.faults;
}

describe('a backup into a folder', () => {
  test('is whole, and is named by project and time', async () => {
    const database = await newProject();
    await mark(database, 0);
    const folder = new MemoryFolder();
    const result = await into(database, folder, hours(1));
    const [[name, bytes] = []] = folder.files;
    expect(name).toMatch(/^My reports \d{4}-\d\d-\d\d \d\d-\d\d-\d\d first\.locution$/);
    expect(result).toMatchObject({ kind: 'written', fileName: name, last: { seq: 1 }, warnings: [] });
    const { records, state } = await recordsOf(new Blob([bytes!]) as globalThis.Blob);
    expect(state.faults).toEqual([]);
    expect(records.documents.map((document) => document.text)).toEqual([text]);
  });

  test('has its name only after it was read back', async () => {
    const folder = new MemoryFolder();
    await into(await newProject(), folder, hours(1));
    const steps = folder.steps.map((step) => step.replace(/ My reports.*first/, ''));
    expect(steps.join(', ')).toMatch(
      /write to\S+unfinished, .*close\S+unfinished, read\S+unfinished, rename to\.locution/,
    );
  });

  test('is written once more where files cannot be renamed, and read back under its name', async () => {
    const folder = new MemoryFolder();
    folder.canRename = false;
    const result = await into(await newProject(), folder, hours(1));
    expect(result.kind).toBe('written');
    expect([...folder.files.keys()].filter((name) => !isBackup(name))).toEqual([]);
    expect(folder.steps.filter((step) => /^read .*first\.locution$/.test(step)).length).toBeGreaterThan(0);
  });

  test('never takes the place of a file of the same name, as after the clock went back (A44)', async () => {
    const [database, folder] = [await newProject(), new MemoryFolder()];
    await into(database, folder, hours(1));
    const before = new Map(folder.files);
    await mark(database, 0);
    expect((await into(database, folder, hours(1))).kind).toBe('written');
    expect(folder.files.size).toBe(2);
    for (const [name, bytes] of before) expect(folder.files.get(name)).toEqual(bytes);
  });
});

describe('a backup that cannot be written', () => {
  test.each([true, false])(
    'leaves everything as it was, whichever step fails, and for good (A37)',
    async (canRename) => {
      const [database, folder] = [await newProject(), new MemoryFolder()];
      folder.canRename = canRename;
      await into(database, folder, hours(1));
      await mark(database, 0);
      const before = new Map(folder.files);
      let failures = 0;
      for (let failing = 1; ; failing++) {
        let step = 0;
        folder.fault = () => {
          if (++step >= failing) throw domError('UnknownError');
        };
        const result = await into(database, folder, hours(1 + failing));
        folder.fault = () => undefined;
        if (result.kind === 'written') break;
        failures++;
        expect(result).toMatchObject({ hindrance: 'failed', message: 'the disk says UnknownError' });
        await expectUntouched(folder, before);
      }
      expect(failures).toBeGreaterThan(canRename ? 6 : 10);
    },
  );

  test('leaves everything as it was when one step fails, and nothing behind that the next one does not tidy away (A37)', async () => {
    const [database, folder] = [await newProject(), new MemoryFolder()];
    folder.canRename = false;
    await into(database, folder, hours(1));
    const before = new Map(folder.files);
    const writing = /^(list|open|write|bytes|close|read|rename)/;
    for (let failing = 1; failing < 12; failing++) {
      let step = 0;
      folder.fault = (what) => {
        if (writing.test(what) && ++step === failing) throw domError('UnknownError');
      };
      const result = await into(database, folder, hours(1 + failing));
      folder.fault = () => undefined;
      if (result.kind === 'written') break;
      await expectUntouched(folder, before);
    }
    await into(database, folder, hours(20));
    expect([...folder.files.keys()].filter((name) => !isBackup(name))).toEqual([]);
    expect([...folder.files.values()].filter(({ length }) => length === 0)).toEqual([]);
  });

  test.each([
    ['NotAllowedError', 'forbidden'],
    ['NotFoundError', 'gone'],
    ['QuotaExceededError', 'full'],
    ['InvalidStateError', 'failed'],
  ])('says what hinders it: %s (A37)', async (name, hindrance) => {
    const folder = new MemoryFolder();
    folder.fault = (step) => {
      if (step.startsWith('bytes')) throw domError(name);
    };
    expect(await into(await newProject(), folder, hours(1))).toMatchObject({
      kind: 'not-written',
      hindrance,
    });
    expect(folder.files.size).toBe(0);
  });

  test('is no backup when one byte comes back from the disk as another one (A37)', async () => {
    const folder = new MemoryFolder();
    folder.fault = (step) => {
      const [, name = ''] = /^read (.*)$/.exec(step) ?? [];
      const bytes = folder.files.get(name);
      if (bytes) bytes[Math.floor(bytes.length / 2)]! ^= 1;
    };
    expect(await into(await newProject(), folder, hours(1))).toMatchObject({
      kind: 'not-written',
      hindrance: 'different',
    });
    expect(folder.files.size).toBe(0);
  });

  test('tells of older ones that it could not tidy away, and is made all the same', async () => {
    const [database, folder] = [await newProject(), new MemoryFolder()];
    for (let hour = 1; hour <= 7; hour++) await into(database, folder, hours(hour));
    folder.fault = (step) => {
      if (step.startsWith('remove')) throw domError('NotAllowedError');
    };
    const result = await into(database, folder, hours(8));
    expect(result).toMatchObject({
      kind: 'written',
      warnings: ['Older backups could not be tidied away: the disk says NotAllowedError'],
    });
  });
});

describe('older backups', () => {
  test('go when they are outlived, and whatever else lies in the folder stays', async () => {
    const [database, folder] = [await newProject(), new MemoryFolder()];
    const others = {
      'notes.txt': 'my own',
      'My reports 2026-01-01.locution': 'a download',
      'My reports 2020-01-01 00-00-00 first.locution': 'named like one of ours, and none',
      'Other 2020-01-01 00-00-00 other.locution': 'of another project',
    };
    for (const [name, content] of Object.entries(others))
      folder.files.set(name, new TextEncoder().encode(content));
    for (let hour = 1; hour <= 9; hour++) await into(database, folder, hours(hour));
    const names = [...folder.files.keys()];
    expect(names).toEqual(expect.arrayContaining(Object.keys(others)));
    expect(names).toHaveLength(Object.keys(others).length + 5);
  });
});
