/** Names of files for documents by their titles: safe on every system, and no two alike whatever the case. */
export class DocumentPaths {
  readonly #extension: string;
  readonly #taken = new Set<string>();
  /** The last number given behind a name. */
  readonly #numbers = new Map<string, number>();

  /** `extension` without the dot. */
  constructor(extension: string) {
    this.#extension = extension;
  }

  next(title: string): string {
    const stem = stemOf(title);
    let path = `${stem}.${this.#extension}`;
    let number = this.#numbers.get(folded(stem)) ?? 1;
    while (this.#taken.has(folded(path))) path = `${stem}_${++number}.${this.#extension}`;
    this.#numbers.set(folded(stem), number);
    this.#taken.add(folded(path));
    return path;
  }
}

const longest = 80;

/** A title that was the name of a text file goes without its extension; what systems forbid in names becomes a low line. */
function stemOf(title: string): string {
  const words = title
    .toWellFormed()
    .normalize('NFC')
    .replace(/\.(txt|md|markdown)$/i, '')
    .replace(/[\p{C}\p{Z}<>:"/\\|?*\uFFFD]+/gu, '_');
  const stem = [...words]
    .slice(0, longest)
    .join('')
    .replace(/^[._]+|[._]+$/g, '');
  return stem === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(stem)
    ? `document_${stem}`.replace(/_$/, '')
    : stem;
}

function folded(path: string): string {
  return path.normalize('NFKC').toLowerCase();
}
