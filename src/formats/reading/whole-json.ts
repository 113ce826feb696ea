import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { SourceFile } from '../format.ts';
import { lineFinder, lineOfDepth, parseJson, type SyntaxFault } from './json-syntax.ts';
import { deepestFile, isDeeperThan, type JsonValue } from './json-value.ts';
import { placeInTree, type Place } from './place.ts';
import { wholeText } from './source-text.ts';

type Whole = { readonly value: JsonValue; readonly place: Place } | { readonly problem: FileProblem };

/** A file that is one JSON value, with its place, or why it could not be read. */
export function wholeJson(file: SourceFile): Promise<Whole> {
  return wholeJsonWithin(deepestFile, file);
}

/** The same where the parts of the value are looked at one by one, so that one that is nested too deep costs itself only. */
export function wholeJsonOfAnyDepth(file: SourceFile): Promise<Whole> {
  return wholeJsonWithin(undefined, file);
}

async function wholeJsonWithin(levels: number | undefined, file: SourceFile): Promise<Whole> {
  const whole = await wholeText(file);
  if ('problem' in whole) return whole;
  const parsed = parseJson(whole.text);
  if ('fault' in parsed) return { problem: syntaxProblem(file.name, parsed.fault) };
  if (levels !== undefined && isDeeperThan(levels, parsed.value))
    return { problem: depthProblem(file.name, whole.text) };
  return { value: parsed.value, place: placeInTree(file.name, lineFinder(whole.text)) };
}

export function depthProblem(file: string, text: string): FileProblem {
  const message = `nothing could be read from this file: it is nested more than ${deepestFile} levels deep.`;
  return fileProblem('refused', file, message, lineOfDepth(deepestFile, text));
}

export function syntaxProblem(
  file: string,
  { line, column, reason }: SyntaxFault,
  what = 'nothing',
): FileProblem {
  const message = `${what} could be read from this file, which is not JSON: at line ${line}, column ${column} ${reason}.`;
  return fileProblem('refused', file, message, line);
}
