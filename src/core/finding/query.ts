import { folded } from './fold.ts';

/** One condition of a search: free words when it has no field. */
export interface Term {
  /** Folded, as `label`, `status`, `note`, `annotator`, or the machine name of an attribute. */
  readonly field?: string;
  readonly value: string;
  /** Whether it stood in quotation marks: its words must follow each other. */
  readonly isPhrase: boolean;
  /** Whether it was written with a minus: what has it is left out. */
  readonly isExcluded: boolean;
}

const term = /(-?)(?:(\p{L}[\p{L}\p{N}_-]*):)?(?:"([^"]*)"?|(\S+))/gu;

/** Reads a search as people write it: `bridge "pure theatre" label:denial speaker:"Anna Velt" -status:done`. */
export function parseQuery(query: string): Term[] {
  return [...query.replace(/[“”„]/gu, '"').matchAll(term)].flatMap(([, minus, field, phrase, word]) => {
    const value = phrase ?? word!;
    // A field without a value is still being typed.
    if (wordsOf(value).length === 0 || (field === undefined && /^\p{L}[\p{L}\p{N}_-]*:$/u.test(value)))
      return [];
    return [
      {
        ...(field !== undefined && { field: folded(field) }),
        value,
        isPhrase: phrase !== undefined,
        isExcluded: minus === '-',
      },
    ];
  });
}

/** Whether the term is about what is said of spans, or of the document as a whole. */
export function isOfSpans({ field }: Term): boolean {
  return field !== undefined && field !== 'status' && field !== 'title';
}

/** Whether an index of words alone tells what fits the term: one word, and no order of words. */
export function isOneWord({ field, value }: Term): boolean {
  return field === 'status' || field === 'label' || wordsOf(value).length === 1;
}

/** The query with another value for a field, or with none. Other terms stay as they are written. */
export function withField(query: string, field: string, value: string | undefined): string {
  const written = [...query.matchAll(term)].map(([match, , name]) => ({ match, name }));
  const others = written.filter(({ name }) => name === undefined || folded(name) !== field);
  const wanted = value === undefined ? [] : [`${field}:${/\s/u.test(value) ? `"${value}"` : value}`];
  return [...others.map(({ match }) => match), ...wanted].join(' ');
}

/** The words of a text, folded, as an index holds them. Writing without spaces counts by the character. */
export function wordsOf(text: string): string[] {
  const plain = folded(text);
  const spaced = withoutSpaces.test(plain) ? plain.replace(eachWithoutSpaces, ' $& ') : plain;
  return spaced.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
}

/** Whether a word of an index begins at the offset, or ends there. */
export function isWordBoundary(text: string, offset: number): boolean {
  const [before, after] = [text.slice(Math.max(0, offset - 2), offset), text.slice(offset, offset + 2)];
  const parts = /(?<=[\p{L}\p{N}\p{M}_])$/u.test(before) && /^[\p{L}\p{N}\p{M}_]/u.test(after);
  return !parts || withoutSpaces.test(before) || withoutSpaces.test(after);
}

const withoutSpaces = /[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
const eachWithoutSpaces = new RegExp(withoutSpaces, 'gu');

/** Whether the text has all words of the value, or begins of them; of a phrase, whole and in this order. */
export function hasWords(text: string, value: string, isPhrase: boolean): boolean {
  const [present, wanted] = [wordsOf(text), wordsOf(value)];
  if (isPhrase) return ` ${present.join(' ')} `.includes(` ${wanted.join(' ')} `);
  return wanted.every((word) => present.some((candidate) => candidate.startsWith(word)));
}
