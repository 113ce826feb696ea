import type { Range as TextRange } from '../core/offset.ts';
import type { Positions } from './positions.ts';
import { linesPerSection } from './schema.ts';

/** A place in the page, as `Range` and `StaticRange` take it. */
export interface DomPoint {
  readonly node: Node;
  readonly offset: number;
}

/** Finds the text nodes and boxes of the lines that ProseMirror has drawn. It only reads: offsets never come from here. */
export class Lines {
  readonly #root: HTMLElement;
  readonly #positions: Positions;
  readonly #measure = document.createRange();

  constructor(root: HTMLElement, positions: Positions) {
    this.#root = root;
    this.#positions = positions;
  }

  section(index: number): HTMLElement | undefined {
    return this.#root.children[index] as HTMLElement | undefined;
  }

  line(index: number): HTMLElement | undefined {
    const section = this.section(this.#positions.sectionOf(index));
    return section?.children[index % linesPerSection] as HTMLElement | undefined;
  }

  /** The first line that reaches below the height, in viewport coordinates; the last line if none does. Logarithmic. */
  firstBelow(height: number): number {
    const sections = this.#root.children;
    const section = Math.max(0, firstThatReaches(sections, height));
    const lines = sections[section]?.children;
    return section * linesPerSection + (lines ? Math.max(0, firstThatReaches(lines, height)) : 0);
  }

  pointAt(offset: number): DomPoint | undefined {
    const index = this.#positions.lineOf(offset);
    const line = this.line(index);
    return line && pointIn(line, offset - this.#positions.lineRange(index).start);
  }

  /** A range for painting. It does not follow changes of the page, and needs not: the text does not change. */
  staticRange({ start, end }: TextRange): StaticRange | undefined {
    const from = this.pointAt(start);
    const to = this.pointAt(end);
    return (
      from &&
      to &&
      new StaticRange({
        startContainer: from.node,
        startOffset: from.offset,
        endContainer: to.node,
        endOffset: to.offset,
      })
    );
  }

  /** The boxes of the words in the range, one or more a line of the screen, in viewport coordinates. */
  rects({ start, end }: TextRange): DOMRect[] {
    const first = this.#positions.lineOf(start);
    const last = this.#positions.lineOf(end);
    const rects: DOMRect[] = [];
    for (let line = first; line <= last; line++) {
      const whole = this.#positions.lineRange(line);
      const part = { start: Math.max(start, whole.start), end: Math.min(end, whole.end) };
      if (part.start < part.end) rects.push(...this.#rectsInLine(part));
    }
    return rects;
  }

  /** The box of the character at the offset, or of the line where there is none. */
  rectAt(offset: number): DOMRect | undefined {
    const index = this.#positions.lineOf(offset);
    const { start, end } = this.#positions.lineRange(index);
    const at = Math.min(offset, end - 1);
    return (
      (at >= start ? this.#rectsInLine({ start: at, end: at + 1 })[0] : undefined) ??
      this.line(index)?.getBoundingClientRect()
    );
  }

  /** Where a character begins that may have no width, or none of the line that it stands in. */
  placeOf({ start, end }: TextRange): DOMRect | undefined {
    const from = this.pointAt(start);
    const to = this.pointAt(end);
    if (!from || !to) return undefined;
    this.#measure.setStart(from.node, from.offset);
    this.#measure.setEnd(to.node, to.offset);
    return this.#measure.getClientRects()[0];
  }

  #rectsInLine({ start, end }: TextRange): DOMRect[] {
    const from = this.pointAt(start);
    const to = this.pointAt(end);
    if (!from || !to) return [];
    this.#measure.setStart(from.node, from.offset);
    this.#measure.setEnd(to.node, to.offset);
    return joined([...this.#measure.getClientRects()].filter(({ width }) => width > 0));
  }
}

/** One box for each line of the screen: white space at its end and each run of a direction come as boxes of their own. */
function joined(rects: readonly DOMRect[]): DOMRect[] {
  const boxes: DOMRect[] = [];
  for (const rect of rects) {
    const last = boxes.at(-1);
    const touches =
      last && Math.abs(last.top - rect.top) < 2 && rect.left <= last.right + 1 && rect.right >= last.left - 1;
    if (touches) boxes[boxes.length - 1] = union(last, rect);
    else boxes.push(rect);
  }
  return boxes;
}

function union(a: DOMRect, b: DOMRect): DOMRect {
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  return new DOMRect(left, top, Math.max(a.right, b.right) - left, Math.max(a.bottom, b.bottom) - top);
}

/** The text node of a line that holds the offset. An input method may have split it in two. */
function pointIn(line: HTMLElement, offset: number): DomPoint {
  let rest = offset;
  for (const node of line.childNodes) {
    if (!(node instanceof Text)) continue;
    if (rest <= node.length) return { node, offset: rest };
    rest -= node.length;
  }
  return { node: line, offset: 0 };
}

/** The index of the first of the elements, which stand below one another, that ends below the height; else of the last. */
function firstThatReaches(elements: HTMLCollection, height: number): number {
  let low = 0;
  let high = elements.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle]!.getBoundingClientRect().bottom <= height) low = middle + 1;
    else high = middle;
  }
  return low;
}
