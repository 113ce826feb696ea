import * as v from 'valibot';
import { parts, type Part } from '../core/splits/part.ts';
import type { Database } from './database.ts';
import { loadPreference, mergePreference } from './preferences.ts';

const stored = v.record(v.string(), v.picklist(parts));

/** Where the parts that documents of a project have had in exports are kept. */
const keyOf = (projectId: string) => `parts of ${projectId}`;

/** The parts that documents had in earlier exports, by id; what is stored and does not fit is as if it were not. */
export async function partsBefore(database: Database, projectId: string): Promise<ReadonlyMap<string, Part>> {
  const found = v.safeParse(stored, (await loadPreference(database, keyOf(projectId))) ?? {});
  return new Map(Object.entries(found.success ? found.output : {}));
}

/** Keeps the parts, so that no later export moves a document. */
export async function keepParts(
  database: Database,
  projectId: string,
  dealt: ReadonlyMap<string, Part>,
): Promise<void> {
  await mergePreference(database, keyOf(projectId), Object.fromEntries(dealt));
}
