import type { Range } from '../../core/offset.ts';
import { fieldOf } from '../native/native-shape.ts';
import { isList, isObject, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import { quoted } from '../reading/outside-document.ts';
import { Passage } from '../reading/passage.ts';
import type { Checked, Place } from '../reading/place.ts';
import { unitMap, type OffsetUnit } from '../units.ts';
import { placeIn } from '../writing/places.ts';
import { tokensOf } from '../writing/tokens.ts';

/** A token as the file has it, in the file's unit. */
export interface FileToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Where a document keeps its tokens when they are other than ours, so that they go out again as they came. */
export const tokensKey = 'tokens';

export function isToken(value: JsonValue): boolean {
  const isWhole = (key: string) => isObject(value) && Number.isInteger(value[key]);
  return isObject(value) && typeof value['text'] === 'string' && isWhole('start') && isWhole('end');
}

/** The tokens of a row; none, with a complaint, when they are something else. */
export function* tokensIn(object: JsonObject, place: Place): Checked<readonly FileToken[]> {
  const list = fieldOf(object, 'tokens');
  if (list === undefined) return [];
  if (isList(list) && list.every(isToken))
    return (list as unknown as FileToken[]).map(({ text, start, end }) => ({
      text,
      start,
      end,
      quote: text,
    }));
  const message =
    'the "tokens" of this document are not tokens and were left out; its spans were not compared with them.';
  yield place.at('tokens').problem('adjusted', message);
  return [];
}

/** The tokens that are not what stands at their offsets. */
export function* strayTokens(
  tokens: readonly FileToken[],
  raw: string,
  unit: OffsetUnit,
  place: Place,
): Checked<ReadonlySet<FileToken>> {
  const map = unitMap(raw, unit);
  const wordsAt = ({ start, end }: Range) => {
    const [from, to] = [map.toOffset(start), map.toOffset(end)];
    return from === undefined || to === undefined ? '' : raw.slice(from, to);
  };
  const strays = tokens.filter((token) => wordsAt(token) !== token.text);
  const [first] = strays;
  if (first) {
    const here = `“${first.text}” is said to be at ${first.start}–${first.end}, where ${quoted(wordsAt(first))} stands`;
    const message = `${strays.length} of ${tokens.length} tokens are not at their offsets: ${here}. Spans over them were compared with their words.`;
    yield place.at('tokens').problem('adjusted', message);
  }
  return new Set(strays);
}

/** The tokens as pairs of code points of the canonical text; `undefined` where they are those that we would make. */
export function keptTokens(
  tokens: readonly FileToken[],
  raw: string,
  unit: OffsetUnit,
): readonly (readonly [number, number])[] | undefined {
  if (tokens.length === 0) return undefined;
  const passage = new Passage(raw, unit);
  const map = unitMap(passage.text, 'codepoint');
  const ranges = tokens.flatMap(({ start, end }) => {
    const fit = passage.range(start, end);
    return 'value' in fit ? [fit.value] : [];
  });
  const isOurs = JSON.stringify(ranges) === JSON.stringify(tokensOf(passage.text).map(rangeOnly));
  if (ranges.length < tokens.length || isOurs) return undefined;
  return ranges.map(({ start, end }) => [placeIn(map, start), placeIn(map, end)]);
}

/** The tokens that a document was brought with, in UTF-16 units; `undefined` where there are none that fit its text. */
export function broughtTokens(value: JsonValue | undefined, text: string): readonly Range[] | undefined {
  if (value === undefined || !isList(value) || value.length === 0) return undefined;
  const map = unitMap(text, 'codepoint');
  let reached = 0;
  const ranges = value.map((pair) => {
    const [from, to] = (isList(pair) && pair.length === 2 ? pair : []).map((place) =>
      typeof place === 'number' ? map.toOffset(place) : undefined,
    );
    if (from === undefined || to === undefined || from < reached || from >= to) return undefined;
    reached = to;
    return { start: from, end: to };
  });
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

function rangeOnly({ start, end }: Range): Range {
  return { start, end };
}
