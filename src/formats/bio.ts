import { certainty, type Certainty, type Format, type Opening } from './format.ts';
import { isTag } from './reading/tags.ts';
import {
  documentStart,
  partExtensions,
  readTokenRows,
  shareOfRows,
  type TokenRow,
} from './reading/token-rows.ts';
import { heldInTags } from './writing/tags.ts';
import { writeTokenRows } from './writing/token-rows.ts';

/** A word, a tab and its tag on each line. */
export const bio: Format = {
  name: 'BIO',
  extensions: ['bio', 'iob', 'bioes', 'conll'],
  mediaType: 'text/plain',
  textMode: 'words',
  recognise,
  units: ['utf16'],
  read: (file, context) => readTokenRows(file, context, rowOf),
  choices: ['overlap', 'tagging'],
  write: (documents, options) =>
    writeTokenRows(documents, options, `${documentStart}\tO`, (form, tag) => `${form}\t${tag}`),
  held: heldInTags,
  losses: [
    'White space is not in the file: read back, words have one space between them and lines one line break.',
    'Ids and titles of documents and ids of spans are not in the file.',
  ],
};

/** Two columns, or more of which the last is the tag; without tabs exactly two. */
function rowOf(line: string): TokenRow | undefined {
  const hasTabs = line.includes('\t');
  const columns = hasTabs ? line.replace(/\t+$/, '').split('\t') : line.trim().split(/ +/);
  const [form, tag] = [columns[0]!, columns.at(-1)!.trim()];
  if (columns.length < 2 || form.trim() === '' || (!hasTabs && columns.length > 2)) return undefined;
  return isTag(tag) ? { form, tag, hasMore: columns.length > 2 } : undefined;
}

function recognise({ extension, text }: Opening): Certainty {
  const { rows, others, hasTags } = shareOfRows(text, (line) => (isConll(line) ? undefined : rowOf(line)));
  const isNamed = ['bio', 'iob', 'iob2', 'bioes', 'conll', 'ner', ...partExtensions].includes(extension);
  if (rows === 0 || rows < 4 * others) return certainty.no;
  if (isNamed) return certainty.byShape;
  const canBe = ['txt', 'tsv', 'tab', 'csv', ''].includes(extension);
  return canBe && hasTags && others === 0 && rows > 2 ? certainty.byShape : certainty.no;
}

/** Four columns are those of another format. */
function isConll(line: string): boolean {
  const isMixed = line.includes('\t') && line.includes(' ');
  return !isMixed && line.trim().split(/[ \t]+/).length === 4;
}
