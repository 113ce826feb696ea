import { remainsNow, type Remainder } from '../../session/files/remains.ts';
import type { AppState } from '../app-state.svelte.ts';

/** After so long the page has settled, and nobody waits for anything. */
const afterMs = 4000;

let hasLooked = false;

/** Looks, once after the start, whether an import or a restore was cut off, and says so. */
export function lookForRemains(app: AppState): void {
  if (hasLooked) return;
  hasLooked = true;
  setTimeout(() => void tell(app), afterMs);
}

async function tell(app: AppState): Promise<void> {
  const { messages } = app.projects.session;
  try {
    const [first] = (await remainsNow()) ?? [];
    if (first) messages.say(wordsOf(first), { name: 'Continue or undo', run: () => open(app), lasts: true });
  } catch (error) {
    messages.say(`Whether an import was cut off could not be looked up (${String(error)}).`);
  }
}

function open(app: AppState): void {
  app.dialog = 'remains';
}

/** "An import was not finished; nothing of it counts." */
export function wordsOf({ kind }: Remainder): string {
  return `${kind === 'import' ? 'An import' : 'A restore'} was not finished; nothing of it counts.`;
}
