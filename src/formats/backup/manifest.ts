import * as v from 'valibot';
import { partNames } from './part-names.ts';

/** The version of the backups that this Locution writes, and the newest that it reads. */
export const backupVersion = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const words = v.string();

const counts = v.object({ documents: count, spans: count, relations: count, changes: count });
/** How much is in a backup; spans and relations as they stand on the documents now. */
export type BackupCounts = Readonly<v.InferOutput<typeof counts>>;

const part = v.object({
  part: v.picklist(partNames),
  path: words,
  lines: count,
  bytes: count,
  sha256: words,
  /** The sum of its last line, into which all of them are chained. */
  last: words,
});
export type PartFacts = Readonly<v.InferOutput<typeof part>>;

const manifest = v.object({
  format: v.literal('locution'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  kind: v.literal('backup'),
  project: v.object({ id: words, name: words }),
  written_at: words,
  written_by: words,
  counts,
  parts: v.array(part),
});
/** What stands at the head of a backup, and tells what all should be in it. */
export type Manifest = Readonly<v.InferOutput<typeof manifest>>;

/** What a manifest says, or `undefined` when it makes no sense. One of a newer version may say more. */
export function manifestIn(value: unknown): Manifest | undefined {
  const fit = v.safeParse(manifest, value);
  return fit.success ? fit.output : undefined;
}

const end = v.object({ end: v.literal(true), counts, parts: v.array(part) });

/** What the last line of a backup says: the same as its head, should that be damaged. */
export function endIn(value: unknown): Pick<Manifest, 'counts' | 'parts'> | undefined {
  const fit = v.safeParse(end, value);
  return fit.success ? fit.output : undefined;
}

/** What offsets count in each part: as in all our files on the documents, and as inside of Locution in the history. */
export const offsetUnitsOfParts = { documents: 'codepoint', imported: 'utf16', changes: 'utf16' };
