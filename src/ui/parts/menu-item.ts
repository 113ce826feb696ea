/** A line of a menu. */
export interface MenuItem {
  /** Also what tells it from the others, so each name stands once in a menu. */
  readonly name: string;
  /** Runs when the menu has closed and the focus is back. */
  readonly run: () => void;
  /** Its keys as they are shown, at the end of the line. */
  readonly keys?: string;
  readonly disabled?: boolean;
  /** For what is on or off, or chosen among others. */
  readonly checked?: boolean;
  /** Whether a hairline sets it apart from those before. */
  readonly apart?: boolean;
}
