import type { Finding, Lacking } from '../../core/doctor/finding.ts';
import type { Document } from '../../core/document.ts';
import type { Database, TextRow } from '../database.ts';
import { openMirror } from '../mirror.ts';
import { lackedBy } from '../mirroring.ts';
import { hashText } from '../../core/text.ts';

/** The second copy, opened for looking; `look` is given `undefined` where there is none. */
export async function withCopy<T>(
  database: Database,
  look: (copy: Database | undefined) => Promise<T>,
): Promise<T> {
  const copy = await openMirror(database.openedWith);
  try {
    return await look(copy);
  } finally {
    copy?.close({ disableAutoOpen: true });
  }
}

/** What storage and second copy have that the other has not; `undefined` when they are alike. */
export async function copyFinding(database: Database, copy: Database): Promise<Finding | undefined> {
  const [behind, ahead] = [await lackedBy(copy, database), await lackedBy(database, copy)];
  const isAlike = ({ documents, changes }: Lacking) => documents + changes === 0;
  return isAlike(behind) && isAlike(ahead) ? undefined : { kind: 'copy', behind, ahead };
}

/** The text as the document was made with, if the second copy has it. */
export async function textInCopy(
  copy: Database | undefined,
  { id, hash }: Document,
): Promise<TextRow | undefined> {
  const row = await copy?.texts.get(id);
  return row && hashText(row.text) === hash ? row : undefined;
}
