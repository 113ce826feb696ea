/** A piece of a page's text, as `pdfjs-dist` gives it. */
export interface PdfItem {
  readonly str: string;
  readonly dir: string;
  /** Skewing, scaling and place: a, b, c, d, e, f. */
  readonly transform: readonly number[];
  readonly width: number;
}

/** Words that stand beside one another on a page. Lengths are in points, and count from the upper left. */
export interface Fragment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** How high the letters are. */
  readonly size: number;
  readonly isRightToLeft: boolean;
}

/** Gaps between the words of a line, in heights of its letters: a space, and what parts columns and cells. */
const spaceGap = 0.15;
const cellGap = 1.5;

/**
 * Joins the pieces of a page to fragments, in the order in which the page draws them; words that stand askew come apart.
 * `matrix` turns the page as it is shown.
 */
export function fragmentsOf(
  items: readonly PdfItem[],
  matrix: readonly number[],
): { readonly upright: Fragment[]; readonly askew: string[] } {
  const upright: Fragment[] = [];
  const askew: string[] = [];
  for (const item of items) {
    if (item.str.trim() === '') continue;
    const [a, b, , d, left, baseline] = product(matrix, item.transform);
    if (a <= 0 || Math.abs(b) > 0.1 * Math.abs(a)) {
      askew.push(item.str.trim());
      continue;
    }
    const size = Math.abs(d) || Math.abs(a);
    const next = {
      ...{ text: item.str, left, right: left + item.width, baseline, size },
      isRightToLeft: item.dir === 'rtl',
    };
    const last = upright.at(-1);
    const joined = last && joinedWith(last, next);
    if (joined) upright[upright.length - 1] = joined;
    else upright.push(next);
  }
  return { upright, askew };
}

function product(outer: readonly number[], inner: readonly number[]) {
  const [a, b, c, d, e, f] = outer as [number, number, number, number, number, number];
  const [g, h, i, j, k, l] = inner as [number, number, number, number, number, number];
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ] as const;
}

function joinedWith(last: Fragment, next: Fragment): Fragment | undefined {
  const size = Math.max(last.size, next.size);
  const gap = last.isRightToLeft || next.isRightToLeft ? last.left - next.right : next.left - last.right;
  if (Math.abs(next.baseline - last.baseline) > size / 2 || gap < -size / 2 || gap > cellGap * size)
    return undefined;
  const isSpaced = gap <= spaceGap * size || /\s$/u.test(last.text) || /^\s/u.test(next.text);
  const bigger = next.size > last.size ? next : last;
  return {
    text: `${last.text}${isSpaced ? '' : ' '}${next.text}`,
    left: Math.min(last.left, next.left),
    right: Math.max(last.right, next.right),
    baseline: bigger.baseline,
    size,
    isRightToLeft: bigger.isRightToLeft,
  };
}
