import { projectUpdate, type Edit } from '../../core/change.ts';
import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { Project } from '../../core/project.ts';
import { livingLabels, type Scheme } from '../../core/scheme.ts';
import type { Staged } from '../../storage/staging/staging.ts';
import { askToKeep as askStorageToKeep, keeper } from '../keeping.ts';
import type { Preferences } from '../preferences.svelte.ts';
import type { ImportWish } from './import-order.ts';

/*
 * How an import ends. It is fetched when one begins, so that the page does not start with it.
 */

/** The edit with what the scheme needs for it; the project may have changed while the files were read. */
export function withScheme(edit: Edit, { scheme }: Staged, project: Project): Edit {
  const guideline = project.scheme.guideline ?? scheme.guideline;
  const grown = {
    ...project.scheme,
    ...(guideline !== undefined && { guideline }),
    labels: withMissing(project.scheme.labels, scheme.labels),
    attributes: withMissing(project.scheme.attributes, scheme.attributes),
    relations: withMissing(project.scheme.relations, scheme.relations),
    documentLabels: withMissing(project.scheme.documentLabels, scheme.documentLabels),
  };
  if (JSON.stringify(grown) === JSON.stringify(project.scheme)) return edit;
  return { ...edit, updated: [projectUpdate(project, { ...project, scheme: grown })] };
}

/** A sentence for each file that there was no room for. */
export function notImported({ problem, files }: NonNullable<Staged['left']>): FileProblem[] {
  const message = `not imported, or not all of it: ${problem.message} What came in before is whole and stays.`;
  return files.map((file) => fileProblem('skipped', file, message));
}

/** The same import with the files that are left; one in a zip is read out of it again. */
export function restOf(order: ImportWish, left: readonly string[]): ImportWish {
  const files = order.files.filter(({ path }) =>
    left.some((name) => name === path || name.startsWith(`${path}/`)),
  );
  const { decisions } = order;
  const isTwice = decisions?.twins === 'keep';
  return { ...order, files, ...(isTwice && { decisions: { ...decisions, twins: 'merge' } }) };
}

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

/** Asks the browser, until it has promised, to keep the work even when the disk runs short. */
export function askToKeep(preferences: Preferences): void {
  if (preferences.values.persistence === 'kept') return;
  askStorageToKeep(keeper(), (persistence) => preferences.set({ persistence }));
}

/** The items that are here, and those of the others that are not. */
function withMissing<T extends { readonly id: string }>(
  here: readonly T[],
  there: readonly T[],
): readonly T[] {
  const known = new Set(here.map(({ id }) => id));
  return [...here, ...there.filter(({ id }) => !known.has(id))];
}
