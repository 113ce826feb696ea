import * as v from 'valibot';
import type { Database } from '../database.ts';
import { importNoteKey as keyOf } from './note-keys.ts';

const note = v.object({ importId: v.string(), at: v.string(), files: v.array(v.string()) });
/** What is known of an import that was begun. */
export interface ImportNote {
  readonly importId: string;
  readonly at: string;
  readonly files: readonly string[];
}

/** More names would be read by nobody. */
const mostFiles = 20;

/** Notes that an import was begun: its files cannot be asked any more once the page is gone. */
export async function noteImport(database: Database, begun: ImportNote): Promise<void> {
  const value = { ...begun, files: begun.files.slice(0, mostFiles) };
  await database.preferences.put({ key: keyOf(begun.importId), value });
}

export async function importNotes({ preferences }: Database): Promise<ImportNote[]> {
  const rows = await preferences.where(':id').between(keyOf(''), keyOf('\uffff'), true, true).toArray();
  return rows.flatMap(({ value }) => (v.is(note, value) ? [value] : []));
}

export async function forgetImport({ preferences }: Database, importId: string): Promise<void> {
  await preferences.delete(keyOf(importId));
}
