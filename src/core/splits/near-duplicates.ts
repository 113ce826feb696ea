import { spacelessCharacter, spacelessLetter } from '../spaceless.ts';

/** Agency reports are copied with small changes; those that share more of their shingles than this are one report. */
const mostAlike = 0.6;
const shingleWords = 5;

/** Passages that this many documents share say little, and comparing all of them with all would take minutes. */
const mostCompared = 32;

const word = new RegExp(String.raw`${spacelessCharacter}|(?:(?!${spacelessLetter})[\p{L}\p{N}\p{M}])+`, 'gu');

/**
 * Groups texts that are nearly the same: the share of their five-word shingles that both have (Jaccard, Broder 1997) is
 * above 0.6, directly or through others. Capitals and punctuation do not count; in scripts without spaces each character
 * is a word. The same texts in the same order give the same groups.
 */
export class NearDuplicates {
  readonly #ids: string[] = [];
  /** The hashes of each text's shingles, ascending, each once. */
  readonly #shingles: Uint32Array[] = [];

  add(id: string, text: string): void {
    this.#ids.push(id);
    this.#shingles.push(shinglesOf(text));
  }

  /** For each id the id of the first document of its group. */
  groups(): ReadonlyMap<string, string> {
    const parents = Uint32Array.from(this.#ids.keys());
    const index = new Map<number, number[]>();
    const shared = this.#sharedBeginnings();
    for (const [document, shingles] of this.#shingles.entries())
      for (const other of takeIn(document, beginning(shingles), shared, index))
        if (rootOf(parents, other) !== rootOf(parents, document) && this.#areAlike(document, other))
          join(parents, document, other);
    return new Map(this.#ids.map((id, document) => [id, this.#ids[rootOf(parents, document)]!]));
  }

  #areAlike(a: number, b: number): boolean {
    const [one, other] = [this.#shingles[a]!, this.#shingles[b]!];
    // As many as make both / (one + other - both) more than the limit; 0.6 / 1.6 falls a little short of 3 / 8.
    const limit = (mostAlike / (1 + mostAlike)) * (one.length + other.length);
    const needed = Math.floor(limit + 1e-9) + 1;
    return shareSoMany(one, other, needed);
  }

  /** The hashes that are among the beginnings of several texts; the others need no place in the index. */
  #sharedBeginnings(): ReadonlySet<number> {
    const all = new Uint32Array(
      this.#shingles.reduce((sum, shingles) => sum + beginning(shingles).length, 0),
    );
    let at = 0;
    for (const shingles of this.#shingles) {
      all.set(beginning(shingles), at);
      at += beginning(shingles).length;
    }
    all.sort();
    const shared = new Set<number>();
    for (let index = 1; index < all.length; index++)
      if (all[index] === all[index - 1]) shared.add(all[index]!);
    return shared;
  }
}

/** Two sets that are alike enough share an element of these beginnings (Chaudhuri, Ganti and Kaushik 2006). */
function beginning(shingles: Uint32Array): Uint32Array {
  return shingles.subarray(0, shingles.length - Math.ceil(mostAlike * shingles.length) + 1);
}

/** The documents before this one that share one of the hashes; puts this one into the index. */
function takeIn(
  document: number,
  hashes: Uint32Array,
  shared: ReadonlySet<number>,
  index: Map<number, number[]>,
): ReadonlySet<number> {
  const others = new Set<number>();
  for (const hash of hashes) {
    if (!shared.has(hash)) continue;
    const holders = index.get(hash);
    for (const holder of holders ?? []) others.add(holder);
    if (!holders) index.set(hash, [document]);
    else if (holders.length < mostCompared) holders.push(document);
  }
  return others;
}

/** A text of fewer words is one shingle; one without words has none, and is like no other. */
function shinglesOf(text: string): Uint32Array {
  const words = Array.from(text.toLowerCase().matchAll(word), ([letters]) => hashOf(letters));
  const hashes = new Set<number>();
  for (let start = 0; start < Math.max(1, words.length - shingleWords + 1); start++) {
    const shingle = words.slice(start, start + shingleWords);
    if (shingle.length > 0) hashes.add(shingle.reduce(mixed, shingle.length));
  }
  return Uint32Array.from(hashes).sort();
}

/** FNV-1a over UTF-16 units. */
function hashOf(letters: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < letters.length; at++) hash = Math.imul(hash ^ letters.charCodeAt(at), 0x01000193);
  return hash;
}

/** The finish of MurmurHash3 over both. */
function mixed(hash: number, next: number): number {
  let all = Math.imul(hash, 31) + next;
  all = Math.imul(all ^ (all >>> 16), 0x85ebca6b);
  all = Math.imul(all ^ (all >>> 13), 0xc2b2ae35);
  return (all ^ (all >>> 16)) >>> 0;
}

/** Whether ascending values have at least so many in common; stops as soon as that is out of reach. */
function shareSoMany(a: Uint32Array, b: Uint32Array, needed: number): boolean {
  let [inA, inB, shared] = [0, 0, 0];
  while (shared < needed && shared + Math.min(a.length - inA, b.length - inB) >= needed) {
    const difference = a[inA]! - b[inB]!;
    if (difference === 0) shared++;
    if (difference <= 0) inA++;
    if (difference >= 0) inB++;
  }
  return shared >= needed;
}

function rootOf(parents: Uint32Array, document: number): number {
  let root = document;
  while (parents[root] !== root) root = parents[root] = parents[parents[root]!]!;
  return root;
}

/** The earlier root stays one, so that a group is named for its first document. */
function join(parents: Uint32Array, a: number, b: number): void {
  const [one, other] = [rootOf(parents, a), rootOf(parents, b)];
  parents[Math.max(one, other)] = Math.min(one, other);
}
