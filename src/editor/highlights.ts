import type { Range } from '../core/offset.ts';
import { colourCount } from '../core/scheme.ts';
import type { Lines } from './lines.ts';

/** How many stacked spans have an underline at a height of their own; deeper ones share the last. */
export const laneCount = 5;

/** A range to paint and the name of its `::highlight()` rule. */
export interface Paint extends Range {
  readonly name: string;
}

/**
 * Paints ranges with CSS Custom Highlights: no letter moves and no node is made. Only what differs from the last time
 * is touched.
 */
export class Highlights {
  readonly #painted = new Map<string, { readonly name: string; readonly range: StaticRange }>();

  /** Whether this browser has them: Chromium, Safari from 17.2, Firefox from 140. */
  static get supported(): boolean {
    return 'highlights' in CSS;
  }

  paint(wanted: readonly Paint[], lines: Lines): void {
    if (!Highlights.supported) return;
    const keys = new Set<string>();
    for (const paint of wanted) {
      const key = `${paint.name} ${paint.start} ${paint.end}`;
      keys.add(key);
      if (!this.#painted.has(key)) this.#add(key, paint, lines);
    }
    for (const [key, { name, range }] of this.#painted) {
      if (keys.has(key)) continue;
      CSS.highlights.get(name)?.delete(range);
      this.#painted.delete(key);
    }
  }

  clear(): void {
    for (const { name, range } of this.#painted.values()) CSS.highlights.get(name)?.delete(range);
    this.#painted.clear();
  }

  #add(key: string, paint: Paint, lines: Lines): void {
    const range = lines.staticRange(paint);
    if (!range) return;
    highlight(paint.name).add(range);
    this.#painted.set(key, { name: paint.name, range });
  }
}

function highlight(name: string): Highlight {
  const known = CSS.highlights.get(name);
  if (known) return known;
  const made = new Highlight();
  made.priority = layers.findLastIndex((layer) => name.startsWith(layer));
  CSS.highlights.set(name, made);
  return made;
}

/** What lies over what: a span taken hold of over the focused one, that over all others, and what was found on top. */
const layers = ['faded', 'label', 'bright', 'focus', 'held', 'found', 'found-current'];

/** Labels are told by pattern too, for eyes and printers that have no colours. */
const patterns = ['solid', 'double', 'dashed', 'dotted', 'wavy'];

/** The rules for every name that can be painted, from the colours of the theme. Called once for the page. */
export function adoptHighlightRules(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    [...[...Array(colourCount).keys()].flatMap(rulesOf), ...foundRules, ...linkingRules()].join('\n'),
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

const foundRules = [
  '.text::highlight(found) { background-color: var(--found); }',
  '.text::highlight(found-current) { background-color: var(--found-current); color: var(--on-found-current); }',
];

/**
 * On the text box alone, whose lines inherit them. Without that the browser works out all of these styles for every
 * element of the page that changes: 4,600 styles for 50 tags moved.
 */
function rulesOf(colour: number): string[] {
  const line = `text-decoration: underline ${patterns[colour % patterns.length]} var(--label-ink-${colour}) 1.5px; text-decoration-skip-ink: none`;
  const lanes = [...Array(laneCount).keys()].map(
    (lane) =>
      `.text::highlight(label-${colour}-${lane}) { background-color: var(--label-wash-${colour}); ${line}; text-underline-offset: ${4 + 4 * lane}px; }`,
  );
  const strong = ['focus', 'held'].map(
    (name) => `.text::highlight(${name}-${colour}) { background-color: var(--label-strong-${colour}); }`,
  );
  return [...lanes, ...strong];
}

/** While a relation is on its way the text is pale, and what it may lead to keeps its ink. */
function linkingRules(): string[] {
  const faded = [...Array(laneCount).keys()].map(
    (lane) =>
      `.text::highlight(faded-${lane}) { text-decoration: underline solid var(--hairline) 1.5px; text-decoration-skip-ink: none; text-underline-offset: ${4 + 4 * lane}px; }`,
  );
  return [...faded, '.text::highlight(bright) { color: var(--ink); }'];
}
