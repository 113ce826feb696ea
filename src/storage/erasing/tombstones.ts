import * as v from 'valibot';
import { hashText } from '../../core/text.ts';
import type { Database } from '../database.ts';
import { loadPreference, savePreference } from '../preferences.ts';

/** Where the hashes of the ids of all that was deleted for good are kept. Ids themselves may come from names of files. */
const key = 'erased';
const stored = v.array(v.string());

/** Tells whether a document or project of this id was deleted for good. */
export type IsErased = (id: string) => boolean;

async function hashes(database: Database): Promise<readonly string[]> {
  const found = v.safeParse(stored, await loadPreference(database, key));
  return found.success ? found.output : [];
}

/** What was deleted for good, in this storage or the other one; `undefined` where nothing ever was. */
export async function erasedIn(...databases: readonly Database[]): Promise<IsErased | undefined> {
  const known = new Set((await Promise.all(databases.map(hashes))).flat());
  return known.size === 0 ? undefined : (id) => known.has(hashText(id));
}

/** Within a transaction of the preferences: notes that these are deleted for good, so that nothing brings them back. */
export async function noteErased(database: Database, ids: Iterable<string>): Promise<void> {
  const fresh = [...ids].map(hashText);
  await savePreference(database, key, [...new Set([...(await hashes(database)), ...fresh])]);
}

/** Within a transaction of the preferences: they may come back, as by a backup that the user restores all the same. */
export async function forgetErased(database: Database, ids: Iterable<string>): Promise<void> {
  const known = await hashes(database);
  if (known.length === 0) return;
  const back = new Set([...ids].map(hashText));
  const left = known.filter((hash) => !back.has(hash));
  if (left.length < known.length) await savePreference(database, key, left);
}
