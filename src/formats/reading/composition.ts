import type { LineKind, LineKinds } from '../../core/layout.ts';

/** A text put together line by line out of the blocks of another format, with what its lines are. */
export class Composition {
  readonly #lines: string[] = [];
  readonly #kinds: { readonly line: number; readonly kind: LineKind }[] = [];
  #open = '';
  #isSpaceOwed = false;

  /** Whether the open line has nothing yet. */
  get isAtLineStart(): boolean {
    return this.#open === '';
  }

  /** Whether there are no lines yet. */
  get isEmpty(): boolean {
    return this.#lines.length === 0 && this.#open === '';
  }

  get text(): string {
    return [...this.#lines, ...(this.#open === '' ? [] : [this.#open])].join('\n');
  }

  get lineKinds(): LineKinds {
    return this.#kinds;
  }

  /** Words of a running text, in which white space of any kind and number is one space, and none at the ends of a line. */
  flow(words: string): void {
    const parts = words.split(/[ \t\n\r\f]+/);
    for (const [index, part] of parts.entries()) {
      if (index > 0) this.#isSpaceOwed = this.#open !== '' && !this.#open.endsWith('\t');
      if (part === '') continue;
      this.#open += this.#isSpaceOwed ? ` ${part}` : part;
      this.#isSpaceOwed = false;
    }
  }

  /** Words as they are, without line breaks. */
  write(words: string): void {
    if (this.#isSpaceOwed && words !== '\t') this.#open += ' ';
    this.#isSpaceOwed = false;
    this.#open += words;
  }

  /** Words as they are, where each line break ends a line. */
  verbatim(words: string, kind?: LineKind): void {
    const [first, ...rest] = words.split(/\r\n?|\n/);
    this.write(first!);
    for (const line of rest) {
      this.endLine(kind);
      this.#open = line;
    }
  }

  /** Ends the open line, even where it is empty. */
  endLine(kind?: LineKind): void {
    if (kind !== undefined && this.#open !== '') this.#kinds.push({ line: this.#lines.length, kind });
    this.#lines.push(this.#open);
    this.#open = '';
    this.#isSpaceOwed = false;
  }

  /** Ends the open line if there is anything on it. */
  endBlock(kind?: LineKind): void {
    if (this.#open !== '') this.endLine(kind);
    this.#isSpaceOwed = false;
  }

  /** An empty line that is something, such as the end of a page. */
  emptyLine(kind: LineKind): void {
    this.endBlock();
    this.#kinds.push({ line: this.#lines.length, kind });
    this.endLine();
  }

  /** Adds all lines of another one, after the line that is open. */
  append(other: Composition): void {
    this.endBlock();
    other.endBlock();
    for (const { line, kind } of other.#kinds) this.#kinds.push({ line: line + this.#lines.length, kind });
    for (const line of other.#lines) this.#lines.push(line);
  }
}
