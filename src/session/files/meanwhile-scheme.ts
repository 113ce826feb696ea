import { livingLabels, type Scheme } from '../../core/scheme.ts';

/** What has become of labels that an import was staged with, so that its spans cannot come in under them. */
export function labelChanged(staged: Scheme, now: Scheme): string | undefined {
  const here = new Map(now.labels.map((label) => [label.id, label]));
  const living = livingLabels(now);
  for (const { id, name, value } of livingLabels(staged)) {
    if (here.get(id)?.deleted) return `The label “${name}” was deleted`;
    if (!here.has(id) && living.some((label) => label.value === value)) return `A label “${name}” was made`;
  }
  return undefined;
}

/** The items that are here, and those of the others that are not. */
export function withMissing<T extends { readonly id: string }>(
  here: readonly T[],
  there: readonly T[],
): readonly T[] {
  const known = new Set(here.map(({ id }) => id));
  return [...here, ...there.filter(({ id }) => !known.has(id))];
}
