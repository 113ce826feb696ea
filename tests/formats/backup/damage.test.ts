import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentUpdate } from '../../../src/core/change.ts';
import { firstProject } from '../../../src/core/project.ts';
import { addActivity } from '../../../src/storage/activity.ts';
import { commit } from '../../../src/storage/commit.ts';
import { BackupReading } from '../../../src/formats/backup/backup-reading.ts';
import type { SealedLine } from '../../../src/formats/backup/sealed-line.ts';
import { annotated } from '../../annotated.ts';
import { draft, marking, shelve, Workspace } from '../../storage/workspace.ts';
import { backedUp } from '../../workers/backup/projects.ts';

const { text, spans } = annotated('“[[Stay out](appeal),” he said 😀. They](claim) deny [it](denial).');
const whole = await bytesOfBackup();
const sound = await readingOf(whole);

/** A small project with a bit of everything, written once. */
async function bytesOfBackup(): Promise<Uint8Array<ArrayBuffer>> {
  const workspace = new Workspace();
  const database = await workspace.tab();
  await database.projects.add(firstProject());
  for (const id of ['a', 'b', 'c']) {
    const document = await shelve(database, { id, title: `Report ${id}` }, `${text} (${id})`, {
      spans,
      relations: [],
    });
    await commit(database, marking(id, { ...spans[0]!, id: `by-hand-${id}` }));
    await commit(database, draft({ updated: [documentUpdate(document, { ...document, status: 'done' })] }));
    await addActivity(database, id, 'anna', 3);
  }
  const file = await backedUp(database);
  workspace.close();
  return new Uint8Array(await file.arrayBuffer());
}

async function readingOf(bytes: Uint8Array<ArrayBuffer>) {
  const reading = new BackupReading(new Blob([bytes]), 'b.locution');
  const lines: SealedLine[] = [];
  for await (const line of reading.lines()) lines.push(line);
  return { lines, ...reading.finish() };
}

const keyOf = ({ part, line, sum }: SealedLine) => `${part} ${line} ${sum}`;
const keys = sound.lines.map(keyOf);

/** Where each line ends, its line feed included. */
const ends = sound.lines.map(({ sum }) => indexOf(whole, sum) + sum.length + 3);

function indexOf(bytes: Uint8Array, words: string): number {
  return Buffer.from(bytes).lastIndexOf(`"sum":"${words}"`) + '"sum":"'.length;
}

function changed(change: (bytes: Uint8Array<ArrayBuffer>) => void): Uint8Array<ArrayBuffer> {
  const bytes = whole.slice();
  change(bytes);
  return bytes;
}

describe('a sound backup', () => {
  test('has no fault, and its lines are those that were promised', () => {
    expect(sound.faults).toEqual([]);
    expect(sound.lost).toEqual([]);
    expect(sound.promised?.counts).toEqual({ documents: 3, spans: 12, relations: 0, changes: 6 });
    expect(keys).toHaveLength(2 + 3 + 3 + 6 + 3 + 1);
  });
});

describe('damage', () => {
  test('every byte that is another is found, and costs no line but the one that it is in', async () => {
    const place = fc.record({ at: fc.nat(whole.length - 1), by: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(place, async ({ at, by }) => {
        const { faults, lines, lost } = await readingOf(changed((bytes) => (bytes[at]! ^= by)));
        expect(faults).not.toEqual([]);
        const left = new Set(lines.map(keyOf));
        const missing = keys.filter((key) => !left.has(key));
        const hit = keys[ends.findIndex((end) => at < end)];
        expect(missing.filter((key) => key !== hit)).toEqual([]);
        expect(lost).toHaveLength(missing.length);
      }),
      { numRuns: 300 },
    );
  });

  test('every single byte of what stands around the lines is vouched for', async () => {
    const starts = [0, ...ends];
    const frame = Array.from(whole.keys()).filter((at) => {
      const index = ends.findIndex((end) => at < end);
      return index < 0 || at < whole.indexOf(0x7b, starts[index]);
    });
    expect(frame.length).toBeGreaterThan(400);
    for (const at of frame) {
      const { faults, lines } = await readingOf(changed((bytes) => (bytes[at]! ^= 0x01)));
      expect(faults, `byte ${at}`).not.toEqual([]);
      expect(lines.map(keyOf), `byte ${at}`).toEqual(keys);
    }
  });

  test('in one bit of each line names the part and the line (A39)', async () => {
    for (const [index, { part, line }] of sound.lines.entries()) {
      const { lost, faults } = await readingOf(changed((bytes) => (bytes[ends[index]! - 60]! ^= 0x04)));
      expect(lost).toEqual([{ part, first: line, last: line }]);
      expect(faults[0]).toMatchObject({
        line,
        message: `this line is damaged or missing and cannot be restored.`,
      });
      expect(faults[0]!.file).toContain(`b.locution/${part}.json`);
    }
  });

  test('a line feed that is another byte costs no line', async () => {
    for (const end of ends) {
      const { lines, faults } = await readingOf(changed((bytes) => (bytes[end - 1] = 0x20)));
      expect(lines.map(keyOf)).toEqual(keys);
      expect(faults).not.toEqual([]);
    }
  });

  test('a block of zeros costs the lines that it touches and no others', async () => {
    const bytes = changed((all) => all.fill(0, ends[3]! - 20, ends[5]! + 20));
    const { lines, lost } = await readingOf(bytes);
    expect(lines.map(keyOf)).toEqual(keys.filter((_, index) => ![3, 4, 5, 6].includes(index)));
    expect(lost).toEqual([
      { part: 'documents', first: 2, last: 3 },
      { part: 'imported', first: 1, last: 2 },
    ]);
  });

  test('a line that was taken out, put in twice or put elsewhere is found', async () => {
    const line = whole.slice(ends[8], ends[9]);
    const out = new Uint8Array([...whole.slice(0, ends[8]), ...whole.slice(ends[9])]);
    expect((await readingOf(out)).lost).toEqual([{ part: 'changes', first: 2, last: 2 }]);
    const twice = await readingOf(
      new Uint8Array([...whole.slice(0, ends[9]), ...line, ...whole.slice(ends[9])]),
    );
    expect(twice.lines.map(keyOf)).toEqual(keys);
    expect(twice.faults[0]).toMatchObject({
      line: 2,
      message: 'this line stands here once more and was passed over.',
    });
    const next = whole.slice(ends[9], ends[10]);
    const swapped = await readingOf(
      new Uint8Array([...whole.slice(0, ends[8]), ...next, ...line, ...whole.slice(ends[10])]),
    );
    expect(swapped.lost).toEqual([]);
    expect(swapped.faults.map(({ line: number }) => number)).toContain(3);
  });
});

describe('a file that was cut off', () => {
  test('gives all whole lines before the cut and says which are lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (at) => {
        const { lines, faults, lost, promised } = await readingOf(whole.slice(0, at));
        const wholeLines = ends.filter((end) => end <= at).length;
        expect(lines.map(keyOf)).toEqual(keys.slice(0, wholeLines));
        expect(faults).not.toEqual([]);
        const left = lost.reduce((sum, { first, last }) => sum + last - first + 1, 0);
        if (promised) expect(left).toBe(keys.length - wholeLines);
      }),
      { numRuns: 150 },
    );
  });

  test('of which only the end is there gives the lines that are there', async () => {
    const { lines, promised, manifest } = await readingOf(whole.slice(ends[4]! + 100));
    expect(manifest).toBeUndefined();
    expect(promised?.counts.documents).toBe(3);
    expect(lines.map(keyOf)).toEqual(keys.slice(6));
  });
});

describe('what is no backup', () => {
  test.each([
    ['an empty file', ''],
    ['prose', 'Ada denied it.\nThe ministry “called” it {false}.'],
    ['another zip', 'PK\u0003\u0004\u0000\u0000nothing'],
    ['training data', '{"text":"Ada denied it","spans":[]}\n'],
  ])('%s gives no line, a fault and no exception', async (_what, words) => {
    const { lines, faults, promised } = await readingOf(new TextEncoder().encode(words));
    expect(lines).toEqual([]);
    expect(promised).toBeUndefined();
    expect(faults.at(-1)!.message).toContain('head and end are damaged');
  });

  test('random bytes give no line and no exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect((await readingOf(new Uint8Array(bytes))).lines).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
