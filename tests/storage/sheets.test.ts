import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noEdit, spanEntry } from '../../src/core/change.ts';
import { commit } from '../../src/storage/commit.ts';
import { sheetFromLog } from '../../src/storage/documents.ts';
import { sheetsOf } from '../../src/storage/sheets.ts';
import { bringUpToDate } from '../../src/storage/upkeep.ts';
import { annotated, span } from '../annotated.ts';
import { draft, newWorkspace, shelve } from './workspace.ts';

const text = 'Ada denied it, all of it';
const ids = ['a', 'b', 'c'];

/** Changes of several documents at once, and snapshots in between. */
const steps = fc.array(
  fc.oneof(
    fc.constant('snapshot' as const),
    fc
      .subarray(ids, { minLength: 1 })
      .chain((documentIds) =>
        fc.record({ documentIds: fc.constant(documentIds), start: fc.nat(9), isRemoval: fc.boolean() }),
      ),
  ),
  { maxLength: 8 },
);

test('sheets that are read together are those that are read one by one', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { database } = await newWorkspace();
      const imported = annotated('[Ada](claim) denied it, all of it', 'file');
      await shelve(database, { id: 'a' }, text, { spans: imported.spans, relations: [] });
      for (const id of ['b', 'c']) await shelve(database, { id }, text);
      for (const step of taken) {
        if (step === 'snapshot') await bringUpToDate(database);
        else {
          const entries = step.documentIds.map((id) =>
            spanEntry(id, span({ id: `${id}-${step.start}`, start: step.start, end: step.start + 3 }, text)),
          );
          await commit(database, draft({ ...noEdit, [step.isRemoval ? 'removed' : 'added']: entries }));
        }
      }
      const together = await sheetsOf(database, ids);
      for (const id of ids) expect(together.get(id)).toEqual(await sheetFromLog(database, id));
    }),
    { numRuns: 30 },
  );
});
