import type { Span } from '../core/span.ts';
import type { Lines } from './lines.ts';

/** How a span is told by more than its wash of colour. */
export interface Look {
  readonly colour: number;
  readonly tag: string;
}

/** What lies over the text: a tag above the start of each span in view, a frame and two handles at the focused one. */
export interface OverlayContent {
  readonly tagged: readonly { readonly span: Span; readonly look: Look }[];
  readonly framed: readonly Framed[];
}

interface Framed {
  readonly span: Span;
  readonly look: Look;
  /** Whether its ends can be dragged. */
  readonly handles: boolean;
}

interface Box {
  readonly className: string;
  readonly left: number;
  readonly top: number;
  readonly width?: number;
  readonly height?: number;
  readonly colour: number;
  readonly text?: string;
  readonly side?: 'start' | 'end';
}

/** The layer of boxes beside the text. It is for the eye alone: the list of spans says the same to everybody. */
export class Overlay {
  readonly dom = document.createElement('div');
  #boxes: HTMLElement[] = [];

  constructor() {
    this.dom.className = 'overlay';
    this.dom.ariaHidden = 'true';
  }

  /** Measures first and writes after, so that the page is laid out once. */
  show({ tagged, framed }: OverlayContent, lines: Lines): void {
    const origin = this.dom.getBoundingClientRect();
    const boxes = [
      ...tagBoxes(tagged, lines, origin),
      ...framed.flatMap((frame) => frameBoxes(frame, lines, origin)),
    ];
    for (const [index, box] of boxes.entries()) draw(this.#box(index), box);
    for (const unused of this.#boxes.splice(boxes.length)) unused.remove();
  }

  #box(index: number): HTMLElement {
    const known = this.#boxes[index];
    if (known) return known;
    const made = document.createElement('div');
    this.dom.append(made);
    this.#boxes.push(made);
    return made;
  }
}

/** Tags that would start at one place stand beside each other. */
function tagBoxes(tagged: OverlayContent['tagged'], lines: Lines, origin: DOMRect): Box[] {
  const takenTo = new Map<number, number>();
  return tagged.flatMap(({ span, look }) => {
    const rect = lines.rectAt(span.start);
    if (!rect) return [];
    const top = Math.round(rect.top - origin.top);
    const isRightToLeft = directionAt(lines, span) === 'rtl';
    const natural = isRightToLeft ? rect.right - origin.left - tagWidth(look.tag) : rect.left - origin.left;
    const left = Math.max(natural, takenTo.get(top) ?? -Infinity);
    takenTo.set(top, left + tagWidth(look.tag));
    return [{ className: 'tag', left, top, colour: look.colour, text: look.tag }];
  });
}

function directionAt(lines: Lines, span: Span): string {
  const node = lines.pointAt(span.start)?.node;
  const element = node instanceof Text ? node.parentElement : undefined;
  return element ? getComputedStyle(element).direction : 'ltr';
}

function tagWidth(tag: string): number {
  return 5 + 7 * tag.length;
}

function frameBoxes({ span, look, handles }: Framed, lines: Lines, origin: DOMRect): Box[] {
  const { colour } = look;
  const rects = lines.rects(span);
  const frames = rects.map(({ left, top, width, height }) => ({
    className: 'frame',
    left: left - origin.left,
    top: top - origin.top,
    width,
    height,
    colour,
  }));
  return handles ? [...frames, ...handleBoxes(span, rects, lines, origin, colour)] : frames;
}

/** A bar at each end and, below the letters so that it covers none of them, a knob to drag it by. */
function handleBoxes(
  span: Span,
  rects: readonly DOMRect[],
  lines: Lines,
  origin: DOMRect,
  colour: number,
): Box[] {
  const first = rects[0];
  const last = rects.at(-1);
  if (!first || !last) return [];
  const isRightToLeft = directionAt(lines, span) === 'rtl';
  const ends = [
    { side: 'start', x: isRightToLeft ? first.right : first.left, rect: first },
    { side: 'end', x: isRightToLeft ? last.left : last.right, rect: last },
  ] as const;
  return ends.flatMap(({ side, x, rect }) => {
    const [left, top] = [x - origin.left, rect.top - origin.top];
    return [
      { className: 'edge', left, top, height: rect.height, colour },
      { className: 'handle', left, top: top + rect.height, colour, side },
    ];
  });
}

function draw(element: HTMLElement, { className, left, top, width, height, colour, text, side }: Box): void {
  element.className = className;
  element.dataset['colour'] = String(colour);
  if (side) element.dataset['side'] = side;
  else delete element.dataset['side'];
  element.textContent = text ?? '';
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
  element.style.width = width === undefined ? '' : `${width}px`;
  element.style.height = height === undefined ? '' : `${height}px`;
}
