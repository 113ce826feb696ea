import { wordsOf } from './query.ts';

/**
 * Which texts hold which words. Texts are numbered 0, 1, 2… and never change; the places of the words are not kept, as
 * whoever wants them reads the text. Adding costs a look-up a word; asking costs a look at every different word.
 */
export class WordIndex {
  /** The numbers of the texts with a word, in order. */
  readonly #numbers = new Map<string, number[]>();
  /** The same for a piece of writing as it stands, which is then folded once and not wherever it stands again. */
  readonly #known = new Map<string, readonly number[][]>();

  /** Takes the words of a text in. Its number must not be less than that of the text before. */
  add(number: number, text: string): void {
    for (const piece of text.split(between))
      for (const numbers of this.#known.get(piece) ?? this.#learn(piece))
        if (numbers[numbers.length - 1] !== number) numbers.push(number);
  }

  /** Calls back for every text with the word, or with words that begin so; with these it may be more than once. */
  visit(word: string, isPrefix: boolean, visitor: (number: number, found: string) => void): void {
    if (!isPrefix) this.#numbers.get(word)?.forEach((number) => visitor(number, word));
    else
      for (const [found, numbers] of this.#numbers)
        if (found.startsWith(word)) for (const number of numbers) visitor(number, found);
  }

  #learn(piece: string): readonly number[][] {
    const lists = wordsOf(piece).map((word) => this.#listOf(word));
    // A long piece is not likely to come again: it is writing without spaces.
    if (piece.length <= 40) this.#known.set(piece, lists);
    return lists;
  }

  #listOf(word: string): number[] {
    const known = this.#numbers.get(word);
    if (known) return known;
    const numbers: number[] = [];
    this.#numbers.set(word, numbers);
    return numbers;
  }
}

/** What surely stands between words, whatever is beside it: not all that does, but nearly always. */
const between = /[\0-/:-@[-^`{-\u007f‘’“”„…–—«»]+/u;
