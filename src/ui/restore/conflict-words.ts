import type { Conflict } from '../../core/backup/conflict.ts';

const nouns: Readonly<Record<Conflict['about'], string>> = {
  span: 'A span',
  relation: 'A relation',
  document: 'The document',
  project: 'The project',
  change: 'A change in the history',
  text: 'Another text under the same id',
  layer: 'What a file brought',
  setting: 'A setting',
};

/** What a conflict is about: "A span on “Report a”: label". */
export function aboutWords(
  { about, documentId, fact }: Conflict,
  titleOf: (documentId: string | undefined) => string | undefined,
): string {
  const title = titleOf(documentId);
  const place = title === undefined ? '' : about === 'document' ? ` “${title}”` : ` on “${title}”`;
  const isSaid = about === 'text' || about === 'change' || about === 'layer';
  return `${nouns[about]}${place}${isSaid ? '' : `: ${fact}`}`;
}

/** More of a value is not needed to tell it from another. */
const longest = 200;

/** What one side says, in words. */
export function valueWords(
  { about, fact }: Conflict,
  value: unknown,
  labelName: (id: string) => string,
): string {
  if (fact === 'removed') return value === true ? 'removed' : 'worked on';
  if (about === 'text') return value === '' ? 'kept as it is' : `kept beside it, as “${String(value)}”`;
  if (about === 'span' && fact === 'label') return labelName(String(value));
  if (fact === 'range' && Array.isArray(value)) return `“${cut(String(value[2]))}”`;
  if (value === undefined || value === null) return 'nothing';
  return cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

function cut(words: string): string {
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}
