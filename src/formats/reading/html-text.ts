import { defaultTreeAdapter, html, parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { LineKind, LineKinds } from '../../core/layout.ts';
import type { JsonValue } from './json-value.ts';
import { Composition } from './composition.ts';

/** The words of a page. Nothing of it is ever run, drawn or fetched. */
export interface HtmlText {
  readonly title: string;
  readonly text: string;
  readonly lineKinds: LineKinds;
  readonly meta: Readonly<Record<string, JsonValue>>;
  /** How many parts with words were left out as the page hides them. */
  readonly hidden: number;
  readonly pictures: number;
  /** Frames, fields to fill in, and whatever else has words that are not of the text. */
  readonly controls: number;
}

const names = (list: string) => new Set(list.split(' '));
const blocks = names(
  'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p plaintext pre search section summary table caption thead tbody tfoot tr ul xmp',
);
const silent = names(
  'head script style template noscript noframes noembed link meta base param source track area map',
);
const controls = names('iframe frame object embed audio video canvas svg select textarea datalist');
const kinds: ReadonlyMap<string, LineKind> = new Map([
  ...([1, 2, 3, 4, 5, 6] as const).map((level) => [`h${level}`, `heading-${level}`] as const),
  ...(['li', 'dd'] as const).map((name) => [name, 'item'] as const),
  ...(['pre', 'listing', 'xmp'] as const).map((name) => [name, 'code'] as const),
  ['blockquote', 'quotation'] as const,
]);
const keptMeta = names('author date description keywords article:published_time og:site_name');

/** Deeper pages are not written by anybody; to read them takes the square of their depth. */
const deepest = 1000;

class TooDeep extends Error {}

/**
 * The words of an HTML page by this rule: blocks and `br` end lines, white space is folded except in `pre`, cells of a row
 * are parted by tabs, of links there are the words. Scripts, styles, templates and the head are no words. Headings, items,
 * quotations, code and tables say what their lines are, the innermost first. `undefined` when it is nested too deep.
 */
export function htmlText(source: string): HtmlText | undefined {
  let depth = 0;
  const treeAdapter = {
    ...defaultTreeAdapter,
    onItemPush: () => {
      if (++depth > deepest) throw new TooDeep();
    },
    onItemPop: () => void depth--,
  };
  try {
    return new Page().read(parse(source, { treeAdapter, scriptingEnabled: false }));
  } catch (reason) {
    if (reason instanceof TooDeep) return undefined;
    throw reason;
  }
}

class Page {
  readonly #text = new Composition();
  readonly #meta: Record<string, JsonValue> = {};
  #title = '';
  #hidden = 0;
  #pictures = 0;
  #controls = 0;

  read(document: Tree.Document): HtmlText {
    for (const node of document.childNodes) this.#take(node, undefined, false);
    const { text, lineKinds } = this.#text;
    return {
      ...{ title: this.#title, text, lineKinds, meta: this.#meta },
      ...{ hidden: this.#hidden, pictures: this.#pictures, controls: this.#controls },
    };
  }

  #take(node: Tree.ChildNode, kind: LineKind | undefined, isPre: boolean): void {
    if ('value' in node) {
      if (isPre) this.#text.verbatim(node.value, kind);
      else this.#text.flow(node.value);
    } else if ('tagName' in node) this.#takeElement(node, kind, isPre);
  }

  #takeElement(element: Tree.Element, outer: LineKind | undefined, isPre: boolean): void {
    const { tagName: name } = element;
    if (name === 'head') return this.#takeHead(element);
    if (name === 'html') this.#note('language', attribute(element, 'lang'));
    if (silent.has(name)) return;
    if (controls.has(name)) return void this.#controls++;
    if (name === 'img') return void this.#pictures++;
    if (isHidden(element)) {
      if (hasWords(element)) this.#hidden++;
      return;
    }
    if (name === 'br') return this.#text.endLine(outer);
    if ((name === 'td' || name === 'th') && !this.#text.isAtLineStart) this.#text.write('\t');
    this.#takeInside(element, outer, isPre);
  }

  #takeInside(element: Tree.Element, outer: LineKind | undefined, isPre: boolean): void {
    const { tagName: name } = element;
    const isBlock = blocks.has(name);
    const kind = name === 'table' ? tableKind(element, outer) : (kinds.get(name) ?? outer);
    if (isBlock) this.#text.endBlock(outer);
    const keepsSpace = isPre || kinds.get(name) === 'code';
    for (const child of element.childNodes) this.#take(child, kind, keepsSpace);
    if (isBlock) this.#text.endBlock(kind);
  }

  #takeHead({ childNodes }: Tree.Element): void {
    for (const node of childNodes) {
      if (!('tagName' in node)) continue;
      if (node.tagName === 'title' && this.#title === '') this.#title = wordsOf(node).trim();
      const key = attribute(node, 'name') ?? attribute(node, 'property') ?? '';
      if (node.tagName === 'meta' && keptMeta.has(key.toLowerCase()))
        this.#note(key.toLowerCase(), attribute(node, 'content'));
    }
  }

  #note(key: string, value = ''): void {
    if (value.trim() !== '') this.#meta[key] ??= value.trim();
  }
}

function attribute({ attrs }: Tree.Element, name: string): string | undefined {
  return attrs.find((each) => each.name === name)?.value;
}

function isHidden(element: Tree.Element): boolean {
  const style = attribute(element, 'style') ?? '';
  const isClosed = element.tagName === 'dialog' && attribute(element, 'open') === undefined;
  const hides = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
  return isClosed || hides || attribute(element, 'hidden') !== undefined;
}

/** A table that holds another one, or says so, only places things. */
function tableKind(table: Tree.Element, outer: LineKind | undefined): LineKind | undefined {
  const role = attribute(table, 'role');
  const isLayout = role === 'presentation' || role === 'none' || isAnyInside(table, isTable);
  return isLayout ? outer : 'table';
}

function isTable(node: Tree.ChildNode): boolean {
  return 'tagName' in node && node.tagName === html.TAG_NAMES.TABLE;
}

function isAnyInside({ childNodes }: Tree.Element, test: (node: Tree.ChildNode) => boolean): boolean {
  return childNodes.some((node) => test(node) || ('tagName' in node && isAnyInside(node, test)));
}

function hasWords(element: Tree.Element): boolean {
  return isAnyInside(element, (node) => 'value' in node && node.value.trim() !== '');
}

function wordsOf({ childNodes }: Tree.Element): string {
  return childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}
