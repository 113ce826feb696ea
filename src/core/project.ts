import { mergeItems } from './merge.ts';
import type { Scheme } from './scheme.ts';
import { speechActs } from './schemes/speech-acts.ts';

/** A body of documents that are marked by one scheme. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly scheme: Scheme;
  readonly createdAt?: string;
  readonly deleted?: true;
}

/** The project that a new workspace starts with. Its id is fixed so that two first tabs make the same one. */
export function firstProject(): Project {
  return { id: 'first', name: 'My reports', scheme: speechActs() };
}

/** A project after somebody else's update of it: only what the update changes is taken over, item by item. */
export function mergeProject(current: Project, before: Project, after: Project): Project {
  const deleted = before.deleted === after.deleted ? current.deleted : after.deleted;
  const { deleted: _, ...rest } = current;
  return {
    ...rest,
    name: before.name === after.name ? current.name : after.name,
    scheme: mergeScheme(current.scheme, before.scheme, after.scheme),
    ...(deleted && { deleted }),
  };
}

/** The log of Locution 0.1 has schemes of labels alone. */
function mergeScheme(current: Scheme, before: Scheme, after: Scheme): Scheme {
  const guideline = before.guideline === after.guideline ? current.guideline : after.guideline;
  const { guideline: _, ...rest } = current;
  return {
    ...rest,
    labels: mergeItems(current.labels, before.labels, after.labels),
    attributes: mergeItems(current.attributes, before.attributes ?? [], after.attributes ?? []),
    relations: mergeItems(current.relations, before.relations ?? [], after.relations ?? []),
    documentLabels: mergeItems(
      current.documentLabels,
      before.documentLabels ?? [],
      after.documentLabels ?? [],
    ),
    ...(guideline !== undefined && { guideline }),
  };
}
