import type { AppState } from '../app-state.svelte.ts';
import { chordsOf, type Chord } from './chord.ts';
import type { Command, Scope } from './command.ts';
import { commands } from './registry.ts';

/** Does what the key stands for in that scope; `true` when it stood for something. Labels come before commands. */
export function runKey(app: AppState, event: KeyboardEvent, scope: Scope): boolean {
  const chords = chordsOf(event);
  if (scope === 'text' && runLabelKey(app, chords)) return true;
  const inField = isField(event.target);
  const command = commands.find(
    (candidate) =>
      candidate.scope === scope && (!inField || candidate.inFields) && answers(candidate, chords, app),
  );
  command?.run(app);
  return command !== undefined;
}

function answers({ keys, when }: Command, chords: readonly Chord[], app: AppState): boolean {
  return keys.some((key) => chords.includes(key)) && (when?.(app) ?? true);
}

function runLabelKey({ session }: AppState, chords: readonly Chord[]): boolean {
  if (!session.open) return false;
  const label = session.labels.find(({ key }) => key !== undefined && chords.includes(key.toUpperCase()));
  if (label) session.marking.apply(label);
  return label !== undefined;
}

/** Whether keys typed there are text for a field, and none of our business. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select');
}
