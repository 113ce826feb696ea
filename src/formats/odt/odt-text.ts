import type { LineKind, LineKinds } from '../../core/layout.ts';
import { Story } from '../reading/story.ts';
import { xmlEvents, type Prefixes } from '../reading/xml.ts';

const oasis = 'urn:oasis:names:tc:opendocument:xmlns';
export const odtPrefixes: Prefixes = {
  [`${oasis}:text:1.0`]: 'text',
  [`${oasis}:table:1.0`]: 'table',
  [`${oasis}:office:1.0`]: 'office',
  [`${oasis}:drawing:1.0`]: 'draw',
  [`${oasis}:style:1.0`]: 'style',
  [`${oasis}:meta:1.0`]: 'meta',
  [`${oasis}:svg-compatible:1.0`]: 'svg',
  'http://purl.org/dc/elements/1.1/': 'dc',
};

/** How often a document has something that is more than its text. */
export type OdtCounts = Record<
  'insertions' | 'deletions' | 'comments' | 'footnotes' | 'hidden' | 'pictures' | 'descriptions',
  number
>;

export interface OdtText {
  readonly text: string;
  readonly lineKinds: LineKinds;
  readonly counts: OdtCounts;
}

/** Left out with all that is in them, and what they count as. Deletions lie apart from the text. */
const skipped: ReadonlyMap<string, keyof OdtCounts | undefined> = new Map([
  ['text:tracked-changes', undefined],
  ['text:note', 'footnotes'],
  ['office:annotation', 'comments'],
  ['text:hidden-text', 'hidden'],
  ['text:hidden-paragraph', 'hidden'],
  ['text:ruby-text', undefined],
  ['svg:title', 'descriptions'],
  ['svg:desc', 'descriptions'],
]);

/** What stands in a paragraph and may have paragraphs of its own, which come after it. */
const boxes: ReadonlySet<string> = new Set(
  [
    ...[
      'text-box',
      'image',
      'custom-shape',
      'rect',
      'line',
      'polyline',
      'polygon',
      'regular-polygon',
      'path',
    ],
    ...['circle', 'ellipse', 'connector', 'caption', 'measure', 'control'],
  ].map((name) => `draw:${name}`),
);

const counted: ReadonlyMap<string, keyof OdtCounts> = new Map([
  ['text:insertion', 'insertions'],
  ['text:deletion', 'deletions'],
  ['draw:image', 'pictures'],
]);

/** The text, or that of a frame in it. */
class Frame extends Story {
  items = 0;
  kind: LineKind | undefined;
}

/**
 * The text of `content.xml`: each paragraph and heading a line, each row of a table a line with its cells parted by tabs.
 * Tracked insertions are in it, deletions are not; notes, comments and what is hidden are counted.
 *
 * @throws XmlFault when the part is not well-formed.
 */
export function odtText(source: string): OdtText {
  const reader = new OdtReader();
  for (const event of xmlEvents(source, odtPrefixes)) {
    if (event.kind === 'open') reader.open(event.name, event.attributes);
    else if (event.kind === 'close') reader.close(event.name);
    else reader.take(event.text);
  }
  return reader.result;
}

class OdtReader {
  readonly #counts: OdtCounts = {
    ...{ insertions: 0, deletions: 0, comments: 0, footnotes: 0, hidden: 0, pictures: 0, descriptions: 0 },
  };
  /** The styles that the document made for itself, by what they are made of. */
  readonly #parents = new Map<string, string>();
  readonly #frames = [new Frame()];
  /** How many paragraphs are open, one in the frame of another. */
  #paragraphs = 0;
  #skippedDepth = 0;

  /** To be asked for at the end. */
  get result(): OdtText {
    this.#frames[0]!.finish();
    const { composition } = this.#frames[0]!;
    return { text: composition.text, lineKinds: composition.lineKinds, counts: this.#counts };
  }

  get #frame(): Frame {
    return this.#frames.at(-1)!;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    const count = skipped.get(name) ?? counted.get(name);
    if (count) this.#counts[count]++;
    if (this.#skippedDepth > 0 || skipped.has(name)) return void this.#skippedDepth++;
    const { composition } = this.#frame;
    if (name === 'style:style')
      this.#parents.set(attributes.get('style:name') ?? '', attributes.get('style:parent-style-name') ?? '');
    else if (name === 'text:p' || name === 'text:h') this.#beginParagraph(name, attributes);
    else if (name === 'text:s')
      composition.write(' '.repeat(Math.min(1000, Number(attributes.get('text:c') ?? 1) || 1)));
    else if (name === 'text:tab') composition.write('\t');
    else if (name === 'text:line-break') composition.endLine(this.#frame.kind);
    else if (name === 'text:list-item') this.#frame.items++;
    else if (name === 'table:table-row') this.#frame.beginRow();
    else if (name === 'table:table-cell') this.#frame.beginCell();
    else if (boxes.has(name)) this.#frames.push(new Frame());
  }

  close(name: string): void {
    if (this.#skippedDepth > 0) return void this.#skippedDepth--;
    if (name === 'text:p' || name === 'text:h') {
      this.#paragraphs--;
      this.#frame.endParagraph(this.#frame.kind);
    } else if (name === 'text:list-item') this.#frame.items--;
    else if (name === 'table:table-row') this.#frame.endRow();
    else if (boxes.has(name) && this.#frames.length > 1) {
      const box = this.#frames.pop()!;
      this.#frame.hang(box);
    }
  }

  take(text: string): void {
    if (this.#skippedDepth === 0 && this.#paragraphs > 0) this.#frame.composition.flow(text);
  }

  #beginParagraph(name: string, attributes: ReadonlyMap<string, string>): void {
    this.#paragraphs++;
    this.#frame.kind = this.#kindOf(name, attributes);
    this.#frame.beginParagraph();
  }

  #kindOf(name: string, attributes: ReadonlyMap<string, string>): LineKind | undefined {
    if (this.#frame.isInTable) return 'table';
    if (name === 'text:h') return headingOf(Number(attributes.get('text:outline-level') ?? 1));
    const own = attributes.get('text:style-name') ?? '';
    for (const style of [own, this.#parents.get(own) ?? '']) {
      if (style === 'Title') return 'heading-1';
      if (style === 'Quotations') return 'quotation';
      if (style === 'Preformatted_20_Text') return 'code';
    }
    return this.#frame.items > 0 ? 'item' : undefined;
  }
}

function headingOf(level: number): LineKind {
  return `heading-${Math.min(6, Math.max(1, Math.trunc(level) || 1)) as 1 | 2 | 3 | 4 | 5 | 6}`;
}
