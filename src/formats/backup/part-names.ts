/** The parts of a backup in the order in which they stand in the file; each is a file of lines inside of a zip. */
export const partNames = [
  'manifest',
  'scheme',
  'documents',
  'imported',
  'changes',
  'settings',
  'end',
] as const;
export type PartName = (typeof partNames)[number];

/** The parts of which there is a line for each thing, written as they come. */
export const streamedParts = ['documents', 'imported', 'changes', 'settings'] as const;
export type StreamedPart = (typeof streamedParts)[number];

export function isPartName(value: unknown): value is PartName {
  return partNames.some((name) => name === value);
}

/** The path of a part in the zip. */
export function pathOf(part: PartName): string {
  return ['manifest', 'scheme', 'end'].includes(part) ? `${part}.json` : `${part}.jsonl`;
}
