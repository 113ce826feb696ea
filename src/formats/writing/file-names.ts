const longest = 80;

/** Names for files after titles, so that every system can hold them beside one another. */
export class FileNames {
  readonly #taken = new Set<string>();
  /** The last number given behind a name. */
  readonly #numbers = new Map<string, number>();

  /** A name without its ending: no two are the same, in capitals or not. */
  take(title: string): string {
    const wanted = safeName(title);
    let name = wanted;
    let number = this.#numbers.get(keyOf(wanted)) ?? 1;
    while (this.#taken.has(keyOf(name))) name = `${wanted} (${++number})`;
    this.#numbers.set(keyOf(wanted), number);
    this.#taken.add(keyOf(name));
    return name;
  }
}

/** The title without a text file's ending, folders, and signs that file names cannot have. */
export function safeName(title: string): string {
  const name = [
    ...title
      .toWellFormed()
      .normalize('NFC')
      .replace(/\.(txt|md|markdown)$/i, ''),
  ]
    .slice(0, longest)
    .join('')
    .replace(/[\\/:*?"<>|\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu, '_')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  if (name === '') return 'untitled';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? `_${name}` : name;
}

function keyOf(name: string): string {
  return name.toLowerCase();
}
