import { NameTally, type NamesInUse } from '../core/names.ts';
import type { Database, LayerRow } from './database.ts';
import { eachCounting } from './documents.ts';
import { changesAfter } from './log.ts';
import { countedUpTo } from './preferences.ts';

/**
 * The names that the attributes of a project's spans use: as of the newest snapshots or, where there is none, of what
 * files brought, and in the log since. Reads no text; rows are looked at one by one.
 */
export async function namesInUse(database: Database, projectId: string): Promise<NamesInUse> {
  const tally = new NameTally();
  const tables = [
    database.documents,
    database.changes,
    database.layers,
    database.imported,
    database.preferences,
  ];
  await database.transaction('r', tables, async () => {
    const ids = new Set<string>();
    await eachCounting(database, projectId, ({ id }) => ids.add(id));
    const isMeant = (documentId: string) => ids.has(documentId);
    const snapshots = new Set<string>();
    await database.layers.each((layer) => {
      snapshots.add(layer.documentId);
      if (isMeant(layer.documentId)) countLayer(tally, layer);
    });
    await database.imported.each((layer) => {
      if (isMeant(layer.documentId) && !snapshots.has(layer.documentId)) countLayer(tally, layer);
    });
    for (const change of await changesAfter(database, await countedUpTo(database)))
      tally.countEdit(change, isMeant);
  });
  return tally.inUse;
}

function countLayer(tally: NameTally, { spans }: LayerRow): void {
  for (const { attributes, updatedAt } of spans) tally.count(attributes, updatedAt);
}
