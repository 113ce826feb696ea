import type { LineKind } from '../../core/layout.ts';
import { xmlEvents } from '../reading/xml.ts';
import { wordPrefixes } from './docx-names.ts';

/** What a paragraph says of itself, or a style of its paragraphs. */
export interface ParagraphTraits {
  styleId?: string;
  /** The built-in name, which is English whatever language Word speaks. */
  name?: string;
  /** From 0; 9 is running text. */
  outline?: number;
  /** 0 takes it out of any list. */
  list?: string;
}

const quotations = new Set(['quote', 'intense quote', 'block text']);

/** The styles of a document, which inherit from one another. */
export class DocxStyles {
  readonly #styles = new Map<string, ParagraphTraits>();

  /** @throws XmlFault when the part is not well-formed. */
  constructor(source: string) {
    let style: ParagraphTraits = {};
    for (const event of xmlEvents(source, wordPrefixes)) {
      if (event.kind !== 'open') continue;
      const { name, attributes } = event;
      if (name === 'w:style') this.#styles.set(attributes.get('w:styleId') ?? '', (style = {}));
      else if (name === 'w:name') style.name = attributes.get('w:val')?.toLowerCase() ?? '';
      else if (name === 'w:basedOn') style.styleId = attributes.get('w:val') ?? '';
      else noteTrait(style, name, attributes);
    }
  }

  /** What the lines of a paragraph are. */
  kindOf(paragraph: ParagraphTraits): LineKind | undefined {
    const chain = this.#chainOf(paragraph);
    const outline = chain.find((traits) => traits.outline !== undefined)?.outline ?? 9;
    if (outline < 9) return headingOf(outline + 1);
    for (const { name } of chain) {
      const kind = name === undefined ? undefined : kindNamed(name);
      if (kind !== undefined && !(kind === 'item' && paragraph.list === '0')) return kind;
    }
    const list = chain.find((traits) => traits.list !== undefined)?.list ?? '0';
    return list === '0' ? undefined : 'item';
  }

  /** The paragraph, its style, and those it is based on; a style based on itself ends the chain. */
  #chainOf(paragraph: ParagraphTraits): ParagraphTraits[] {
    const chain = [paragraph];
    for (let next = this.#styles.get(paragraph.styleId ?? ''); next && !chain.includes(next);)
      next = this.#styles.get(chain[chain.push(next) - 1]!.styleId ?? '');
    return chain;
  }
}

/** Takes note of a property that paragraphs and styles have alike. */
export function noteTrait(
  traits: ParagraphTraits,
  name: string,
  attributes: ReadonlyMap<string, string>,
): void {
  const value = attributes.get('w:val') ?? '';
  if (name === 'w:outlineLvl' && /^\d$/.test(value)) traits.outline = Number(value);
  else if (name === 'w:numId') traits.list = value;
}

function kindNamed(name: string): LineKind | undefined {
  const level = /^heading ([1-9])$/.exec(name)?.[1];
  if (level !== undefined) return headingOf(Number(level));
  if (name === 'title') return 'heading-1';
  if (quotations.has(name)) return 'quotation';
  if (/^(html preformatted|.*\bcode\b.*)$/.test(name)) return 'code';
  return /^list (bullet|number)/.test(name) ? 'item' : undefined;
}

function headingOf(level: number): LineKind {
  return `heading-${Math.min(6, level) as 1 | 2 | 3 | 4 | 5 | 6}`;
}
