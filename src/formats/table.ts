import type { Reading } from '../core/transfer.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type ReadContext,
  type SourceFile,
} from './format.ts';
import type { Columns } from '../core/columns.ts';
import { withFields, type JsonValue } from './reading/json-value.ts';
import { outsideDocument } from './reading/outside-document.ts';
import { placeOnLine } from './reading/place.ts';
import { rows, type Row } from './reading/rows.ts';
import { opening } from './reading/source-text.ts';
import { isUtf8, textOrQuestion } from './reading/text-or-question.ts';
import { guessColumns, guessDelimiter } from './table/guess.ts';

const shownRows = 6;
const guessedRows = 50;

/** Any table with a text in each row. What its columns hold is asked, with a guess. */
export const table: Format = {
  name: 'Table',
  extensions: ['csv', 'tsv', 'tab'],
  mediaType: 'text/csv',
  recognise: ({ extension }: Opening): Certainty =>
    ['csv', 'tsv', 'tab'].includes(extension) ? certainty.byExtension : certainty.no,
  read,
  losses: [],
};

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const { encoding } = context.options;
  if (encoding === undefined && !(await isUtf8(file))) {
    const asked = await textOrQuestion(file, context);
    // Text in UTF-16 says by its mark what it is.
    if ('reading' in asked) return yield withStrictUtf8(asked.reading);
  }
  const { text, extension } = await opening(file);
  const source = rows(file, await guessDelimiter(text, extension), encoding)[Symbol.asyncIterator]();
  const head: Row[] = [];
  for (let step = await source.next(); !step.done; step = await source.next()) {
    head.push(step.value);
    if (head.length >= guessedRows) break;
  }
  const cells = head.flatMap((row) => ('cells' in row ? [row.cells] : []));
  // Also when it was answered: in another encoding the rows are others.
  if (cells.length > 0)
    yield {
      kind: 'question',
      question: {
        about: 'columns',
        words: 'Which column has the texts, and what do the others hold?',
        rows: cells.slice(0, shownRows),
        presumed: guessColumns(cells),
      },
    };
  yield* documentsIn(all(head, source), context.options.columns ?? guessColumns(cells), file.name, context);
}

/** One line may be broken in a file that is UTF-8 otherwise. */
function withStrictUtf8(reading: Reading): Reading {
  if (reading.kind !== 'question' || reading.question.about === 'columns') return reading;
  const strict = { value: 'utf-8', name: 'UTF-8, without the lines that are not', examples: [] };
  return {
    ...reading,
    question: { ...reading.question, choices: [...reading.question.choices, strict] },
  };
}

/** The rows that were looked at, then the others. */
async function* all(head: Row[], source: AsyncIterator<Row>): AsyncGenerator<Row> {
  yield* head.splice(0);
  for (let step = await source.next(); !step.done; step = await source.next()) yield step.value;
}

async function* documentsIn(
  source: AsyncIterable<Row>,
  columns: Columns,
  file: string,
  context: ReadContext,
): AsyncGenerator<Reading> {
  let header: readonly string[] | undefined;
  for await (const row of source) {
    if ('problem' in row) yield { kind: 'problem', problem: row.problem };
    else {
      const isFirst = header === undefined;
      // Without names the first row still says how many columns there are.
      header ??= columns.hasHeader ? row.cells : row.cells.map(() => '');
      if (!isFirst || !columns.hasHeader) yield* readRow(row, columns, header, file, context);
    }
  }
}

function* readRow(
  { cells, line }: Extract<Row, { readonly line: number }>,
  columns: Columns,
  header: readonly string[],
  file: string,
  context: ReadContext,
): Generator<Reading> {
  const place = placeOnLine(file, line);
  const text = cells[columns.text] ?? '';
  if (text.trim() === '') {
    const message = `this row was left out: there is no text in column ${columns.text + 1}.`;
    return yield { kind: 'problem', problem: place.problem('refused', message) };
  }
  const title = columns.title === undefined ? undefined : cells[columns.title]?.replace(/\s+/gu, ' ').trim();
  const labels = columns.label === undefined ? [] : labelsIn(cells[columns.label] ?? '');
  const meta = withFields({}, metaOf(cells, columns, header));
  yield* outsideDocument({ text, title, labels, meta }, place, context, 'codepoint');
}

function labelsIn(cell: string): string[] {
  return cell
    .split(/[;|]/)
    .map((label) => label.trim())
    .filter((label) => label !== '');
}

/** The cells that are metadata under the names of their columns, and those behind the last column that has a name. */
function metaOf(
  cells: readonly string[],
  columns: Columns,
  header: readonly string[],
): [string, JsonValue][] {
  const used = [columns.text, columns.title, columns.label, ...columns.meta];
  const beyond = [...cells.keys()].filter((index) => index >= header.length && !used.includes(index));
  return [...columns.meta, ...beyond].flatMap((index) => {
    const cell = cells[index] ?? '';
    return cell === '' ? [] : [[header[index]?.trim() || `column_${index + 1}`, cell] as [string, JsonValue]];
  });
}
