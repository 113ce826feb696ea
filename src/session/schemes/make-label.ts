import { livingLabels, withLabel, type Label } from '../../core/scheme.ts';
import type { SchemeVerbs } from './scheme-verbs.ts';
import type { Workplace } from '../workplace.ts';

/**
 * The label of that name. If the scheme lacks it, it is made with the next free key and colour, as a step of its own
 * that can be undone; `undefined` when that was refused, of which the user is told.
 */
export function makeLabel(place: Workplace, verbs: SchemeVerbs, typed: string): Label | undefined {
  const name = typed.replace(/\s+/gu, ' ').trim();
  const value = name.toLocaleLowerCase('en').replace(/\s/gu, '_');
  const { label, created } = withLabel(place.project.scheme, { value, name }, place.preferences.labelKeys);
  if (!created) return label;
  const { id: _, ...wish } = label;
  if (verbs.add('labels', wish) !== undefined) return undefined;
  return livingLabels(place.project.scheme).find((candidate) => candidate.value === value);
}
