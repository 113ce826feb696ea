import { exactRange, snapToWords } from '../../core/boundaries.ts';
import type { Range } from '../../core/offset.ts';
import type { TextSelection } from '../documents/open-document.svelte.ts';
import type { Workplace } from '../workplace.ts';

/** The range that a selection stands for: whole words of a rough hand, a keyboard's own choice as it is. */
export function meant(
  { open, preferences }: Workplace,
  { start, end, by }: TextSelection,
): Range | undefined {
  if (!open) return undefined;
  const wholeWords = by === 'hand' && preferences.values.wholeWords;
  return wholeWords ? snapToWords(open.text, { start, end }) : exactRange(open.text, { start, end });
}
