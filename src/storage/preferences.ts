import type { Database } from './database.ts';

/** The value that was last kept under the key, as it was stored: the caller validates it. */
export async function loadPreference(database: Database, key: string): Promise<unknown> {
  return (await database.preferences.get(key))?.value;
}

export async function savePreference(database: Database, key: string, value: unknown): Promise<void> {
  await database.preferences.put({ key, value });
}

/** The change up to which the counts of documents and the snapshots of layers are true. */
export async function countedUpTo(database: Database): Promise<number> {
  const value = await loadPreference(database, 'counted');
  return typeof value === 'number' ? value : 0;
}
