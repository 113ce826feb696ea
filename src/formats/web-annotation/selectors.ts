import { isAbsent, isList, isObject, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import { fieldOf } from '../native/native-shape.ts';
import { isInsidePair, unitMap, type OffsetUnit } from '../units.ts';
import type { SpanInFile } from '../writing/marks.ts';

/** What the selectors of a target say about where it is. */
export interface Selected {
  readonly position?: { readonly start: number; readonly end: number };
  /** What is wrong with a selector that should say the place or the words, as a part of a sentence. */
  readonly fault?: string;
  readonly quote?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  /** Selectors of other kinds. */
  readonly others: readonly JsonValue[];
}

const contextLength = 32;

/** Where a span is, once by its words and once by its offsets. `start` and `end` are UTF-16 offsets into the text. */
export function selectorsOf(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  inFile: Pick<SpanInFile, 'start' | 'end' | 'text'>,
): JsonObject[] {
  const from = Math.max(0, start - contextLength);
  const to = Math.min(text.length, end + contextLength);
  return [
    {
      type: 'TextQuoteSelector',
      exact: inFile.text,
      prefix: text.slice(isInsidePair(text, from) ? from + 1 : from, start),
      suffix: text.slice(end, isInsidePair(text, to) ? to - 1 : to),
    },
    { type: 'TextPositionSelector', start: inFile.start, end: inFile.end },
  ];
}

export function readSelectors(selector: JsonValue | undefined): Selected {
  const all = isAbsent(selector) ? [] : isList(selector) ? selector : [selector];
  const ofType = (type: string) =>
    all.find((one) => isObject(one) && one['type'] === type) as JsonObject | undefined;
  const [quoting, placing] = [ofType('TextQuoteSelector'), ofType('TextPositionSelector')];
  const [exact, prefix, suffix] = ['exact', 'prefix', 'suffix'].map(
    (key) => quoting && fieldOf(quoting, key),
  );
  const [start, end] = ['start', 'end'].map((key) => placing && fieldOf(placing, key));
  const position = typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined;
  const hasWords = typeof exact === 'string' && exact !== '';
  const fault =
    placing && !position
      ? `the start ${JSON.stringify(start ?? null)} and the end ${JSON.stringify(end ?? null)} of its TextPositionSelector are not both numbers`
      : quoting && !hasWords && !position
        ? 'its TextQuoteSelector has no "exact" words'
        : undefined;
  return {
    ...(position && { position }),
    ...(fault !== undefined && { fault }),
    ...(hasWords && { quote: exact }),
    ...(typeof prefix === 'string' && { prefix }),
    ...(typeof suffix === 'string' && { suffix }),
    others: all.filter((one) => one !== quoting && one !== placing),
  };
}

/** The place of words that stand in the text once, or once with what is around them; otherwise how often they stand there. */
export function placeOfQuote(
  text: string,
  { quote = '', prefix = '', suffix = '' }: Selected,
  unit: OffsetUnit,
): { readonly start: number; readonly end: number } | { readonly times: number } {
  const bare = placesOf(text, quote);
  const around = bare.filter((at) => text.startsWith(suffix, at + quote.length) && text.endsWith(prefix, at));
  const only = bare.length === 1 ? bare[0] : around.length === 1 ? around[0] : undefined;
  if (only === undefined) return { times: bare.length };
  const map = unitMap(text, unit);
  const [start, end] = [map.fromOffset(only), map.fromOffset(only + quote.length)];
  return start === undefined || end === undefined ? { times: 0 } : { start, end };
}

function placesOf(text: string, words: string): number[] {
  if (words === '') return [];
  const places: number[] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) places.push(at);
  return places;
}
