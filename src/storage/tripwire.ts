/**
 * How many documents this browser was last known to hold, kept beside the database: browsers answer a damaged or cleared
 * database with an empty one and no error, and an empty one is never proof of a first run.
 */
const key = 'locution-documents';

export function rememberDocumentCount(count: number): void {
  storage()?.setItem(key, String(count));
}

/** 0 where nothing is known. */
export function rememberedDocumentCount(): number {
  const count = Number(storage()?.getItem(key) ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/** Some settings of browsers forbid it, and then even asking throws. */
function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
