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
