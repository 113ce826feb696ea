import type { Columns } from '../../core/columns.ts';

const delimiters = [',', '\t', ';', '|'];
const titleNames = /^(title|headline|heading|name|titre|titel|file|filename|file_name)$/i;
const labelNames = /^(labels?|category|categories|class|topics?|tags?|genre)$/i;
const textNames = /^(text|body|content|article|document|sentence|passage)$/i;

/** What parts most of the first rows into as many cells as the first one. */
export async function guessDelimiter(head: string, extension: string): Promise<string> {
  if (extension === 'tsv' || extension === 'tab') return '\t';
  const { default: parser } = await import('papaparse');
  const fits = delimiters.map((delimiter) => {
    const { data } = parser.parse<string[]>(head, { delimiter, preview: 20 });
    const width = data[0]?.length ?? 0;
    return width > 1 ? data.filter((row) => row.length === width).length : 0;
  });
  const best = Math.max(...fits);
  return best === 0 ? ',' : delimiters[fits.indexOf(best)]!;
}

/**
 * What the columns of a table seem to hold by its first rows: the text is in the column with the longest cells, titles and labels
 * where the header says so, and everything else is metadata.
 */
export function guessColumns(rows: readonly (readonly string[])[]): Columns {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 1);
  const hasHeader = isHeader(rows);
  const body = hasHeader ? rows.slice(1) : rows;
  const columns = [...Array(width).keys()];
  const length = (column: number) => body.reduce((sum, row) => sum + (row[column]?.length ?? 0), 0);
  const text = columns.reduce((best, column) => (length(column) > length(best) ? column : best), 0);
  const named = (names: RegExp) =>
    hasHeader
      ? columns.find((column) => column !== text && names.test(rows[0]?.[column]?.trim() ?? ''))
      : undefined;
  const [title, label] = [named(titleNames), named(labelNames)];
  const meta = columns.filter((column) => ![text, title, label].includes(column));
  return {
    text,
    ...(title !== undefined && { title }),
    ...(label !== undefined && { label }),
    meta,
    hasHeader,
  };
}

/** Whether the first row names columns: short words, no two alike, no numbers, and shorter than what stands below. */
function isHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = rows;
  const cells = first.map((cell) => cell.trim());
  const isNaming = cells.every((cell) => cell.length > 0 && cell.length <= 60 && !/^[\d.,:/-]+$/.test(cell));
  if (!isNaming || new Set(cells).size !== cells.length) return false;
  if (
    cells.some((cell) =>
      [titleNames, labelNames, textNames, /^(id|date|source|url|author)$/i].some((names) => names.test(cell)),
    )
  )
    return true;
  const longest = (row: readonly string[]) => row.reduce((most, cell) => Math.max(most, cell.length), 0);
  const below = others.map(longest).sort((a, b) => a - b);
  return below.length > 0 && below[below.length >> 1]! > 3 * longest(cells);
}
