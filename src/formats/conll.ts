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

/** The shared task of 2003: a word, its part of speech, its chunk and its tag on each line. */
export const conll: Format = {
  name: 'CoNLL 2003',
  extensions: ['conll', 'conll2003'],
  mediaType: 'text/plain',
  textMode: 'words',
  recognise,
  units: ['utf16'],
  read: (file, context) => readTokenRows(file, context, rowOf),
  choices: ['overlap', 'tagging'],
  write: (documents, options) =>
    writeTokenRows(documents, options, `${documentStart} -X- O O`, (form, tag) => `${form} -X- O ${tag}`),
  held: heldInTags,
  losses: [
    'White space is not in the file: read back, words have one space between them and lines one line break.',
    'Ids and titles of documents and ids of spans are not in the file.',
    'Parts of speech and chunks are not known, and stand as -X- and O.',
  ],
};

function rowOf(line: string): TokenRow | undefined {
  const columns = line.trim().split(/[ \t]+/);
  const [form, part, chunk, tag] = columns;
  if (columns.length !== 4 || !isTag(tag!)) return undefined;
  return { form: form!, tag: tag!, hasMore: !isEmpty(part!) || !isEmpty(chunk!) };
}

function isEmpty(column: string): boolean {
  return ['_', '-X-', 'O'].includes(column);
}

function recognise({ extension, text }: Opening): Certainty {
  const { rows, others, hasTags } = shareOfRows(text, rowOf);
  const isNamed = ['conll', 'conll2003', 'conll03', ...partExtensions].includes(extension);
  if (rows === 0 || rows < 4 * others) return certainty.no;
  if (isNamed) return certainty.byShape;
  return hasTags && others === 0 ? certainty.byShape : certainty.no;
}
