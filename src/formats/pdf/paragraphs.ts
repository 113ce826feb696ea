import type { Fragment } from './fragments.ts';

/** The text of a page's paragraphs, and how many hyphens at line ends were taken out of it. */
export interface Paragraphs {
  readonly lines: readonly string[];
  readonly hyphens: number;
}

/** A paragraph that is open: its text, its last line, and how far its lines reach. */
interface Open {
  text: string;
  last: Fragment;
  left: number;
  right: number;
}

/**
 * Joins lines to paragraphs. Fragments on one height are cells of a line, parted by tabs. A line goes on with the paragraph
 * when it stands close below in letters as big, begins no further in (but for the lines of an item), and its first word would not have fitted on the
 * line before. A hyphen between letters at a line's end goes where the next line begins with a small letter.
 */
export function paragraphsOf(fragments: readonly Fragment[]): Paragraphs {
  const lines: string[] = [];
  let hyphens = 0;
  let open: Open | undefined;
  for (const fragment of fragments) {
    const text = fragment.text.replace(/\s+/gu, ' ').trim();
    if (open && isBeside(open.last, fragment)) {
      open.text += `\t${text}`;
      open.last = { ...fragment, left: open.left };
    } else if (open && goesOn(open, fragment, text)) {
      const [joined, isCut] = joinedWords(open.text, text);
      if (isCut) hyphens++;
      open.text = joined;
      open.last = fragment;
    } else {
      if (open) lines.push(open.text);
      open = { text, last: fragment, left: fragment.left, right: fragment.right };
    }
    open.left = Math.min(open.left, fragment.left);
    open.right = Math.max(open.right, fragment.right);
  }
  return { lines: open ? [...lines, open.text] : lines, hyphens };
}

function isBeside(last: Fragment, next: Fragment): boolean {
  const isApart = next.left >= last.right || next.right <= last.left;
  return isApart && Math.abs(next.baseline - last.baseline) < Math.min(last.size, next.size) / 2;
}

function goesOn({ text: before, last, left, right }: Open, next: Fragment, text: string): boolean {
  const { size } = last;
  const down = next.baseline - last.baseline;
  if (before.includes('\t') || down <= 0 || down > 1.6 * size) return false;
  if (Math.abs(next.size - size) > 0.15 * size || next.left >= right || next.right <= left) return false;
  const isTurned = next.isRightToLeft;
  const indent = isTurned ? last.right - next.right : next.left - last.left;
  // The lines of an item stand below its words, not below its mark.
  const furthest = startsItem(before) ? 3 : 0.8;
  if (indent > furthest * size || startsItem(text)) return false;
  const wordWidth = (text.split(' ')[0]!.length / Math.max(1, text.length)) * (next.right - next.left);
  const room = isTurned ? last.left - Math.min(left, next.left) : Math.max(right, next.right) - last.right;
  return room < wordWidth + 0.7 * size;
}

function startsItem(text: string): boolean {
  return /^(?:[•‣◦▪●○■–—*-]|\(?\d{1,3}[.)])\s/u.test(text);
}

function joinedWords(before: string, after: string): readonly [text: string, isCut: boolean] {
  if (!/\p{L}[-\u2010\u00ad]$/u.test(before) || !/^\p{L}/u.test(after)) return [`${before} ${after}`, false];
  const isSplit = /^\p{Ll}/u.test(after) || before.endsWith('\u00ad');
  return isSplit ? [`${before.slice(0, -1)}${after}`, true] : [`${before}${after}`, false];
}
