export type Cell = string | number;

/**
 * A table as comma-separated values after RFC 4180: lines end in CRLF, and a cell with a comma, a quotation mark or a
 * line break is quoted. Text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  const text = typeof value === 'number' ? String(value) : disarmed(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Names come out of files that others wrote, and spreadsheets run whatever begins like a formula. */
function disarmed(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
