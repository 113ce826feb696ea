/** What the prefixes of tags mean. In IOB1 only a mark that touches one of the same label begins with B. */
export type Tagging = 'BIO' | 'BIOES' | 'IOB1';

/** A tag as it stands at a token: the prefix, if it has one, and the label. */
interface Tag {
  readonly prefix: 'B' | 'I' | 'E' | 'S' | undefined;
  readonly label: string;
}

/** The tokens of a mark, both ends included. */
interface TaggedSpan {
  readonly first: number;
  readonly last: number;
  readonly label: string;
}

/** What is wrong with the tag of a token, and what was made of it. */
interface TagFault {
  readonly index: number;
  readonly fault: string;
}

export interface Decoded {
  readonly spans: readonly TaggedSpan[];
  readonly faults: readonly TagFault[];
}

/** L and U, for last and unit, are what BILOU calls E and S. */
const prefixes = { B: 'B', I: 'I', E: 'E', S: 'S', L: 'E', U: 'S' } as const;

/** Whether this can be a tag. */
export function isTag(tag: string): boolean {
  return tag === 'O' || /^[BIESLU]-\S/.test(tag);
}

function tagOf(tag: string): Tag | undefined {
  if (tag === 'O' || tag === '_' || tag === '') return undefined;
  const parts = /^([BIESLU])-(.+)$/su.exec(tag);
  return parts
    ? { prefix: prefixes[parts[1] as keyof typeof prefixes], label: parts[2]! }
    : { prefix: undefined, label: tag };
}

/**
 * Tells the tagging of sequences: E and S stand in BIOES alone; I at the beginning of a mark is meant where no B stands but
 * at one that touches another. Where nothing tells them apart it is BIO.
 */
export function taggingOf(sequences: Iterable<readonly string[]>): Tagging {
  let startsWithI = false;
  let startsWithB = false;
  for (const sequence of sequences) {
    let before: Tag | undefined;
    for (const tag of sequence.map(tagOf)) {
      if (tag?.prefix === 'E' || tag?.prefix === 'S') return 'BIOES';
      const isAfterSame = before !== undefined && tag?.label === before.label;
      if (!isAfterSame) {
        startsWithI ||= tag?.prefix === 'I';
        startsWithB ||= tag?.prefix === 'B';
      }
      before = tag;
    }
  }
  return startsWithI && !startsWithB ? 'IOB1' : 'BIO';
}

/** The marks of one sentence. A tag that cannot stand where it stands is taken for the nearest that can. */
export function decodeTags(tags: readonly string[], tagging: Tagging): Decoded {
  const decoder = new Decoder(tagging);
  for (const [index, tag] of tags.entries()) decoder.take(tagOf(tag), tag, index);
  decoder.close(tags.length);
  return decoder;
}

class Decoder {
  readonly spans: TaggedSpan[] = [];
  readonly faults: TagFault[] = [];
  readonly #tagging: Tagging;
  #open: { readonly first: number; readonly label: string } | undefined;
  #isEnded = true;

  constructor(tagging: Tagging) {
    this.#tagging = tagging;
  }

  take(tag: Tag | undefined, said: string, index: number): void {
    const goesOn = tag !== undefined && this.#open?.label === tag.label && !this.#isEnded;
    const begins = !goesOn || tag.prefix === 'B' || tag.prefix === 'S';
    if (begins) this.close(index);
    if (!tag) return;
    if (tag.prefix === undefined)
      this.faults.push({ index, fault: `“${said}” says not whether a mark begins or goes on` });
    else if (begins && (tag.prefix === 'E' || (tag.prefix === 'I' && this.#tagging !== 'IOB1')))
      this.faults.push({ index, fault: `“${said}” goes on with no mark, and begins one` });
    if (begins) this.#open = { first: index, label: tag.label };
    this.#isEnded = tag.prefix === 'E' || tag.prefix === 'S';
  }

  /** Ends the mark that is open before a token. */
  close(index: number): void {
    if (!this.#open) return;
    if (this.#tagging === 'BIOES' && !this.#isEnded)
      this.faults.push({
        index: index - 1,
        fault: `the mark “${this.#open.label}” has no end, and ends here`,
      });
    this.spans.push({ ...this.#open, last: index - 1 });
    this.#open = undefined;
    this.#isEnded = true;
  }
}
