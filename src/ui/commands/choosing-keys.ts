import type { AppState } from '../app-state.svelte.ts';
import { attributesWithKeys, chordsOfAttribute } from './attribute-key.ts';
import { formatChord, parseChord, type Chord } from './chord.ts';
import type { Command } from './command.ts';
import { isChanged, keysOf } from './keymap.ts';
import { commands } from './registry.ts';

/** Keys that a text, a form or the browser cannot do without, whatever is held beside them. */
const reserved = new Map<Chord, string>([
  ...['Tab', 'Shift+Tab'].map((key) => [key, 'moving through the page'] as const),
  ...['Enter', 'Space'].map((key) => [key, 'pressing buttons'] as const),
  ...['Mod+A', 'Mod+C', 'Mod+X', 'Mod+V'].map((key) => [key, 'selecting and copying'] as const),
  ...['Home', 'End', 'PageUp', 'PageDown', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].flatMap((key) =>
    ['', 'Shift+', 'Mod+', 'Mod+Shift+'].map(
      (held) => [held + key, 'moving and selecting in the text'] as const,
    ),
  ),
  ['Escape', 'leaving'],
]);

/**
 * Who has the key, in words; `undefined` when it is free. The text takes its keys first and hands on the rest, so keys
 * that work in the text and keys that work everywhere meet, and no two commands, labels or attributes may
 * share one.
 */
function holderOf(app: AppState, key: Chord, wanting?: Command): string | undefined {
  const label = app.session.labels.find((candidate) => parseChord(candidate.key ?? '') === key);
  if (label) return `the label ${label.name}`;
  const attribute = attributesWithKeys(app).find((candidate) =>
    chordsOfAttribute(candidate.key!).includes(key),
  );
  if (attribute) return `the attribute ${attribute.name}`;
  const other = commands.find((command) => command !== wanting && keysOf(app, command).includes(key));
  const isOwn = wanting?.keys.includes(key) ?? false;
  // Some commands share a key from the start, Escape above all, because only one of them can be meant at a time.
  if (other && !(isOwn && other.keys.includes(key) && !isChanged(app, other))) return `“${other.name}”`;
  const use = isOwn ? undefined : reserved.get(key);
  return use && `the browser, for ${use}`;
}

/** Gives the command a key, in the place of another one if that is named. Gives back why not, when it is refused. */
export function chooseKey(app: AppState, command: Command, key: Chord, instead?: Chord): string | undefined {
  const holder = holderOf(app, key, command);
  if (holder !== undefined) return refusal(key, holder);
  const before = keysOf(app, command);
  const after = instead === undefined ? [...before, key] : before.map((own) => (own === instead ? key : own));
  keep(app, command, [...new Set(after)]);
  return undefined;
}

export function removeKey(app: AppState, command: Command, key: Chord): void {
  keep(
    app,
    command,
    keysOf(app, command).filter((own) => own !== key),
  );
}

/** Gives the command its own keys again. Gives back why not, when another has one of them by now. */
export function resetKeys(app: AppState, command: Command): string | undefined {
  for (const key of command.keys) {
    const holder = holderOf(app, key, command);
    if (holder !== undefined) return refusal(key, holder);
  }
  const { [command.id]: _, ...others } = app.session.preferences.values.keys;
  app.session.preferences.set({ keys: others });
  return undefined;
}

export function resetAllKeys(app: AppState): void {
  app.session.preferences.set({ keys: {} });
  app.session.messages.say('Every command has its own keys again.');
}

function keep({ session }: AppState, { id, name }: Command, keys: readonly Chord[]): void {
  session.preferences.set({ keys: { ...session.preferences.values.keys, [id]: [...keys] } });
  const written = keys.map((key) => formatChord(key)).join(', ');
  session.messages.say(written === '' ? `“${name}” has no key now.` : `“${name}”: ${written}.`);
}

function refusal(key: Chord, holder: string): string {
  return `${formatChord(key)} belongs to ${holder}. Choose another key, or change that one first.`;
}
