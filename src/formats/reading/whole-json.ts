import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { SourceFile } from '../format.ts';
import { lineFinder, parseJson, type SyntaxFault } from './json-syntax.ts';
import type { JsonValue } from './json-value.ts';
import { placeInTree, type Place } from './place.ts';
import { wholeText } from './source-text.ts';

/** A file that is one JSON value, with its place, or why it could not be read. */
export async function wholeJson(
  file: SourceFile,
): Promise<{ readonly value: JsonValue; readonly place: Place } | { readonly problem: FileProblem }> {
  const whole = await wholeText(file);
  if ('problem' in whole) return whole;
  const parsed = parseJson(whole.text);
  if ('fault' in parsed) return { problem: syntaxProblem(file.name, parsed.fault) };
  return { value: parsed.value, place: placeInTree(file.name, lineFinder(whole.text)) };
}

export function syntaxProblem(
  file: string,
  { line, column, reason }: SyntaxFault,
  what = 'nothing',
): FileProblem {
  const message = `${what} could be read from this file, which is not JSON: at line ${line}, column ${column} ${reason}.`;
  return fileProblem('refused', file, message, line);
}
