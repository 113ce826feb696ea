import type { Finding } from '../../core/doctor/finding.ts';
import type { Database } from '../database.ts';

const changesTogether = 200;

/** What is wrong with the log itself, and the documents that it speaks of and that are not there. */
export async function* faultsOfLog(
  database: Database,
  onchanges: (count: number) => void,
): AsyncGenerator<Finding> {
  const known = new Set<string>();
  const lost = new Set<string>();
  let last = 0;
  for (;;) {
    const page = await database.changes.where(':id').above(last).limit(changesTogether).toArray();
    if (page.length === 0) break;
    for (const { id, seq, title } of page) {
      if (known.has(id)) yield { kind: 'log', fault: 'twice', seq, title };
      known.add(id);
    }
    const undone = [...new Set(page.flatMap(({ undoes }) => undoes ?? []))];
    const present = new Set(await database.changes.where(':id').anyOf(undone).primaryKeys());
    for (const { undoes, seq, title } of page)
      if (undoes !== undefined && !present.has(undoes))
        yield { kind: 'log', fault: 'takes back nothing', seq, title };
    for (const documentId of await missingOf(database, [...new Set(page.flatMap((c) => c.documentIds))])) {
      if (!lost.has(documentId)) yield { kind: 'lost', documentId };
      lost.add(documentId);
    }
    last = page.at(-1)!.seq;
    onchanges(page.length);
  }
}

async function missingOf({ documents }: Database, ids: readonly string[]): Promise<readonly string[]> {
  const present = new Set(await documents.where(':id').anyOf(ids).primaryKeys());
  return ids.filter((id) => !present.has(id));
}
