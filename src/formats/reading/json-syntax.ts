import {
  createScanner,
  findNodeAtLocation,
  parseTree,
  printParseErrorCode,
  visit,
  type Node,
} from 'jsonc-parser';
import { deepest, isDeeperThan, type JsonValue } from './json-value.ts';
import { withoutByteOrderMark } from './source-text.ts';

/** The way to a value inside a JSON text: keys and indices from the outside in. */
export type Path = readonly (string | number)[];

/** Where JSON breaks off, counting from 1, and why. */
export interface SyntaxFault {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

export type Parsed = { readonly value: JsonValue } | { readonly fault: SyntaxFault };

const strictly = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** Of the kinds of the scanner, whose names are gone when it runs: braces, brackets and the end. */
const [opens, closes, endOfFile]: readonly [readonly number[], readonly number[], number] = [
  [1, 3],
  [2, 4],
  17,
];

const reasons = new Map([
  ['InvalidSymbol', 'this word is not known in JSON'],
  ['InvalidNumberFormat', 'this is not a number'],
  ['PropertyNameExpected', 'a name in double quotes should stand here'],
  ['ValueExpected', 'a value should stand here'],
  ['ColonExpected', 'a colon should stand here'],
  ['CommaExpected', 'a comma should stand here'],
  ['CloseBraceExpected', 'a closing brace } is missing'],
  ['CloseBracketExpected', 'a closing bracket ] is missing'],
  ['EndOfFileExpected', 'nothing more should stand here'],
  ['InvalidCommentToken', 'comments are not allowed'],
  ['UnexpectedEndOfComment', 'comments are not allowed'],
  ['UnexpectedEndOfString', 'a string is not closed'],
  ['UnexpectedEndOfNumber', 'this is not a number'],
  ['InvalidUnicode', 'this is not a \\u escape'],
  ['InvalidEscapeCharacter', 'this is not an escape'],
  ['InvalidCharacter', 'a control character in a string must be escaped'],
]);

/** Reads JSON as its standard has it: no comments, no trailing commas. A byte order mark before it is passed over. */
export function parseJson(text: string): Parsed {
  const json = withoutByteOrderMark(text);
  try {
    return { value: JSON.parse(json) as JsonValue };
  } catch {
    return { fault: faultOf(json) };
  }
}

/** The value of JSON that stands inside of something else; `undefined` for what is none, or is nested too deep. */
export function parseInside(text: string): JsonValue | undefined {
  const parsed = parseJson(text);
  return 'value' in parsed && !isDeeperThan(deepest, parsed.value) ? parsed.value : undefined;
}

/** The line on which JSON opens more lists and objects in one another than so many. */
export function lineOfDepth(levels: number, text: string): number | undefined {
  const scanner = createScanner(withoutByteOrderMark(text), true);
  let depth = 0;
  for (let kind = scanner.scan(); kind !== endOfFile; kind = scanner.scan()) {
    if (opens.includes(kind) && ++depth > levels) return scanner.getTokenStartLine() + 1;
    if (closes.includes(kind)) depth--;
  }
  return undefined;
}

/**
 * Finds the line of a value by its path, or of the innermost thing around it that is there. The text is parsed again for
 * this, at the first question.
 */
export function lineFinder(text: string): (path: Path) => number | undefined {
  let found: { readonly tree: Node | undefined; readonly lineOf: (offset: number) => number } | undefined;
  return (path) => {
    found ??= { tree: treeOf(withoutByteOrderMark(text)), lineOf: lineCounter(withoutByteOrderMark(text)) };
    if (!found.tree) return undefined;
    return found.lineOf(innermost(found.tree, path).offset);
  };
}

function innermost(tree: Node, path: Path): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node;
  }
  return tree;
}

function faultOf(json: string): SyntaxFault {
  const { offset, code } = firstError(json);
  const before = json.slice(0, offset).split(/\r\n|\r|\n/);
  return {
    line: before.length,
    column: [...before.at(-1)!].length + 1,
    reason: reasons.get(code) ?? 'this is not JSON',
  };
}

function firstError(json: string): { offset: number; code: string } {
  let first: { offset: number; code: string } | undefined;
  const onError = (code: Parameters<typeof printParseErrorCode>[0], offset: number) => {
    first ??= { offset, code: printParseErrorCode(code) };
  };
  withinStack(() => visit(json, { onError }, strictly));
  return first ?? { offset: 0, code: '' };
}

function treeOf(json: string): Node | undefined {
  return withinStack(() => parseTree(json, [], strictly));
}

/** Parses by functions that call themselves for every level; `undefined` for what is nested deeper than the stack. */
export function withinStack<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (reason) {
    if (reason instanceof RangeError) return undefined;
    throw reason;
  }
}

/** The number of the line an offset is on, as editors count lines. */
function lineCounter(text: string): (offset: number) => number {
  const starts = Array.from(text.matchAll(/\r\n|\r|\n/g), (mark) => mark.index + mark[0].length);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
