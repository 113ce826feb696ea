import { createSubscriber } from 'svelte/reactivity';

const tickMs = 30_000;

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, tickMs);
  return () => clearInterval(timer);
});

/** The time in milliseconds since 1970, for words such as "5 minutes ago", which go on with it. */
export function nowMs(): number {
  subscribe();
  return Date.now();
}
