import type { LineKind, LineKinds } from '../../core/layout.ts';
import { Story } from '../reading/story.ts';
import { xmlEvents } from '../reading/xml.ts';
import { isOn, wordPrefixes } from './docx-names.ts';
import { noteTrait, type DocxStyles, type ParagraphTraits } from './docx-styles.ts';

/** How often a document has something that is more than its text. */
export type DocxCounts = Record<
  'insertions' | 'deletions' | 'comments' | 'footnotes' | 'hidden' | 'pictures' | 'symbols',
  number
>;

export interface DocxText {
  readonly text: string;
  readonly lineKinds: LineKinds;
  readonly counts: DocxCounts;
}

/** Left out with all that is in them, and what they count as. */
const skipped: ReadonlyMap<string, keyof DocxCounts | undefined> = new Map([
  ['w:del', 'deletions'],
  ['w:moveFrom', 'deletions'],
  ['mc:Fallback', undefined],
  ['w:instrText', undefined],
  ['w:delInstrText', undefined],
  ['w:rt', undefined],
  ['w:pPrChange', undefined],
  ['w:rPrChange', undefined],
  ['w:sectPr', undefined],
]);

const counted: ReadonlyMap<string, keyof DocxCounts> = new Map([
  ['w:ins', 'insertions'],
  ['w:moveTo', 'insertions'],
  ['w:commentReference', 'comments'],
  ['w:footnoteReference', 'footnotes'],
  ['w:endnoteReference', 'footnotes'],
  ['a:blip', 'pictures'],
]);

/** The main part, or a box in it. */
class Frame extends Story {
  paragraph: ParagraphTraits = {};
  /** Whether the end of the paragraph was deleted, so that the next one goes on with its line. */
  runsOn = false;
}

/**
 * The text of `document.xml`: each paragraph a line, each row of a table a line with its cells parted by tabs. Tracked
 * insertions are in it, deletions are not; notes, comments and what is hidden are counted.
 *
 * @throws XmlFault when the part is not well-formed.
 */
export function docxText(source: string, styles: DocxStyles): DocxText {
  const reader = new DocxReader(styles);
  for (const event of xmlEvents(source, wordPrefixes)) {
    if (event.kind === 'open') reader.open(event.name, event.attributes);
    else if (event.kind === 'close') reader.close(event.name);
    else reader.take(event.text);
  }
  return reader.result;
}

class DocxReader {
  readonly #styles: DocxStyles;
  readonly #counts: DocxCounts = {
    ...{ insertions: 0, deletions: 0, comments: 0, footnotes: 0, hidden: 0, pictures: 0, symbols: 0 },
  };
  readonly #frames = [new Frame()];
  readonly #path: string[] = [];
  #skippedDepth = 0;
  #isHidden = false;

  constructor(styles: DocxStyles) {
    this.#styles = styles;
  }

  get result(): DocxText {
    this.#frames[0]!.finish();
    const { composition } = this.#frames[0]!;
    return { text: composition.text, lineKinds: composition.lineKinds, counts: this.#counts };
  }

  get #frame(): Frame {
    return this.#frames.at(-1)!;
  }

  get #kind(): LineKind | undefined {
    return this.#frame.isInTable ? 'table' : this.#styles.kindOf(this.#frame.paragraph);
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    const parent = this.#path.at(-1);
    this.#path.push(name);
    if (this.#skippedDepth > 0) return void this.#skippedDepth++;
    if (parent === 'w:rPr') return this.#takeRunProperty(name, attributes);
    if (skipped.has(name)) {
      const count = skipped.get(name);
      if (count) this.#counts[count]++;
      this.#skippedDepth = 1;
    } else if (counted.has(name)) this.#counts[counted.get(name)!]++;
    else if (this.#path.includes('w:pPr')) this.#takeProperty(name, attributes);
    else this.#takePart(name, attributes);
  }

  close(name: string): void {
    this.#path.pop();
    if (this.#skippedDepth > 0) return void this.#skippedDepth--;
    if (name === 'w:p') this.#endParagraph();
    else if (name === 'w:r') this.#isHidden = false;
    else if (name === 'w:tr') this.#frame.endRow();
    else if (name === 'w:txbxContent' && this.#frames.length > 1) {
      const box = this.#frames.pop()!;
      this.#frame.hang(box);
    }
  }

  take(text: string): void {
    const name = this.#path.at(-1);
    if (this.#skippedDepth > 0 || (name !== 'w:t' && name !== 'm:t')) return;
    if (this.#isHidden) this.#counts.hidden++;
    else this.#frame.composition.verbatim(text, this.#kind);
  }

  #takeProperty(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'w:pStyle') this.#frame.paragraph.styleId = attributes.get('w:val') ?? '';
    else noteTrait(this.#frame.paragraph, name, attributes);
  }

  /** Of a run, or within `w:pPr` of the paragraph's end. */
  #takeRunProperty(name: string, attributes: ReadonlyMap<string, string>): void {
    const isOfTheEnd = this.#path.includes('w:pPr');
    if (isOfTheEnd && (name === 'w:del' || name === 'w:moveFrom')) this.#frame.runsOn = true;
    else if (!isOfTheEnd && name === 'w:vanish' && isOn(attributes)) this.#isHidden = true;
    else if (skipped.has(name)) this.#skippedDepth = 1;
  }

  #takePart(name: string, attributes: ReadonlyMap<string, string>): void {
    const { composition } = this.#frame;
    const write = (words: string) => (this.#isHidden ? undefined : composition.write(words));
    if (name === 'w:p') this.#beginParagraph();
    else if (name === 'w:tab') write('\t');
    else if (name === 'w:br' || name === 'w:cr') this.#breakLine(attributes);
    else if (name === 'w:noBreakHyphen') write('\u2011');
    else if (name === 'w:softHyphen') write('\u00ad');
    else if (name === 'w:sym') {
      this.#counts.symbols++;
      write('\ufffd');
    } else if (name === 'w:tr') this.#frame.beginRow();
    else if (name === 'w:tc') this.#frame.beginCell();
    else if (name === 'w:txbxContent') this.#frames.push(new Frame());
  }

  #breakLine(attributes: ReadonlyMap<string, string>): void {
    const isOfPage = ['page', 'column'].includes(attributes.get('w:type') ?? '');
    const { composition } = this.#frame;
    if (!isOfPage && !this.#isHidden) composition.endLine(this.#kind);
    else if (isOfPage) composition.endBlock(this.#kind);
  }

  #beginParagraph(): void {
    const frame = this.#frame;
    frame.beginParagraph(frame.runsOn);
    frame.paragraph = {};
    frame.runsOn = false;
  }

  #endParagraph(): void {
    if (!this.#frame.runsOn) this.#frame.endParagraph(this.#kind);
  }
}
