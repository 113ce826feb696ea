import type { ExportChoices } from '../../core/export-plan.ts';
import { parts, type Part } from '../../core/splits/part.ts';
import { livingLabels, type Scheme } from '../../core/scheme.ts';
import type { Format } from '../../formats/format.ts';
import { FileNames } from '../../formats/writing/file-names.ts';

/** One pass of a writer over some of the documents and some of their spans. */
export interface Run {
  /** What its files are named by; empty when there is but one run. */
  readonly name: string;
  readonly documentIds: readonly string[];
  /** The one label whose spans go; absent for all. */
  readonly labelId?: string;
  /** Whether another run has the same documents with another label, so that what is said of them is said already. */
  readonly isRepeat?: true;
}

/** The passes that an export takes: one, or one for each part of a split, and for each label where asked for. */
export function runsOf(
  documentIds: readonly string[],
  { overlaps }: ExportChoices,
  format: Format,
  scheme: Scheme,
  split: ReadonlyMap<string, Part> | undefined,
): readonly Run[] {
  const inParts = split ? partsOf(documentIds, split) : [{ name: '', documentIds }];
  const whole = { name: '', documentIds: inParts.flatMap((part) => part.documentIds) };
  // What describes the data as a whole is one run, with the documents in the order of their parts.
  const byPart = format.choices?.includes('dataset') ? [whole] : inParts;
  const labels = livingLabels(scheme);
  if (overlaps !== 'by-label' || !format.choices?.includes('overlap') || labels.length === 0) return byPart;
  return byPart.flatMap((run) => {
    const names = new FileNames();
    const folder = run.name === '' ? '' : `${run.name}/`;
    return labels.map(({ id, value }, index) => ({
      ...{ ...run, name: folder + names.take(value), labelId: id },
      ...(index > 0 && { isRepeat: true }),
    }));
  });
}

function partsOf(documentIds: readonly string[], split: ReadonlyMap<string, Part>): Run[] {
  return parts.flatMap((name) => {
    const ids = documentIds.filter((id) => (split.get(id) ?? 'train') === name);
    return ids.length > 0 ? [{ name, documentIds: ids }] : [];
  });
}
