/** What spreadsheets take for the beginning of a formula, or drop before one. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
const escaped = /^'('*[=+\-@\t\r\n＝＋－＠])/;

/**
 * A row of comma-separated values after RFC 4180. With `isSafe` an apostrophe stands before a cell that a spreadsheet would
 * run; a cell that has one there by itself gets another one in any case, so that `plainCell` gives every cell back.
 */
export function csvRow(cells: readonly (string | number)[], isSafe: boolean): string {
  return `${cells.map((cell) => quoted(typeof cell === 'number' ? String(cell) : guarded(cell, isSafe))).join(',')}\r\n`;
}

/** A cell as it was before it was written. */
export function plainCell(cell: string): string {
  return cell.replace(escaped, '$1');
}

/** Whether a cell is written with an apostrophe before it. */
export function isGuarded(cell: string, isSafe: boolean): boolean {
  return formula.test(cell) && (isSafe || cell.startsWith("'"));
}

function guarded(cell: string, isSafe: boolean): string {
  return isGuarded(cell, isSafe) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
