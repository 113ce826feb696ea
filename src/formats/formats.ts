import type { Format, SourceFile } from './format.ts';
import { json } from './json.ts';
import { jsonLines } from './json-lines.ts';
import { parseJson } from './json-syntax.ts';
import { isObject } from './json-value.ts';
import { plainText } from './plain-text.ts';
import { beginning, withoutByteOrderMark } from './source-text.ts';

/** All formats, the default export first. */
export const formats: readonly Format[] = [jsonLines, json, plainText];

/**
 * The format to read a file with: by its extension, or else by how it begins. Whatever is neither is read as plain text,
 * which says clearly what it cannot read.
 */
export async function formatFor(file: SourceFile): Promise<Format> {
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase();
  const named = formats.find(({ extensions }) => extension !== undefined && extensions.includes(extension));
  return named ?? formatOf(await beginning(file));
}

function formatOf(start: string): Format {
  const text = withoutByteOrderMark(start).trimStart();
  if (!/^(\{\s*"|\[\s*\{)/.test(text)) return plainText;
  const first = parseJson(text.split('\n', 1)[0]!);
  return 'value' in first && isObject(first.value) && Object.hasOwn(first.value, 'text') ? jsonLines : json;
}
