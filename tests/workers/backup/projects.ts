import type { ProjectRecords } from '../../../src/core/backup/records.ts';
import { noCounts } from '../../../src/core/document.ts';
import { emptyScheme } from '../../../src/core/scheme.ts';
import { backupRecords, type BackupRecord } from '../../../src/formats/backup/backup-records.ts';
import { BackupReading, type BackupState } from '../../../src/formats/backup/backup-reading.ts';
import { commit } from '../../../src/storage/commit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { keepParts } from '../../../src/storage/parts.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import { backUp } from '../../../src/workers/backup/backing-up.ts';
import { bring, happenings } from '../../storage/histories.ts';

export const order = { projectId: 'first', at: '2026-01-01T00:00:00.000Z', version: '0' };

export async function backedUp(database: Database): Promise<Blob> {
  return (await backUp(database, order, () => undefined)).blob;
}

/** Does to a database what the acts say, as if on one day. */
export async function live(database: Database, all: Acts): Promise<void> {
  await bring(database);
  for (const { act, change } of happenings(all)) {
    if (change) await commit(database, change);
    if (act.what === 'tidy') await bringUpToDate(database);
  }
}

export type Acts = Parameters<typeof happenings>[0];

/** All records of a backup, and what is to be said of it. */
export async function recordsOf(file: Blob): Promise<{ records: ProjectRecords; state: BackupState }> {
  const reading = new BackupReading(file, 'b.locution');
  const all: BackupRecord[] = [];
  for await (const record of backupRecords(reading, 'b.locution')) all.push(record);
  const of = <K extends BackupRecord['kind']>(kind: K) =>
    all.filter((record): record is Extract<BackupRecord, { kind: K }> => record.kind === kind);
  const documents = new Map(of('document').map(({ value }) => [value.document.id, value]));
  const records = {
    project: of('project')[0]?.value ?? {
      id: 'first',
      name: '',
      scheme: emptyScheme,
    },
    documents: [...documents.values()],
    layers: of('layer').map(({ value }) => value),
    changes: of('change').map(({ value }) => value),
    settings: of('setting').map(({ value }) => value),
  };
  return { records, state: reading.finish() };
}

/** Puts records into an empty database, the changes at places of their own. */
export async function shelveRecords(database: Database, records: ProjectRecords): Promise<void> {
  await database.projects.put(records.project);
  for (const { document, text, lineKinds } of records.documents) {
    await database.documents.put({ ...document, counts: noCounts });
    await database.texts.put({ documentId: document.id, text, ...(lineKinds && { lineKinds }) });
  }
  await database.imported.bulkPut(records.layers.map((layer) => ({ ...layer, seq: 0 })));
  const places = new Map<string, number>();
  for (const { undoes, ...change } of records.changes) {
    const place = undoes === undefined ? undefined : places.get(undoes);
    const seq = await database.changes.add({ ...change, ...(place !== undefined && { undoes: place }) });
    places.set(change.id, seq);
  }
  for (const setting of records.settings)
    if (setting.setting === 'part')
      await keepParts(database, 'first', new Map([[setting.documentId, setting.part]]));
    else {
      const { setting: _, ...row } = setting;
      await database.activity.put(row);
    }
}
