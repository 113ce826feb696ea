import { crcOf } from '../../formats/backup/crc.ts';
import { centralDirectory, localHeader, type StoredFile } from '../../formats/backup/stored-zip.ts';
import { databaseName, openDatabase, type Database, type DatabaseOptions } from '../../storage/database.ts';
import { dump, type Place } from '../../storage/dump.ts';
import { mirrorPlace, openMirrorAfter } from '../../storage/mirror.ts';
import { loadProjects } from '../../storage/projects.ts';
import { backUp } from '../backup/backing-up.ts';
import { blobSink } from '../exporting/sinks.ts';

/** One of the places where work is kept. `database` is absent where it cannot be opened as ours. */
interface Source {
  /** The folder in the file. */
  readonly name: string;
  readonly place: Place;
  readonly database: Database | undefined;
}

export interface RescueFile {
  readonly blob: Blob;
  readonly rows: number;
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
}

const readMe = `This file was saved by Locution where work was missing or could not be opened.

Each folder is a place where the browser keeps work.
  *.locution   a backup of a project: documents, spans, relations, history. Locution imports it.
  rows.jsonl   every row that could be read, as it stands: one JSON object a line, with its table, key and value.
               Texts are in the table "texts", what was done in the table "changes" (offsets count UTF-16 units).

`;

/**
 * Everything that can be read, wherever it is kept, as one zip: backups of ours, and the bare rows in a form that needs no
 * Locution. It works where the storage does not open.
 */
export async function rescueFile(options: DatabaseOptions, version: string): Promise<RescueFile> {
  const sources = await sourcesOf(options);
  try {
    return await fileOf(sources, version);
  } finally {
    for (const { database } of sources) database?.close({ disableAutoOpen: true });
  }
}

async function sourcesOf(options: DatabaseOptions): Promise<Source[]> {
  const factory: IDBFactory | undefined = options.factory ?? globalThis.indexedDB;
  if (!factory) return [];
  const keyRange = options.keyRange ?? IDBKeyRange;
  const opening = openDatabase(() => undefined, options);
  const [opened, mirror, copy] = await Promise.all([
    opening,
    openMirrorAfter(opening, options),
    mirrorPlace(options),
  ]);
  const database = opened.kind === 'open' ? opened.database : undefined;
  return [
    { name: 'storage', place: { name: options.name ?? databaseName, factory, keyRange }, database },
    { name: 'second copy', place: { factory, ...copy, keyRange }, database: mirror },
  ];
}

async function fileOf(sources: readonly Source[], version: string): Promise<RescueFile> {
  const files: { path: string; blob: Blob }[] = [];
  const problems: string[] = [];
  let rows = 0;
  for (const { name, place, database } of sources) {
    if (database) files.push(...(await backupsOf(database, name, version, problems)));
    const dumped = await rowsOf(place, name, problems);
    rows += dumped.rows;
    if (dumped.rows > 0) files.push({ path: `${name}/rows.jsonl`, blob: dumped.blob });
  }
  const words = [readMe, ...problems.map((problem) => `Not in this file: ${problem}\n`)];
  files.unshift({ path: 'READ ME.txt', blob: new Blob(words) });
  return { blob: await zipped(files), rows, problems };
}

async function backupsOf(database: Database, folder: string, version: string, problems: string[]) {
  const files: { path: string; blob: Blob }[] = [];
  try {
    for (const [index, { id, name }] of (await loadProjects(database)).entries())
      try {
        const order = { projectId: id, at: new Date().toISOString(), version };
        const { blob } = await backUp(database, order, () => undefined);
        files.push({ path: `${folder}/${index + 1} ${fileName(name)}.locution`, blob });
      } catch (error) {
        problems.push(`a backup of “${name}” (${folder}): ${wordsOf(error)}`);
      }
  } catch (error) {
    problems.push(`backups (${folder}): ${wordsOf(error)}`);
  }
  return files;
}

async function rowsOf(
  place: Place,
  folder: string,
  problems: string[],
): Promise<{ readonly blob: Blob; readonly rows: number }> {
  const sink = blobSink('application/jsonl');
  let rows = 0;
  try {
    for await (const row of dump(place)) {
      if ('problem' in row) problems.push(`rows of “${row.table}” (${folder}): ${row.problem}`);
      else rows++;
      sink.write(`${JSON.stringify(row, plain)}\n`);
    }
  } catch (error) {
    problems.push(`rows (${folder}): ${wordsOf(error)}`);
  }
  return { blob: sink.close(), rows };
}

/** Bytes have no form in JSON. */
function plain(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { bytes: btoa(String.fromCharCode(...value)) } : value;
}

/** Stored as they are: nothing has to be unpacked that may be damaged. */
async function zipped(files: readonly { path: string; blob: Blob }[]): Promise<Blob> {
  const pieces: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  const stored: StoredFile[] = [];
  let offset = 0;
  for (const { path, blob } of files) {
    let crc = 0;
    for (let at = 0; at < blob.size; at += crcTogether)
      crc = crcOf(new Uint8Array(await blob.slice(at, at + crcTogether).arrayBuffer()), crc);
    const file = { path, size: blob.size, crc, offset };
    const header = localHeader(file);
    pieces.push(header, blob);
    stored.push(file);
    offset += header.length + blob.size;
  }
  return new Blob([...pieces, centralDirectory(stored, offset)], { type: 'application/zip' });
}

const crcTogether = 1_000_000;

function fileName(name: string): string {
  return (
    name
      .replace(/[^\p{L}\p{N} _-]/gu, ' ')
      .trim()
      .slice(0, 60) || 'project'
  );
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
