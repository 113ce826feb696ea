import type { Database } from './database.ts';
import { follow } from './following.ts';

/** The value that was last kept under the key, as it was stored: the caller validates it. */
export async function loadPreference(database: Database, key: string): Promise<unknown> {
  return (await database.preferences.get(key))?.value;
}

export async function savePreference(database: Database, key: string, value: unknown): Promise<void> {
  await database.preferences.put({ key, value });
}

/** Puts some values among those kept under the key, whatever another tab has put there meanwhile. */
export async function mergePreference(database: Database, key: string, values: object): Promise<void> {
  await database.transaction('rw', database.preferences, async () => {
    const known = await loadPreference(database, key);
    await savePreference(database, key, { ...(typeof known === 'object' ? known : {}), ...values });
  });
}

/** Calls back with what is kept under the key, now and whenever any tab changes it. Gives back the function that ends it. */
export function followPreference(
  database: Database,
  key: string,
  onvalue: (value: unknown) => void,
  onerror: (error: unknown) => void,
): () => void {
  return follow(() => loadPreference(database, key), onvalue, onerror);
}

/** The change up to which the counts of documents and the snapshots of layers are true. */
export async function countedUpTo(database: Database): Promise<number> {
  const value = await loadPreference(database, 'counted');
  return typeof value === 'number' ? value : 0;
}
