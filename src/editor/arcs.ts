import type { Span } from '../core/span.ts';
import { arcPath, type Point } from './arc-path.ts';
import type { Lines } from './lines.ts';
import type { Look } from './overlay.ts';

/** A relation to be drawn. */
export interface Arc {
  readonly id: string;
  readonly head: Span;
  readonly child: Span;
  /** The name of its type. */
  readonly name: string;
  /** The end that the name stands at: the one that is not looked at, as several arcs may meet at the other. */
  readonly namedAt: Span;
  readonly look: Look;
}

/** An end of an arc: where it is, kept at the edge of the window while the span itself is out of view. */
interface End extends Point {
  readonly span: Span;
  readonly beyond: 'top' | 'bottom' | undefined;
}

const edgePx = 18;
/** What the tag of a span takes of the gap above its first words, where the name of an arc stands behind it. */
const tagPx = 20;
/** The width of a character of a name, about. */
const characterPx = 6;
const svgNames = 'http://www.w3.org/2000/svg';

/**
 * The layer of relations over the text, for the eye alone: the panel lists the same for everybody. An end out of view has
 * a marker at the edge of the window that goes there.
 */
export class Arcs {
  readonly dom = document.createElement('div');
  readonly #svg = document.createElementNS(svgNames, 'svg');
  readonly #onjump: (span: Span) => void;
  #arcs: readonly Arc[] = [];
  #frame = 0;

  constructor(onjump: (span: Span) => void) {
    this.#onjump = onjump;
    this.dom.className = 'arcs';
    this.dom.ariaHidden = 'true';
    this.dom.append(this.#svg);
  }

  show(arcs: readonly Arc[], lines: Lines, viewport: HTMLElement): void {
    if (arcs.length === 0 && this.#arcs.length === 0) return;
    this.#arcs = arcs;
    this.#draw(lines, viewport);
  }

  /** Follows the window while it scrolls, once a frame, and only while there is something to see. */
  follow(lines: Lines, viewport: HTMLElement): void {
    if (this.#arcs.length === 0 || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw(lines, viewport);
    });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.dom.remove();
  }

  /** Measures first and writes after, so that the page is laid out once. */
  #draw(lines: Lines, viewport: HTMLElement): void {
    const origin = this.dom.getBoundingClientRect();
    const window = viewport.getBoundingClientRect();
    const drawn = this.#arcs.flatMap((arc) => {
      const [from, to] = [arc.head, arc.child].map((span) => endOf(span, lines, origin, window));
      return from && to && (!from.beyond || !to.beyond) ? [{ arc, from, to }] : [];
    });
    this.#svg.replaceChildren(...drawn.map(({ arc, from, to }) => curveOf(arc, from, to, origin.width)));
    const markers = drawn.flatMap(({ arc, from, to }) =>
      [from, to].flatMap((end) => (end.beyond ? [this.#marker(arc, end)] : [])),
    );
    this.dom.replaceChildren(this.#svg, ...markers);
  }

  #marker({ look, name }: Arc, { span, beyond, x, y }: End): HTMLElement {
    const marker = document.createElement('div');
    marker.className = `marker ${beyond}`;
    marker.dataset['colour'] = String(look.colour);
    marker.textContent = `${beyond === 'top' ? '↑' : '↓'} ${name}`;
    marker.title = span.text.slice(0, 200);
    Object.assign(marker.style, { left: `${x}px`, top: `${y}px` });
    // The text must keep the focus and its selection.
    marker.addEventListener('pointerdown', (event) => event.preventDefault());
    marker.addEventListener('click', (event) => {
      event.stopPropagation();
      this.#onjump(span);
    });
    return marker;
  }
}

function endOf(span: Span, lines: Lines, origin: DOMRect, window: DOMRect): End | undefined {
  const rect = lines.rectAt(span.start);
  if (!rect) return undefined;
  const beyond = rect.top < window.top ? 'top' : rect.bottom > window.bottom ? 'bottom' : undefined;
  const y = { top: window.top + edgePx, bottom: window.bottom - edgePx }[beyond ?? 'top'];
  return { span, beyond, x: rect.left - origin.left, y: (beyond ? y : rect.top + 2) - origin.top };
}

function curveOf({ name, namedAt, look }: Arc, from: End, to: End, layerWidth: number): SVGElement {
  const { curve, arrow } = arcPath(from, to);
  const group = element('g', { 'data-colour': String(look.colour) });
  group.append(element('path', { d: curve, class: 'curve' }), element('path', { d: arrow, class: 'arrow' }));
  // A marker says the name already.
  if (!from.beyond && !to.beyond) {
    const label = element('text', placeOf(name, namedAt === from.span ? from : to, layerWidth));
    label.textContent = name;
    group.append(label);
  }
  return group;
}

/** The middle of a name in the gap between two lines, so that it lies on no words. */
function placeOf(name: string, { x, y }: End, layerWidth: number): Readonly<Record<'x' | 'y', string>> {
  const half = (name.length * characterPx) / 2;
  return { x: String(Math.min(x + tagPx + half, layerWidth - half)), y: String(y - 4) };
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(svgNames, name) as SVGElement;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
