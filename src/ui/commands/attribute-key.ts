import { living, type Attribute } from '../../core/scheme.ts';
import { fieldId } from '../annotate/details/field-id.ts';
import type { AppState } from '../app-state.svelte.ts';
import { parseChord, type Chord } from './chord.ts';
import { activeLabelKey } from './keymap.ts';

/** The attributes that have a key, each once for the help. */
export function attributesWithKeys({ session }: AppState): readonly Attribute[] {
  return living(session.project.scheme.attributes).filter(({ key }) => key !== undefined);
}

/** What an attribute's key takes: itself and, where a letter can be held with it, Shift. */
export function chordsOfAttribute(key: string): readonly Chord[] {
  return [key, `Shift+${key}`].flatMap((written) => parseChord(written) ?? []);
}

/**
 * Does what an attribute's key stands for: goes to its field, or turns it to its next option where one press is enough.
 * With Shift it takes the texts of the span before, or turns the other way. Of attributes that share a key, as those of
 * different labels may, the focused span's own has it.
 */
export function runAttributeKey(app: AppState, chords: readonly Chord[]): boolean {
  const { describing, open } = app.session;
  if (!open) return false;
  const named = attributesWithKeys(app).filter((attribute) => {
    const key = activeLabelKey(app, attribute);
    return key !== undefined && (chords.includes(key) || chords.includes(`Shift+${key}`));
  });
  const own = open.focused ? describing.attributesOf(open.focused) : [];
  const attribute = named.find(({ id }) => own.some((one) => one.id === id)) ?? named[0];
  if (!attribute) return false;
  const isShifted = !chords.includes(activeLabelKey(app, attribute)!);
  if (attribute.type === 'one' || attribute.type === 'yes-no') describing.turn(attribute, isShifted ? -1 : 1);
  else if (attribute.type === 'text' && isShifted) describing.copyFromBefore(attribute);
  else if (describing.spanFor(attribute)) void app.focusField(fieldId(attribute));
  return true;
}
