/** Shorter lists are drawn whole: it costs nothing, and the browser's own search and print find all of it. */
const drawnWhole = 200;
const overscan = 8;

interface Window {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly height: number;
}

/** Which rows of a long list to draw (`first` inclusive, `end` exclusive), and how many pixels stand in for the others. */
export function rowsInView({ count, rowHeight, scrollTop, height }: Window) {
  if (count <= drawnWhole) return { first: 0, end: count, before: 0, after: 0 };
  const first = Math.min(count, Math.max(0, Math.floor(scrollTop / rowHeight) - overscan));
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + overscan);
  return { first, end, before: first * rowHeight, after: (count - end) * rowHeight };
}
