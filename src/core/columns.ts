/** What the columns of a table hold, by their number from 0. */
export interface Columns {
  readonly text: number;
  readonly title?: number;
  /** A column of document labels, several of them parted by `;` or `|`. */
  readonly label?: number;
  /** The other columns that are kept as metadata under their names. */
  readonly meta: readonly number[];
  /** Whether the first row names the columns. */
  readonly hasHeader: boolean;
}
