import type { LineKind, LineKinds } from '../../core/layout.ts';

const fence = /^ {0,3}(`{3,}|~{3,})/;
const heading = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
const underline = /^ {0,3}(?:(=+)|-+)[ \t]*$/;
const rule = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const quotation = /^ {0,3}>/;
const item = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const indented = /^(?: {2,}|\t)/;
const code = /^(?: {4}|\t)/;
const delimiters = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/**
 * What the lines of a Markdown text are, told line by line: code between fences, in front matter, or four spaces in after
 * a blank line; headings by `#`, or underlined; tables by their row of dashes; quotations by `>`; items by their mark, with
 * the indented lines after it. Everything else is plain.
 */
export function markdownLines(text: string): LineKinds {
  return new MarkdownLines(text.split('\n')).kinds();
}

class MarkdownLines {
  readonly #lines: readonly string[];
  readonly #kinds: (LineKind | undefined)[] = [];

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  kinds(): LineKinds {
    while (this.#at < this.#lines.length) this.#takeBlock();
    return this.#kinds.flatMap((kind, line) => (kind === undefined ? [] : [{ line, kind }]));
  }

  get #at(): number {
    return this.#kinds.length;
  }

  #takeBlock(): void {
    const line = this.#lines[this.#at]!;
    const fenced = fence.exec(line)?.[1];
    if (fenced !== undefined) this.#takeFenced(fenced);
    else if (this.#at === 0 && this.#frontMatter > 0) this.#take('code', this.#frontMatter);
    else if (this.#isTable(line)) this.#takeTable();
    else this.#kinds.push(this.#kindOf(line));
  }

  /** How many lines of settings stand before the text, between lines of three dashes. */
  get #frontMatter(): number {
    const isThere = this.#lines[0]?.trimEnd() === '---' && /^[\w-]+:/.test(this.#lines[1] ?? '');
    return isThere ? this.#lines.indexOf('---', 1) + 1 : 0;
  }

  #take(kind: LineKind, count: number): void {
    for (let taken = 0; taken < count; taken++) this.#kinds.push(kind);
  }

  /** Up to a fence of the same mark that is at least as long, or to the end. */
  #takeFenced(open: string): void {
    const closes = (line: string) => {
      const close = fence.exec(line)?.[1];
      return close?.startsWith(open) === true && line.trim() === close;
    };
    let end = this.#at + 1;
    while (end < this.#lines.length && !closes(this.#lines[end]!)) end++;
    this.#take('code', Math.min(end + 1, this.#lines.length) - this.#at);
  }

  #isTable(line: string): boolean {
    const below = this.#lines[this.#at + 1] ?? '';
    return line.includes('|') && below.includes('|') && delimiters.test(below);
  }

  #takeTable(): void {
    const isRow = (line: string) => line.trim() !== '' && line.includes('|');
    let end = this.#at + 2;
    while (end < this.#lines.length && isRow(this.#lines[end]!)) end++;
    this.#take('table', end - this.#at);
  }

  #kindOf(line: string): LineKind | undefined {
    const before = this.#at === 0 ? '' : this.#lines[this.#at - 1]!;
    const kindBefore = this.#kinds.at(-1);
    const marked = heading.exec(line)?.[1];
    if (marked !== undefined) return headingOf(marked.length);
    if (line.trim() === '' || rule.test(line)) return undefined;
    if (quotation.test(line)) return 'quotation';
    if (code.test(line) && (before.trim() === '' || kindBefore === 'code') && !this.#isInList())
      return 'code';
    if (item.test(line) || (indented.test(line) && kindBefore === 'item')) return 'item';
    const lined = before.trim() === '' ? underline.exec(this.#lines[this.#at + 1] ?? '') : null;
    return lined ? headingOf(lined[1] === undefined ? 2 : 1) : undefined;
  }

  /** Whether the last line with words belongs to an item, so that what is further in does as well. */
  #isInList(): boolean {
    let last = this.#at - 1;
    while (last >= 0 && this.#lines[last]!.trim() === '') last--;
    return last >= 0 && this.#kinds[last] === 'item';
  }
}

/** @throws RangeError for a level outside of 1 to 6. */
function headingOf(level: number): LineKind {
  if (!(level >= 1 && level <= 6)) throw new RangeError(`no heading of level ${level}`);
  return `heading-${level as 1 | 2 | 3 | 4 | 5 | 6}`;
}
