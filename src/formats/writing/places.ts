import type { Span } from '../../core/span.ts';
import type { UnitMap } from '../units.ts';

/**
 * The place of an offset in the unit of a file.
 *
 * @throws RangeError when the unit has no such place: the offset is outside the text or inside a character.
 */
export function placeIn(map: UnitMap, offset: number): number {
  const place = map.fromOffset(offset);
  if (place === undefined) throw new RangeError(`offset ${offset} is no place in the unit of the file`);
  return place;
}

/** @throws RangeError when a span's text is not what stands at its offsets. */
export function checkSpan({ id, start, end, text: words }: Span, text: string): void {
  if (start < end && text.slice(start, end) === words) return;
  throw new RangeError(
    `span ${id} says “${words}”, but at ${start}–${end} stands “${text.slice(start, end)}”`,
  );
}
