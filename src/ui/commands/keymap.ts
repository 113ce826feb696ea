import type { AppState } from '../app-state.svelte.ts';
import { ariaChord, formatChord, isSingleKey, parseChord, type Chord } from './chord.ts';
import type { Command } from './command.ts';
import { commands } from './registry.ts';

/** The command of that id. @throws RangeError when there is none. */
export function commandOf(id: string): Command {
  const command = commands.find((candidate) => candidate.id === id);
  if (!command) throw new RangeError(`no command is called ${id}`);
  return command;
}

/** The keys of a command: those that the user chose, or its own but for what the user gave to another. */
export function keysOf(app: AppState, command: Command): readonly Chord[] {
  return chosenKeys(app, command) ?? command.keys.filter((key) => !isGivenAway(app, key));
}

/** The keys that do something now: without characters alone when those are switched off. */
export function activeKeys(app: AppState, command: Command): readonly Chord[] {
  return keysOf(app, command).filter((key) => isActive(app, key));
}

/** The key that marks with a label now. */
export function activeLabelKey(app: AppState, label: { readonly key?: string }): Chord | undefined {
  const chord = label.key === undefined ? undefined : parseChord(label.key);
  return chord !== undefined && isActive(app, chord) ? chord : undefined;
}

/** What a button says of its keys. */
export interface KeyHints {
  readonly title: string;
  readonly 'aria-keyshortcuts'?: string | undefined;
}

/** What a button says of the keys of its command: its tooltip, and the same for a screen reader. */
export function keyHints(app: AppState, id: string, name = commandOf(id).name): KeyHints {
  const keys = activeKeys(app, commandOf(id));
  return {
    title: keys[0] === undefined ? name : `${name} (${formatChord(keys[0])})`,
    'aria-keyshortcuts': keys.map((key) => ariaChord(key)).join(' ') || undefined,
  };
}

/** Whether the user chose other keys for it than its own. */
export function isChanged(app: AppState, command: Command): boolean {
  return chosenKeys(app, command) !== undefined;
}

/**
 * What is chosen and can be used. A list of which nothing can be used is as if it had not been stored; an empty one
 * means that the command has no key.
 */
function chosenKeys({ session }: AppState, { id }: Command): readonly Chord[] | undefined {
  const stored = session.preferences.values.keys[id];
  const chords = stored?.flatMap((key) => parseChord(key) ?? []);
  return stored && stored.length > 0 && chords?.length === 0 ? undefined : chords;
}

/** Whether somebody chose for one command what is the own key of another. */
function isGivenAway(app: AppState, key: Chord): boolean {
  return commands.some(
    (command) => !command.keys.includes(key) && chosenKeys(app, command)?.includes(key) === true,
  );
}

function isActive({ session }: AppState, key: Chord): boolean {
  return session.preferences.values.singleKeys || !isSingleKey(key);
}
