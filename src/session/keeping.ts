/** Whether the browser has promised to keep the work when the disk runs short. */
export type Promised = 'kept' | 'not promised';

/** The part of the browser's storage that is asked; absent on addresses that browsers do not trust. */
export type Keeper = Pick<StorageManager, 'persist' | 'estimate'>;

export function keeper(): Keeper | undefined {
  return globalThis.navigator?.storage;
}

/** Some browsers ask the user, who may never answer: until then nothing is promised. */
const patienceMs = 10_000;

/** Asks the browser to keep the work. Calls back with what holds, once more when an answer comes late. Nothing waits for it. */
export function askToKeep(storage: Keeper | undefined, onanswer: (promised: Promised) => void): void {
  const timer = setTimeout(() => onanswer('not promised'), patienceMs);
  const answer = (isKept: boolean) => {
    clearTimeout(timer);
    onanswer(isKept ? 'kept' : 'not promised');
  };
  // Some settings make the browser refuse even to answer, which promises nothing either.
  asked(storage).then(answer, () => answer(false));
}

async function asked(storage: Keeper | undefined): Promise<boolean> {
  return (await storage?.persist?.()) ?? false;
}

/** How much the browser says that this address takes up, and how much more it may. */
export interface Room {
  readonly usedBytes: number;
  readonly leftBytes: number;
}

/** `undefined` where the browser does not say. */
export async function roomIn(storage: Keeper | undefined): Promise<Room | undefined> {
  try {
    const { usage, quota } = (await storage?.estimate?.()) ?? {};
    if (usage === undefined || quota === undefined) return undefined;
    return { usedBytes: usage, leftBytes: Math.max(0, quota - usage) };
  } catch {
    // A browser that keeps this to itself is one that does not say.
    return undefined;
  }
}

const littleBytes = 50_000_000;

export function isLittle(room: Room | undefined): boolean {
  return room !== undefined && room.leftBytes < littleBytes;
}

/** "820 kB", "12.4 MB", "9.6 GB". */
export function sizeWords(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  let [size, unit] = [bytes / 1000, 0];
  while (size >= 1000 && unit < units.length - 1) [size, unit] = [size / 1000, unit + 1];
  const digits = unit > 0 && size < 100 ? 1 : 0;
  return `${size.toLocaleString('en', { maximumFractionDigits: digits })} ${units[unit]}`;
}
