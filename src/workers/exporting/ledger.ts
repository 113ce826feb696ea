import { hashText } from '../../core/text.ts';

interface Mark {
  readonly start: number;
  readonly end: number;
  /** A machine name. */
  readonly label: string;
}

interface Entry {
  marks: number;
  sum: number;
  isBack: boolean;
}

const modulus = 2 ** 48;

/**
 * What went into a file, less what came out of it: by text, how many marks there are, and a sum over what they say. There
 * may be very many texts, so of each it holds as little as tells them apart.
 */
export class Ledger {
  readonly #mode: 'exact' | 'words';
  /** Documents without a word: there are formats that cannot hold one, and nothing is on them. */
  blanks = 0;
  readonly #entries = new Map<number, Entry>();
  /** Texts that came back and never went. */
  readonly #strange = new Set<number>();

  constructor(mode: 'exact' | 'words') {
    this.#mode = mode;
  }

  /** Documents with one text count together, as some formats write a file for each annotator. */
  enter(text: string, marks: readonly Mark[]): void {
    if (words(text) === '') return void this.blanks++;
    const key = this.#key(text);
    const entry = this.#entries.get(key) ?? { marks: 0, sum: 0, isBack: false };
    entry.marks += marks.length;
    entry.sum = (entry.sum + this.#sum(text, marks)) % modulus;
    this.#entries.set(key, entry);
  }

  enterBack(text: string, marks: readonly Mark[]): void {
    if (words(text) === '') return;
    const key = this.#key(text);
    const entry = this.#entries.get(key);
    if (!entry) return void this.#strange.add(key);
    entry.marks -= marks.length;
    entry.sum = (entry.sum + modulus - this.#sum(text, marks)) % modulus;
    entry.isBack = true;
  }

  /** What of it did not come back as it went, in one sentence; `undefined` when all did. */
  difference(): string | undefined {
    const entries = [...this.#entries.values()];
    const missing = entries.filter(({ isBack }) => !isBack).length;
    if (missing > 0) return `${missing} of ${entries.length} texts came back changed or not at all`;
    if (this.#strange.size > 0) return `${this.#strange.size} texts came back that nobody wrote`;
    const changed = entries.filter(({ marks, sum }) => marks !== 0 || sum !== 0).length;
    return changed > 0 ? `the spans of ${changed} documents came back changed` : undefined;
  }

  /** 52 bits of its hash. */
  #key(text: string): number {
    return parseInt(hashText(this.#mode === 'words' ? words(text) : text).slice(0, 13), 16);
  }

  #sum(text: string, marks: readonly Mark[]): number {
    return marks.reduce((sum, mark) => (sum + digest(this.#said(text, mark))) % modulus, 0);
  }

  #said(text: string, { start, end, label }: Mark): string {
    return this.#mode === 'words'
      ? `${words(text.slice(start, end))}\0${asWord(label)}`
      : `${start}-${end}\0${asWord(label)}`;
  }
}

/** Without white space as Unicode or as JavaScript has it, a byte order mark included. */
function words(text: string): string {
  return text.replace(/[\s\p{White_Space}]+/gu, '');
}

/** Some formats have no white space or signs in the names of labels, and write others for them. */
function asWord(label: string): string {
  return label.match(/[\p{L}\p{N}]+/gu)?.join('_') ?? '';
}

/** FNV-1a: spread evenly, which is all that a sum needs. */
function digest(said: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < said.length; at++) hash = Math.imul(hash ^ said.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
