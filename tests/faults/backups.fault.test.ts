import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../src/core/backup/content.ts';
import { applyEdits, sheetOf } from '../../src/core/sheet.ts';
import { commit } from '../../src/storage/commit.ts';
import { backUp } from '../../src/workers/backup/backing-up.ts';
import { span } from '../annotated.ts';
import { document as anyDocument } from '../formats/arbitraries.ts';
import { acts, clashingActs } from '../storage/histories.ts';
import { marking, newWorkspace, shelve } from '../storage/workspace.ts';
import { backedUp, live, order, recordsOf } from '../workers/backup/projects.ts';
import { goOn, restored, seenIn } from '../workers/backup/restoring.ts';

const script = fileURLToPath(new URL('../verify-export.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const hours = fc.array(fc.nat(9), { minLength: 30, maxLength: 30 });
const halfAnHour = 30 * 60_000;

describe('a thousand projects', () => {
  test(
    'come back from their backups as they were, with all that was done (A38)',
    { timeout: halfAnHour },
    async () => {
      const texts: Blob[] = [];
      await fc.assert(
        fc.asyncProperty(acts, anyDocument, async (all, { document, text, spans, relations }) => {
          const [{ database, workspace }, other] = [await newWorkspace(), await newWorkspace()];
          await other.database.projects.clear();
          await shelve(database, document, text, { spans: [...spans], relations: [...relations] });
          await live(database, all);
          const file = await backedUp(database);
          if (texts.length < 100) texts.push(file);
          await restored(other.database, file, 'merge');
          expect(await seenIn(other.database)).toEqual(await seenIn(database));
          const [was, is] = [await recordsOf(file), await recordsOf(await backedUp(other.database))];
          expect(is.records.changes.slice(0, -1)).toEqual(was.records.changes);
          expect({ ...is.records, changes: [] }).toEqual({ ...was.records, changes: [] });
          workspace.close();
          other.workspace.close();
        }),
        { numRuns: 1000 },
      );
      if (hasPython) await verifiedByPython(texts);
    },
  );
});

/** Each backup unpacked by Python, and its documents checked as a user of the data would. */
async function verifiedByPython(files: readonly Blob[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'locution-backups-'));
  try {
    for (const file of files) {
      const path = join(folder, 'b.locution');
      writeFileSync(path, new Uint8Array(await file.arrayBuffer()));
      expect(spawnSync('python3', ['-m', 'zipfile', '-e', path, folder]).status).toBe(0);
      const { status, stdout, stderr } = spawnSync('python3', [script, join(folder, 'documents.jsonl')]);
      expect({ status, said: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test(
  'states that went apart give the same in both orders, three hundred times (A42)',
  { timeout: halfAnHour },
  async () => {
    await fc.assert(
      fc.asyncProperty(acts, clashingActs, clashingActs, hours, hours, async (shared, one, other, a, b) => {
        const [here, there] = [await newWorkspace(), await newWorkspace()];
        await live(here.database, shared);
        await there.database.projects.clear();
        await restored(there.database, await backedUp(here.database), 'merge');
        await goOn(here.database, shared, one, a);
        await goOn(there.database, shared, other, b);
        const files = [await backedUp(here.database), await backedUp(there.database)] as const;
        const ids = await Promise.all(files.map(async (file) => (await recordsOf(file)).records.changes));
        const ab = await restored(here.database, files[1], 'merge');
        const ba = await restored(there.database, files[0], 'merge');
        expect(await seenIn(here.database)).toEqual(await seenIn(there.database));
        const swapped = ba.conflicts.map((c) => ({ ...c, here: c.incoming, incoming: c.here }));
        expect(ab.conflicts.map(contentOf).sort()).toEqual(swapped.map(contentOf).sort());
        const kept = new Set((await here.database.changes.toArray()).map(({ id }) => id));
        for (const { id } of ids.flat()) expect(kept).toContain(id);
        here.workspace.close();
        there.workspace.close();
      }),
      { numRuns: 300 },
    );
  },
);

test(
  'a backup while another tab writes is as of one moment, sixty times (A36)',
  { timeout: halfAnHour },
  async () => {
    for (let round = 0; round < 60; round++) {
      const { database, workspace } = await newWorkspace();
      const ids = Array.from({ length: 40 }, (_, index) => `d${100 + index}`);
      for (const id of ids) await shelve(database, { id });
      const other = await workspace.tab();
      let marked = 0;
      const over = new AbortController();
      const writing = (async () => {
        while (!over.signal.aborted && marked < 60) {
          const id = ids[(marked * 7 + round) % ids.length]!;
          await commit(other, marking(id, span({ id: `s${marked++}`, start: 0, end: 3 }, 'Ada')));
          await new Promise((resolve) => setTimeout(resolve, round % 5));
        }
      })();
      const { blob, counts } = await backUp(database, order, () => undefined);
      over.abort();
      await writing;
      const { records, state } = await recordsOf(blob);
      expect(state.faults).toEqual([]);
      expect(counts).toMatchObject({ documents: 40, changes: records.changes.length });
      // What stands on the documents is what the history makes of them, and nothing more.
      const spans = records.documents.reduce(
        (sum, { document }) => sum + applyEdits(sheetOf([]), records.changes, document.id).spans.length,
        0,
      );
      expect(counts.spans).toBe(spans);
      workspace.close();
    }
  },
);
