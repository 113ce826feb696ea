import type Papa from 'papaparse';
import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { SourceFile } from '../format.ts';
import { lines, withoutByteOrderMark } from './source-text.ts';

/** A row of a table with the line that it begins on, or what is wrong in its place. */
export type Row =
  { readonly line: number; readonly cells: readonly string[] } | { readonly problem: FileProblem };

/** The text of a row as it stands in the file: of several lines where a quoted cell has some. */
type Record = { readonly line: number; readonly text: string } | { readonly problem: FileProblem };

/** The rows of a table as they arrive, blank lines passed over; memory holds a row and a piece of the file. */
export async function* rows(file: SourceFile, delimiter: string, encoding?: string): AsyncGenerator<Row> {
  const { default: parser } = await import('papaparse');
  for await (const record of records(file, delimiter, encoding)) {
    if ('problem' in record) yield record;
    else if (record.text.trim() !== '') {
      const cells = cellsOf(parser, record.text, delimiter);
      yield cells ? { line: record.line, cells } : { problem: unparted(file.name, record.line) };
    }
  }
}

/**
 * The rows of a table by their first and last lines, blank ones too. Quotation marks and delimiters are the same bytes in
 * all encodings that a table without a mark can be in, so that the file's own need not be known.
 */
export async function* rowExtents(
  file: SourceFile,
  delimiter: string,
): AsyncGenerator<{ readonly first: number; readonly last: number }> {
  for await (const record of records(file, delimiter, 'windows-1252'))
    if ('text' in record)
      yield { first: record.line, last: record.line + record.text.split('\n').length - 1 };
}

/** `undefined` when its quotation marks do not fit, and nobody can say where its cells end. */
function cellsOf(parser: typeof Papa, text: string, delimiter: string): readonly string[] | undefined {
  const options = { delimiter, newline: '\n', quoteChar: '"' } as const;
  const { data, errors } = parser.parse<string[]>(text, options);
  return errors.some(({ code }) => code === 'InvalidQuotes') ? undefined : (data[0] ?? []);
}

function unparted(file: string, line: number): FileProblem {
  const message =
    'this row was left out: a quotation mark closes before its cell ends, so its cells cannot be told apart. Write it twice inside of a cell.';
  return fileProblem('refused', file, message, line);
}

/** Lines put together where a quoted cell goes on in the next one. */
async function* records(
  file: SourceFile,
  delimiter: string,
  encoding: string | undefined,
): AsyncGenerator<Record> {
  let open: { line: number; parts: string[] } | undefined;
  for await (const line of lines(file, encoding)) {
    if ('problem' in line) {
      yield line;
      continue;
    }
    const text = line.number === 1 ? withoutByteOrderMark(line.text) : line.text;
    const isOpen = goesOn(text, delimiter, open !== undefined);
    open ??= { line: line.number, parts: [] };
    // A carriage return before the line feed is the row's end; inside a quoted cell it is part of the cell.
    open.parts.push(isOpen ? text : text.replace(/\r$/, ''));
    if (isOpen) continue;
    yield { line: open.line, text: open.parts.join('\n') };
    open = undefined;
  }
  if (!open) return;
  const message =
    'a cell that begins with a quotation mark is closed nowhere, so all lines from here to the end of the file became part of it.';
  yield { problem: fileProblem('adjusted', file.name, message, open.line) };
  yield { line: open.line, text: open.parts.join('\n') };
}

/** Whether a quoted cell is still open at a line's end. A quotation mark counts at the beginning of a cell only. */
function goesOn(line: string, delimiter: string, isInside: boolean): boolean {
  let at = 0;
  for (let inside = isInside; ; inside = false) {
    if (inside || line[at] === '"') {
      at = closing(line, inside ? at : at + 1);
      if (at < 0) return true;
    }
    at = line.indexOf(delimiter, at);
    if (at < 0) return false;
    at++;
  }
}

/** The place behind the quotation mark that closes a cell; -1 when there is none. Two in a row stand for one. */
function closing(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 2))
    if (line[at + 1] !== '"') return at + 1;
  return -1;
}
