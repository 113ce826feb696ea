import type { Label } from '../../../core/scheme.ts';

/** A line of the list of all labels: a label, or one that could be made. */
export type LabelChoice =
  | { readonly kind: 'label'; readonly label: Label; readonly isRecent: boolean }
  | { readonly kind: 'make'; readonly name: string };

/**
 * What the list of labels shows for what was typed: those used last first, then all in their order. While something is
 * typed, those that begin with it come before those that hold it, and a name that no label has can be made into one.
 */
export function labelChoices(
  labels: readonly Label[],
  recent: readonly Label[],
  typed: string,
): readonly LabelChoice[] {
  const words = folded(typed);
  if (words === '') return listed(labels, recent);
  const beginning = labels.filter(({ name }) => folded(name).startsWith(words));
  const holding = labels.filter(
    (label) =>
      !beginning.includes(label) && [label.name, label.value].some((own) => folded(own).includes(words)),
  );
  const found = [...beginning, ...holding].map((label): LabelChoice => ({
    kind: 'label',
    label,
    isRecent: false,
  }));
  const isNew = labels.every(({ name, value }) => folded(name) !== words && folded(value) !== words);
  return isNew ? [...found, { kind: 'make', name: typed.replace(/\s+/gu, ' ').trim() }] : found;
}

function listed(labels: readonly Label[], recent: readonly Label[]): readonly LabelChoice[] {
  // A short list is learnt by place, so nothing moves in it.
  const first = labels.length > 8 ? recent : [];
  const rest = labels.filter(({ id }) => first.every((label) => label.id !== id));
  return [
    ...first.map((label): LabelChoice => ({ kind: 'label', label, isRecent: true })),
    ...rest.map((label): LabelChoice => ({ kind: 'label', label, isRecent: false })),
  ];
}

/** What tells a line from the others. */
export function choiceKey(choice: LabelChoice): string {
  return choice.kind === 'label' ? choice.label.id : 'make';
}

function folded(words: string): string {
  return words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase()
    .replace(/[_\s]+/gu, ' ')
    .trim();
}
