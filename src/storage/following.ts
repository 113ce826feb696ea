import { liveQuery, type Subscription } from 'dexie';

/** How long after a look that failed another one is taken. */
const againMs = 1000;

/**
 * Calls back with what the look finds, now and whenever any tab or worker changes that. One that fails is told, and another
 * is taken a second later: the library would look no more. Gives back the function that ends it.
 */
export function follow<T>(
  look: () => Promise<T>,
  onvalue: (value: T) => void,
  onerror: (error: unknown) => void,
): () => void {
  let subscription: Subscription | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    // Of aborted looks the library says nothing at all.
    const aloud = () =>
      look().catch((error: unknown) => {
        throw error instanceof Error && error.name === 'AbortError'
          ? new Error(error.message, { cause: error })
          : error;
      });
    subscription = liveQuery(aloud).subscribe({
      next: onvalue,
      error(error: unknown) {
        subscription?.unsubscribe();
        timer = setTimeout(begin, againMs);
        onerror(error);
      },
    });
  };
  begin();
  return () => {
    clearTimeout(timer);
    subscription?.unsubscribe();
  };
}
