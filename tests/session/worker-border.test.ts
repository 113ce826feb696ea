import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hireLibrarian, startJob } from '../../src/session/job.ts';
import { runJob, type Job } from '../../src/workers/jobs.ts';
import type { Database } from '../../src/storage/database.ts';

/** A worker that is told what to say. */
class SaysAnything extends EventTarget {
  static all: SaysAnything[] = [];
  readonly postMessage = vi.fn<(message: unknown) => void>();
  readonly terminate = vi.fn<() => void>();

  constructor() {
    super();
    SaysAnything.all.push(this);
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

/** Put back by itself, as `vi.unstubAllGlobals` would take away what other files have put there as well. */
const before = globalThis.Worker as typeof Worker | undefined;
beforeEach(() => void Object.assign(globalThis, { Worker: SaysAnything }));
afterEach(() => {
  Object.assign(globalThis, { Worker: before });
  SaysAnything.all = [];
});

test('what a worker says is a result only where it says so', async () => {
  const { result } = startJob({ kind: 'upkeep' });
  const [worker] = SaysAnything.all;
  worker!.say({ kind: '__proto__', result: { documents: 1 } });
  await expect(result).rejects.toThrow(/said something unknown \(__proto__\)/);
  expect(worker!.terminate).toHaveBeenCalledOnce();
});

test('an answer is one only where it says so, and one that nobody asked for is let go', async () => {
  const librarian = hireLibrarian();
  const asked = librarian.ask({} as Parameters<typeof librarian.ask>[0]);
  const [worker] = SaysAnything.all;
  worker!.say({ kind: 'answered', id: 99, answer: {} });
  worker!.say({ kind: 'constructor', id: 1, answer: {} });
  await expect(asked).rejects.toThrow(/said something unknown \(constructor\)/);
});

test.each(['constructor', '__proto__', '', undefined])(
  'a worker refuses a job of a kind that it does not know (%s)',
  async (kind) => {
    const job = { kind } as unknown as Job;
    await expect(runJob({} as Database, job, () => undefined)).rejects.toThrow(RangeError);
  },
);
