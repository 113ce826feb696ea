import type { FileProblem } from '../../core/problem.ts';
import type { SourceFile } from '../format.ts';
import type { JsonObject } from '../reading/json-value.ts';
import { placeOnLine, type Checked, type Place } from '../reading/place.ts';
import { rows } from '../reading/rows.ts';
import { objectInCell } from '../reading/stated-facts.ts';
import { plainCell } from '../writing/cells.ts';

/** A row with its cells by the names of their columns, without empty ones. */
export interface NamedRow {
  readonly cells: ReadonlyMap<string, string>;
  readonly place: Place;
}

/** The rows of a table of ours below its header. */
export async function* namedRows(
  file: SourceFile,
): AsyncGenerator<NamedRow | { readonly problem: FileProblem }> {
  let header: readonly string[] | undefined;
  for await (const row of rows(file, ',')) {
    if ('problem' in row) {
      yield row;
      continue;
    }
    const place = placeOnLine(file.name, row.line);
    const cells = row.cells.map(plainCell);
    if (!header) {
      header = cells;
      continue;
    }
    if (cells.length > header.length) {
      const message = `this row has ${cells.length} cells and the table ${header.length} columns; the last ones were left out.`;
      yield { problem: place.problem('adjusted', message) };
    }
    const named = header.map((name, index) => [name, cells[index] ?? ''] as const);
    yield { cells: new Map(named.filter(([, cell]) => cell !== '')), place };
  }
}

/** The object that a cell holds as JSON, with cells of columns that are not ours. A cell that is no object stays text. */
export function* fieldsIn(
  { cells, place }: NamedRow,
  key: string,
  known: readonly string[],
): Checked<JsonObject> {
  const own = yield* objectInCell(cells.get(key), key, 'this row', place);
  return Object.fromEntries([
    ...Object.entries(own),
    ...[...cells].filter(([name]) => !known.includes(name)),
  ]);
}
