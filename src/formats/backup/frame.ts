import type { PartFacts } from './manifest.ts';
import type { PartDigest } from './part-digest.ts';
import { pathOf, type PartName } from './part-names.ts';
import { isEqual } from './sealed-line.ts';
import { centralDirectory, localHeader, type StoredFile } from './stored-zip.ts';

/** Bytes of a backup that are no lines, and where they begin. */
interface Framing {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/** Whether what stands between the parts and behind them is, byte by byte, what belongs there. */
export function isFrameSound(found: readonly Framing[], parts: ReadonlyMap<PartName, PartDigest>): boolean {
  const expected = frameOf(parts);
  const isThere = ({ bytes, offset }: Framing, index: number) =>
    found[index]!.offset === offset && isEqual(found[index]!.bytes, bytes);
  return found.length === expected.length && expected.every(isThere);
}

function frameOf(parts: ReadonlyMap<PartName, PartDigest>): Framing[] {
  let offset = 0;
  const files: StoredFile[] = [];
  const frame: Framing[] = [];
  for (const [part, { bytes: size, crc }] of parts) {
    const file = { path: pathOf(part), size, crc, offset };
    const header = localHeader(file);
    files.push(file);
    frame.push({ bytes: header, offset });
    offset += header.length + size;
  }
  return [...frame, { bytes: centralDirectory(files, offset), offset }];
}

/** Whether a part was found as its facts say. */
export function isAsSaid(said: PartFacts, facts: readonly PartFacts[]): boolean {
  const found = facts.find(({ part }) => part === said.part);
  if (!found) return said.lines === 0;
  return isSame(found, said);
}

/** Whether two say the same of everything that both speak of. */
export function isSame(one: object, other: object): boolean {
  const fields = Object.keys(one).filter((field) => field in other);
  const [first, second] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return fields.every((field) => JSON.stringify(first.get(field)) === JSON.stringify(second.get(field)));
}
