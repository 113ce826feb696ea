import { hashText } from '../../core/text.ts';

interface Mark {
  readonly start: number;
  readonly end: number;
  /** A machine name. */
  readonly label: string;
}

/** What went into a file, or came out of it: by text, how many marks there are, and a sum over what they say. */
export class Ledger {
  readonly #mode: 'exact' | 'words';
  /** Documents without a word: there are formats that cannot hold one, and nothing is on them. */
  blanks = 0;
  readonly #entries = new Map<string, { marks: number; sum: number }>();

  constructor(mode: 'exact' | 'words') {
    this.#mode = mode;
  }

  /** Documents with one text count together, as some formats write a file for each annotator. */
  enter(text: string, marks: readonly Mark[]): void {
    if (words(text) === '') return void this.blanks++;
    const key = hashText(this.#mode === 'words' ? words(text) : text);
    const entry = this.#entries.get(key) ?? { marks: 0, sum: 0 };
    for (const mark of marks) entry.sum = (entry.sum + digest(this.#said(text, mark))) % 2 ** 48;
    entry.marks += marks.length;
    this.#entries.set(key, entry);
  }

  /** What differs, in one sentence; `undefined` when nothing does. */
  difference(readBack: Ledger): string | undefined {
    const missing = [...this.#entries.keys()].filter((key) => !readBack.#entries.has(key)).length;
    if (missing > 0) return `${missing} of ${this.#entries.size} texts came back changed or not at all`;
    if (readBack.#entries.size > this.#entries.size)
      return `${readBack.#entries.size - this.#entries.size} texts came back that nobody wrote`;
    const changed = [...this.#entries].filter(([key, entry]) => {
      const back = readBack.#entries.get(key)!;
      return back.marks !== entry.marks || back.sum !== entry.sum;
    }).length;
    return changed > 0 ? `the spans of ${changed} documents came back changed` : undefined;
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
