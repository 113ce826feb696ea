interface Size {
  readonly width: number;
  readonly height: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How far from the words and from the edges of the window. Above, the tags of spans have room in it. */
const gap = 8;
const above = 14;

/**
 * Where a bar stands beside selected words, all in the same coordinates: above their first line or below their last,
 * inside the window and never over the words. `undefined` when there is no such place, or the words are out of sight.
 */
export function barPlace(
  words: readonly Box[],
  bar: Size,
  window: Box,
  prefers: 'above' | 'below',
): { readonly left: number; readonly top: number } | undefined {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return undefined;
  const top = Math.min(...words.map((box) => box.top));
  const bottom = Math.max(...words.map((box) => box.bottom));
  if (bottom <= window.top || top >= window.bottom) return undefined;
  const places = {
    above: { beside: first, top: top - above - bar.height },
    below: { beside: last, top: bottom + gap },
  };
  const order = prefers === 'above' ? ([places.above, places.below] as const) : [places.below, places.above];
  const fits = (edge: number) => edge >= window.top + gap && edge + bar.height <= window.bottom - gap;
  const place = order.find((candidate) => fits(candidate.top));
  if (!place) return undefined;
  const rightmost = window.right - gap - bar.width;
  return { left: Math.max(window.left + gap, Math.min(place.beside.left, rightmost)), top: place.top };
}
