/** The options with one more at the end, without spaces around it; the same ones when there is nothing to add. */
export function withOption(options: readonly string[], typed: string): readonly string[] {
  const option = typed.trim();
  return option === '' ? options : [...options, option];
}

export function withRenamed(options: readonly string[], index: number, typed: string): readonly string[] {
  return options.with(index, typed.trim());
}

/** The options with one moved by so many places, as far as there are places. */
export function withMoved(options: readonly string[], index: number, by: number): readonly string[] {
  const option = options[index];
  if (option === undefined) return options;
  const to = Math.max(0, Math.min(options.length - 1, index + by));
  return options.toSpliced(index, 1).toSpliced(to, 0, option);
}
