import { hashText } from '../../core/text.ts';

type TextMode = 'exact' | 'words' | 'quotes';

export interface Mark {
  readonly start: number;
  readonly end: number;
  /** A machine name. */
  readonly label: string;
}

/** A relation between two marks of one text. */
export interface Link {
  readonly head: Mark;
  readonly child: Mark;
  /** The machine name of its type. */
  readonly label: string;
}

interface Entry {
  /** And links. */
  marks: number;
  sum: number;
  isBack: boolean;
}

const modulus = 2 ** 48;

/**
 * What went into a file, less what came out of it: by text, how many marks and links there are, and a sum over what they say. There
 * may be very many texts, so of each it holds as little as tells them apart.
 */
export class Ledger {
  readonly #mode: TextMode;
  /** Documents without a word: there are formats that cannot hold one, and nothing is on them. */
  blanks = 0;
  readonly #entries = new Map<number, Entry>();
  /** Texts that came back and never went. */
  readonly #strange = new Set<number>();

  constructor(mode: TextMode) {
    this.#mode = mode;
  }

  /** Documents with one text count together, as some formats write a file for each annotator. */
  enter(text: string, marks: readonly Mark[], links: readonly Link[] = []): void {
    if (words(text) === '') return void this.blanks++;
    const key = this.#key(text);
    const entry = this.#entries.get(key) ?? { marks: 0, sum: 0, isBack: false };
    entry.marks += marks.length + links.length;
    entry.sum = (entry.sum + this.#sum(text, marks, links)) % modulus;
    this.#entries.set(key, entry);
  }

  enterBack(text: string, marks: readonly Mark[], links: readonly Link[] = []): void {
    if (words(text) === '') return;
    const key = this.#key(text);
    const entry = this.#entries.get(key);
    if (!entry) return void this.#strange.add(key);
    entry.marks -= marks.length + links.length;
    entry.sum = (entry.sum + modulus - this.#sum(text, marks, links)) % modulus;
    entry.isBack = true;
  }

  /** What of it did not come back as it went, in one sentence; `undefined` when all did. */
  difference(): string | undefined {
    const entries = [...this.#entries.values()];
    const missing = entries.filter(({ isBack }) => !isBack).length;
    if (missing > 0) return `${missing} of ${entries.length} texts came back changed or not at all`;
    if (this.#strange.size > 0) return `${this.#strange.size} texts came back that nobody wrote`;
    const changed = entries.filter(({ marks, sum }) => marks !== 0 || sum !== 0).length;
    return changed > 0 ? `the spans or relations of ${changed} documents came back changed` : undefined;
  }

  /** 52 bits of its hash. */
  #key(text: string): number {
    return parseInt(hashText(this.#mode === 'exact' ? text : words(text)).slice(0, 13), 16);
  }

  #sum(text: string, marks: readonly Mark[], links: readonly Link[]): number {
    const wordsBefore = this.#mode === 'words' && marks.length > 0 ? wordCounts(text) : undefined;
    const said = (mark: Mark) => this.#said(text, mark, wordsBefore);
    const joined = ({ head, child, label }: Link) => [said(head), said(child), asWord(label)].join('\0\0');
    const ofMarks = marks.reduce((sum, mark) => (sum + digest(said(mark))) % modulus, 0);
    return links.reduce((sum, link) => (sum + digest(joined(link))) % modulus, ofMarks);
  }

  /** A place is where it is among what is not white space, when that is all that is left. */
  #said(text: string, { start, end, label }: Mark, wordsBefore: Uint32Array | undefined): string {
    if (this.#mode === 'exact') return `${start}-${end}\0${asWord(label)}`;
    return `${wordsBefore?.[start] ?? ''}\0${words(text.slice(start, end))}\0${asWord(label)}`;
  }
}

/** For each place in the text how many units before it are not white space. */
function wordCounts(text: string): Uint32Array {
  const counts = new Uint32Array(text.length + 1);
  const blank = /[\s\p{White_Space}]/u;
  for (let at = 0; at < text.length; at++) counts[at + 1] = counts[at]! + (blank.test(text[at]!) ? 0 : 1);
  return counts;
}

/** Without white space as Unicode or as JavaScript has it, a byte order mark included. */
function words(text: string): string {
  return text.replace(/[\s\p{White_Space}]+/gu, '');
}

/**
 * Some formats have no white space in the names of labels, and write “_” for it. Their writers count the spans of labels that
 * become the same by this.
 */
function asWord(label: string): string {
  return label.replace(/[\s\p{White_Space}]+/gu, '_');
}

/** FNV-1a: spread evenly, which is all that a sum needs. */
function digest(said: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < said.length; at++) hash = Math.imul(hash ^ said.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
