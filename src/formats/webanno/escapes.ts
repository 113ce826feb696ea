const marks: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const meant: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

/** A value as a cell holds it: what has a meaning in cells is escaped. */
export function escapedValue(value: string): string {
  return value.replace(/->|[\\[\]|_;*\t\n\r]/g, (sign) => marks[sign] ?? `\\${sign}`);
}

/** Words of the text as a line holds them. */
export function escapedText(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (sign) => marks[sign] ?? `\\${sign}`);
}

export function unescaped(words: string): string {
  return words.replace(/\\(->|.)/gsu, (_, sign: string) => meant[sign] ?? sign);
}

/** The parts between those of a sign that are not escaped; they stay escaped. */
export function partsBetween(words: string, sign: string): string[] {
  const parts = [''];
  for (const piece of words.match(/\\.|[^\\]/gsu) ?? []) {
    if (piece === sign) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** A part of a cell: the value, `undefined` for none, and the number that tells it from others, 0 if it has none. */
export function valueIn(part: string): { readonly value: string | undefined; readonly number: number } {
  // A bracket of the value's own is escaped.
  const parts = /^((?:\\.|[^\\[])*)(?:\[(\d+)\])?$/su.exec(part) ?? [part, part];
  const value = parts[1] === '*' || parts[1] === '' ? undefined : unescaped(parts[1]!);
  return { value, number: Number(parts[2] ?? 0) };
}
