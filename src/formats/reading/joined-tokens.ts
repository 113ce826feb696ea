import type { JsonValue } from './json-value.ts';
import { isList } from './json-value.ts';

/** A text made of tokens, a space between two. */
export interface JoinedTokens {
  readonly text: string;
  /** The range of tokens, both ends included, in UTF-16 units. */
  range(first: number, last: number): { readonly start: number; readonly end: number };
}

export function joinedTokens(tokens: readonly string[]): JoinedTokens {
  const starts: number[] = [];
  let at = 0;
  for (const token of tokens) {
    starts.push(at);
    at += token.length + 1;
  }
  return {
    text: tokens.join(' '),
    range: (first, last) => ({ start: starts[first]!, end: starts[last]! + tokens[last]!.length }),
  };
}

/** Whether a value can be the tokens of a text. */
export function isTokens(value: JsonValue | undefined): value is readonly string[] {
  return isList(value) && value.length > 0 && value.every((token) => typeof token === 'string');
}
