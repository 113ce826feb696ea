import type { HiddenCharacter } from '../core/hidden/hidden-characters.ts';
import type { Span } from '../core/span.ts';
import type { Box } from './box.ts';
import { hiddenBoxes } from './hidden-boxes.ts';
import type { Lines } from './lines.ts';

/** How a span is told by more than its wash of colour. */
export interface Look {
  readonly colour: number;
  readonly tag: string;
}

/** What lies over the text: a tag above the start of each span in view, a frame and two handles at the focused one. */
export interface OverlayContent {
  readonly tagged: readonly { readonly span: Span; readonly look: Look; readonly isFaded?: boolean }[];
  readonly framed: readonly Framed[];
  /** Characters without a look of their own, to be shown by their names. */
  readonly hidden: Iterable<HiddenCharacter>;
}

interface Framed {
  readonly span: Span;
  readonly look: Look;
  /** Whether its ends can be dragged. */
  readonly handles: boolean;
}

type Side = 'start' | 'end';
type Drag = (side: Side, event: PointerEvent) => void;

/** The layer of boxes beside the text. It is for the eye alone: the list of spans says the same to everybody. */
export class Overlay {
  readonly dom = document.createElement('div');
  /** They stay the same elements, as one of them may be held by a pointer while all else is drawn anew. */
  readonly #handles: Readonly<Record<Side, HTMLElement>>;
  #boxes = new Map<string, HTMLElement>();
  /** Where the tags stand that were drawn last, as measuring hundreds at each step takes longer than all else. */
  #places = new Map<string, TagPlace>();

  /** `ondrag` is called while an end of the framed span is dragged, `onrelease` when the hand lets go, wherever that is. */
  constructor(ondrag: Drag, onrelease: () => void) {
    this.dom.className = 'overlay';
    this.dom.ariaHidden = 'true';
    this.#handles = {
      start: this.#handle('start', ondrag, onrelease),
      end: this.#handle('end', ondrag, onrelease),
    };
    this.dom.append(this.#handles.start, this.#handles.end);
  }

  /** Measures first and writes after, so that the page is laid out once. */
  show({ tagged, framed, hidden }: OverlayContent, lines: Lines): void {
    const origin = this.dom.getBoundingClientRect();
    const ends = framed.filter(({ handles }) => handles).flatMap((frame) => endsOf(frame, lines, origin));
    const boxes = [
      ...tagBoxes(this.#placed(tagged, lines, origin)),
      ...framed.flatMap((frame) => frameBoxes(frame, lines, origin)),
      ...ends.map(({ box }) => box),
      ...hiddenBoxes(hidden, lines, origin),
    ];
    const before = this.#boxes;
    this.#boxes = new Map(
      boxes.map((box) => [box.key, before.get(box.key) ?? document.createElement('div')]),
    );
    for (const [key, element] of before) if (!this.#boxes.has(key)) element.remove();
    for (const box of boxes) this.#draw(box);
    for (const handle of Object.values(this.#handles)) handle.hidden = ends.length === 0;
    for (const { side, box } of ends) draw(this.#handles[side], handleOf(box));
  }

  /** The lines have moved, or are those of another text. */
  forgetPlaces(): void {
    this.#places.clear();
  }

  #placed(tagged: OverlayContent['tagged'], lines: Lines, origin: DOMRect): PlacedTag[] {
    const before = this.#places;
    this.#places = new Map();
    return tagged.flatMap((tag) => {
      const key = `${tag.span.id} ${tag.span.start}`;
      const place = before.get(key) ?? tagPlace(tag.span, lines, origin);
      if (!place) return [];
      this.#places.set(key, place);
      return [{ ...tag, ...place }];
    });
  }

  #handle(side: Side, ondrag: Drag, onrelease: () => void): HTMLElement {
    const handle = document.createElement('div');
    handle.hidden = true;
    handle.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      // The handles must not lie in the way when the page is asked what is under the pointer.
      this.dom.classList.add('dragging');
    });
    handle.addEventListener('pointermove', (event) => {
      if (handle.hasPointerCapture(event.pointerId)) ondrag(side, event);
    });
    for (const end of ['pointerup', 'pointercancel'] as const)
      handle.addEventListener(end, () => {
        this.dom.classList.remove('dragging');
        onrelease();
      });
    return handle;
  }

  #draw(box: Box): void {
    const element = this.#boxes.get(box.key)!;
    draw(element, box);
    if (!element.isConnected) this.dom.append(element);
  }
}

/** Where a span begins, measured from the corner of the layer. */
interface TagPlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly isRightToLeft: boolean;
}

type PlacedTag = OverlayContent['tagged'][number] & TagPlace;

function tagPlace(span: Span, lines: Lines, origin: DOMRect): TagPlace | undefined {
  const rect = lines.rectAt(span.start);
  return (
    rect && {
      left: rect.left - origin.left,
      right: rect.right - origin.left,
      top: Math.round(rect.top - origin.top),
      isRightToLeft: directionAt(lines, span) === 'rtl',
    }
  );
}

/** Tags that would start at one place stand beside each other. */
function tagBoxes(tagged: readonly PlacedTag[]): Box[] {
  const takenTo = new Map<number, number>();
  return tagged.map(({ span, look, isFaded, top, ...place }) => {
    const natural = place.isRightToLeft ? place.right - tagWidth(look.tag) : place.left;
    const left = Math.max(natural, takenTo.get(top) ?? -Infinity);
    takenTo.set(top, left + tagWidth(look.tag));
    return {
      key: `tag ${span.id}`,
      className: isFaded ? 'tag faded' : 'tag',
      left,
      top,
      colour: look.colour,
      text: look.tag,
    };
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

function frameBoxes({ span, look: { colour } }: Framed, lines: Lines, origin: DOMRect): Box[] {
  return lines.rects(span).map(({ left, top, width, height }, index) => ({
    key: `frame ${span.id} ${index}`,
    className: 'frame',
    left: left - origin.left,
    top: top - origin.top,
    width,
    height,
    colour,
  }));
}

/** Where a span starts and ends on the screen, in its own direction of writing. */
function endsOf(
  { span, look: { colour } }: Framed,
  lines: Lines,
  origin: DOMRect,
): { side: Side; box: Box }[] {
  const rects = lines.rects(span);
  const first = rects[0];
  const last = rects.at(-1);
  if (!first || !last) return [];
  const isRightToLeft = directionAt(lines, span) === 'rtl';
  const at = (side: Side, x: number, { top, height }: DOMRect): Box => ({
    key: `edge ${side}`,
    className: 'edge',
    left: x - origin.left,
    top: top - origin.top,
    height,
    colour,
  });
  return [
    { side: 'start', box: at('start', isRightToLeft ? first.right : first.left, first) },
    { side: 'end', box: at('end', isRightToLeft ? last.left : last.right, last) },
  ];
}

/** The knob to drag an end by lies below the letters, so that it covers none of them. */
function handleOf({ top, height = 0, ...box }: Box): Box {
  return { ...box, className: 'handle', top: top + height };
}

/** Writes only what differs: most boxes stay where they are, and each write makes the browser look at them again. */
function draw(element: HTMLElement, { className, left, top, width, height, colour, text = '' }: Box): void {
  if (element.className !== className) element.className = className;
  if (colour !== undefined && element.dataset['colour'] !== String(colour))
    element.dataset['colour'] = String(colour);
  if (element.textContent !== text) element.textContent = text;
  const place = { left, top, width, height };
  for (const side of ['left', 'top', 'width', 'height'] as const) {
    const value = place[side] === undefined ? '' : `${Math.round(place[side] * 100) / 100}px`;
    if (element.style[side] !== value) element.style[side] = value;
  }
}
