import type { Database } from '../../storage/database.ts';
import { textInCopy, withCopy } from '../../storage/doctor/copy-check.ts';
import { removeUnfinished } from '../../storage/doctor/leftovers.ts';
import { makeAlike } from '../../storage/mirroring.ts';
import { bringUpToDate } from '../../storage/upkeep.ts';
import { hashText } from '../../core/text.ts';

/** What can be made anew from what is there, without a change of anything that somebody has marked. */
export interface MendOrder {
  /** Documents whose counts and snapshots are made anew from what files brought and the log. */
  readonly recount: readonly string[];
  /** Documents whose text comes back from the second copy. */
  readonly texts: readonly string[];
  /** Documents whose length is measured anew. */
  readonly lengths: readonly string[];
  /** Imports that were never finished, whose documents are removed. */
  readonly imports: readonly string[];
  /** Whether storage and second copy are given what each lacks. */
  readonly copy: boolean;
}

/** How much of it was done. */
export interface Mended {
  readonly documents: number;
  readonly texts: number;
  /** Documents of imports that were never finished. */
  readonly removed: number;
}

/** So many snapshots are made in one transaction. */
const documentsTogether = 500;

/** Does what is ordered, as far as it is still called for. */
export async function mend(database: Database, order: MendOrder): Promise<Mended> {
  // A text first, as what stands on it may be looked at right after.
  const texts = await bringTextsBack(database, order.texts);
  for (const id of order.lengths) await measure(database, id);
  for (let at = 0; at < order.recount.length; at += documentsTogether)
    await bringUpToDate(database, order.recount.slice(at, at + documentsTogether));
  let removed = 0;
  for (const importId of order.imports) removed += await removeUnfinished(database, importId);
  if (order.copy) await makeAlike(database);
  return { documents: order.recount.length + order.lengths.length, texts, removed };
}

async function bringTextsBack(database: Database, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return withCopy(database, async (copy) => {
    let brought = 0;
    for (const id of ids) {
      const document = await database.documents.get(id);
      const row = document && (await textInCopy(copy, document));
      if (!row) continue;
      await database.texts.put(row);
      brought++;
    }
    return brought;
  });
}

async function measure(database: Database, id: string): Promise<void> {
  await database.transaction('rw', database.documents, database.texts, async () => {
    const [document, row] = await Promise.all([database.documents.get(id), database.texts.get(id)]);
    // Of a text that is another one the length would be another's as well.
    if (!document || !row || hashText(row.text) !== document.hash) return;
    await database.documents.put({ ...document, length: row.text.length });
  });
}
