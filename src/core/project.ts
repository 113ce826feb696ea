import { defaultScheme, type Scheme } from './scheme.ts';

/** A body of documents that are marked by one scheme. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly scheme: Scheme;
}

/** The project that a new workspace starts with. Its id is fixed so that two first tabs make the same one. */
export function firstProject(): Project {
  return { id: 'first', name: 'My reports', scheme: defaultScheme() };
}

/** A project after somebody else's update of it: labels that came meanwhile stay, and those of the update are added. */
export function mergeProject(current: Project, after: Project): Project {
  const known = new Set(after.scheme.labels.map(({ id }) => id));
  const others = current.scheme.labels.filter(({ id }) => !known.has(id));
  return { ...after, scheme: { ...after.scheme, labels: [...after.scheme.labels, ...others] } };
}
