import { certainty, type Format, type Opening, type SourceFile } from './format.ts';
import { json } from './json.ts';
import { jsonLines } from './json-lines.ts';
import { plainText } from './plain-text.ts';
import { opening } from './reading/source-text.ts';

/** All formats, the default export first. Where several are as sure of a file, the earlier one reads it. */
export const formats: readonly Format[] = [jsonLines, json, plainText];

/** The format that is surest of a file. Plain text says clearly what it cannot read, so what nobody knows goes there. */
export async function formatFor(file: SourceFile): Promise<Format> {
  return formatOf(await opening(file));
}

export function formatOf(start: Opening): Format {
  const sure = formats.map((format) => [format, format.recognise?.(start) ?? certainty.no] as const);
  const [format, most] = sure.reduce((best, next) => (next[1] > best[1] ? next : best));
  return most === certainty.no ? plainText : format;
}

/** Those whose files are taken as they are: they bring nothing that would have to be decided. */
export const ownFormats: readonly Format[] = [jsonLines, json, plainText];
