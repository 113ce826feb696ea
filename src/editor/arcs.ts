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
  /** The end that has the name: the one that is not looked at anyhow. */
  readonly named: 'head' | 'child';
  readonly look: Look;
}

/** An end of an arc: where it is, kept at the edge of the window while the span itself is out of view. */
interface End extends Point {
  readonly span: Span;
  readonly beyond: 'top' | 'bottom' | undefined;
}

const edgePx = 18;
/** From the end of an arc to its name, which stands between two lines, beside the tag of the span's label. */
const namePx = { right: 20, up: 4 };
const svgNames = 'http://www.w3.org/2000/svg';

interface Drawn {
  readonly arc: Arc;
  readonly from: End;
  readonly to: End;
}

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
    this.#svg.replaceChildren(...drawn.map(({ arc, from, to }) => curveOf(arc, from, to)), ...namesOf(drawn));
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

function curveOf({ look }: Arc, from: End, to: End): SVGElement {
  const { curve, arrow } = arcPath(from, to);
  const group = element('g', { 'data-colour': String(look.colour) });
  group.append(element('path', { d: curve, class: 'curve' }), element('path', { d: arrow, class: 'arrow' }));
  return group;
}

/** The names, one text at each end that has any, where no word is. A marker at the edge says its name already. */
function namesOf(drawn: readonly Drawn[]): SVGElement[] {
  const texts = new Map<string, SVGElement>();
  for (const { arc, from, to } of drawn.filter((one) => !one.from.beyond && !one.to.beyond)) {
    const { span, x, y } = arc.named === 'head' ? from : to;
    const known = texts.get(span.id);
    const text = known ?? element('text', { x: String(x + namePx.right), y: String(y - namePx.up) });
    text.dataset['colour'] = String(arc.look.colour);
    text.textContent = known ? `${known.textContent}, ${arc.name}` : arc.name;
    texts.set(span.id, text);
  }
  return [...texts.values()];
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(svgNames, name) as SVGElement;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
