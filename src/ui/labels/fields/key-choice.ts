import { labelKeys, type Scheme } from '../../../core/scheme.ts';
import { schemeFault, withPatch } from '../../../core/schemes/editing.ts';
import type { AppState } from '../../app-state.svelte.ts';
import { chordsOfAttribute } from '../../commands/attribute-key.ts';
import { formatChord, parseChord } from '../../commands/chord.ts';
import { keysOf } from '../../commands/keymap.ts';
import { commands } from '../../commands/registry.ts';

/** The key that was typed into a field which shows one already; `undefined` when it was emptied. */
export function typedKey(content: string, before: string | undefined): string | undefined {
  const typed = [...content.trim().toLowerCase()];
  return typed.length > 1 ? (typed.find((key) => key !== before) ?? before) : typed[0];
}

/** Why a label or an attribute cannot have a key, naming what has it; `undefined` when it can. */
export function keyFault(
  app: AppState,
  part: 'labels' | 'attributes',
  id: string,
  key: string | undefined,
): string | undefined {
  if (key === undefined) return undefined;
  const { scheme }: { scheme: Scheme } = app.session.project;
  return (
    faultOfCommand(app, part, key) ??
    (labelKeys.includes(key)
      ? schemeFault(withPatch(scheme, part, id, { key }), scheme)
      : `“${key}” cannot be a key here. Choose a digit or a letter from a to z.`)
  );
}

function faultOfCommand(app: AppState, part: 'labels' | 'attributes', key: string): string | undefined {
  const chords = part === 'attributes' ? chordsOfAttribute(key) : [parseChord(key)];
  for (const command of commands) {
    const chord = keysOf(app, command).find((own) => chords.includes(own));
    if (chord !== undefined) return `${formatChord(chord)} belongs to “${command.name}”. Choose another key.`;
  }
  return undefined;
}
