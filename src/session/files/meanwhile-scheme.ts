import { projectUpdate, type Edit } from '../../core/change.ts';
import type { Project } from '../../core/project.ts';
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

/** The edit with what the scheme needs for it; the project may have changed while the files were read. */
export function withScheme(edit: Edit, project: Project, scheme: Scheme): Edit {
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

/** The items that are here, and those of the others that are not. */
function withMissing<T extends { readonly id: string }>(
  here: readonly T[],
  there: readonly T[],
): readonly T[] {
  const known = new Set(here.map(({ id }) => id));
  return [...here, ...there.filter(({ id }) => !known.has(id))];
}
