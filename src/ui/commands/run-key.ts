import type { AppState } from '../app-state.svelte.ts';
import { chordsOf, type Chord } from './chord.ts';
import type { Command, Scope } from './command.ts';
import { runAttributeKey } from './attribute-key.ts';
import { runTypeKey } from './linking.ts';
import { activeKeys, activeLabelKey } from './keymap.ts';
import { commands } from './registry.ts';

/**
 * Does what the key stands for in that scope; `true` when it stood for something. In the text the keys of labels and of
 * attributes come before those of commands, but for commands that come first.
 */
export function runKey(app: AppState, event: KeyboardEvent, scope: Scope): boolean {
  const chords = chordsOf(event);
  if (scope === 'text' && runTextKey(app, event, chords)) return true;
  return runCommand(app, event, chords, (command) => command.scope === scope);
}

function runTextKey(app: AppState, event: KeyboardEvent, chords: readonly Chord[]): boolean {
  return (
    runCommand(app, event, chords, ({ first }) => first === true) ||
    runTypeKey(app, chords) ||
    runLabelKey(app, chords) ||
    runAttributeKey(app, chords)
  );
}

function runCommand(
  app: AppState,
  event: KeyboardEvent,
  chords: readonly Chord[],
  counts: (command: Command) => boolean,
): boolean {
  const inField = isField(event.target);
  const command = commands.find(
    (candidate) =>
      counts(candidate) &&
      (candidate.inFields || !inField) &&
      hasKey(app, candidate, chords) &&
      (candidate.when?.(app) ?? true),
  );
  command?.run(app);
  return command !== undefined;
}

/** Whether the event is a key of the command, which may do nothing now. */
export function isKeyOf(app: AppState, command: Command, event: KeyboardEvent): boolean {
  return hasKey(app, command, chordsOf(event));
}

function hasKey(app: AppState, command: Command, chords: readonly Chord[]): boolean {
  return activeKeys(app, command).some((key) => chords.includes(key));
}

function runLabelKey(app: AppState, chords: readonly Chord[]): boolean {
  const { session } = app;
  if (!session.open) return false;
  const label = session.labels.find((candidate) => {
    const key = activeLabelKey(app, candidate);
    return key !== undefined && chords.includes(key);
  });
  if (label) session.marking.apply(label);
  return label !== undefined;
}

/** Whether keys typed there are text for a field, and none of our business. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select');
}
