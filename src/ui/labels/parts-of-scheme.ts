import { machineName, nextColour, nextKey, type Scheme } from '../../core/scheme.ts';
import { anyLabel } from '../../core/scheme.ts';
import { freeValue, itemsOf, type SchemePart } from '../../core/schemes/editing.ts';
import type { Session } from '../../session/session.svelte.ts';

/** What people call an item of each part. */
export const nouns: Record<SchemePart, string> = {
  labels: 'label',
  attributes: 'attribute',
  relations: 'relation',
  documentLabels: 'document label',
};

export const partTabs: readonly { readonly id: SchemePart | 'rules'; readonly name: string }[] = [
  { id: 'labels', name: 'Labels' },
  { id: 'attributes', name: 'Attributes' },
  { id: 'relations', name: 'Relations' },
  { id: 'documentLabels', name: 'Document labels' },
  { id: 'rules', name: 'Rules for all' },
];

/** The machine name that an item of this name would get; empty while the name has no letters. */
export function valueFor(scheme: Scheme, part: SchemePart, name: string): string {
  const value = machineName(name);
  const living = itemsOf(scheme, part).filter(({ deleted }) => !deleted);
  return value === '' ? '' : freeValue(value, living);
}

/** Adds an item of this name with what such items start with; gives back why it was refused. */
export function addNamed(
  { scheme: verbs, project: { scheme }, preferences }: Session,
  part: SchemePart,
  typed: string,
): string | undefined {
  const name = typed.trim();
  const item = { name, value: machineName(name) };
  if (part === 'labels') {
    const key = nextKey(scheme, preferences.labelKeys);
    return verbs.add('labels', { ...item, colour: nextColour(scheme), ...(key !== undefined && { key }) });
  }
  if (part === 'attributes') return verbs.add('attributes', { ...item, type: 'text' });
  if (part === 'relations')
    return verbs.add('relations', { ...item, pairs: [{ head: anyLabel, child: anyLabel }] });
  return verbs.add('documentLabels', item);
}
