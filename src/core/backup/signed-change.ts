import { v7 as newId } from 'uuid';
import { documentsOf, noEdit, type Change, type Edit } from '../change.ts';
import type { KeptChange } from './records.ts';

/** A change that a restore makes itself. */
export function signedChange(
  by: Pick<Change, 'projectId' | 'annotator' | 'at' | 'title' | 'kind'>,
  edit: Edit = noEdit,
): KeptChange {
  return { id: newId(), documentIds: documentsOf(edit), ...by, ...edit };
}

/** For a project that comes as one more. */
export function newProjectId(): string {
  return newId();
}
