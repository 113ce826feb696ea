import { living, livingLabels, type Scheme } from '../../core/scheme.ts';
import type { DatasetFacts } from '../format.ts';
import { cardHeader } from './card-header.ts';
import { countTable, definitions, partsTable } from './card-tables.ts';
import type { DataFile } from './data-file.ts';
import { licenceOf } from './licence.ts';
import { code, plain, table } from './markdown.ts';

/** The data set card, `README.md`: what is in the folder, how to read it, and what to mind. */
export function card(files: readonly DataFile[], dataset: DatasetFacts, scheme: Scheme): string {
  const description = dataset.description?.trim() || 'Texts in which spans were marked by hand.';
  const sections = [
    `# ${plain(dataset.name)}`,
    description,
    dataset.language === undefined ? '' : `Language of the texts: ${plain(dataset.language)}.`,
    section('Parts', partsTable(files, dataset)),
    section('Labels', definitions(livingLabels(scheme))),
    section('Document labels', definitions(living(scheme.documentLabels))),
    section(
      'Spans of each label',
      countTable(files, ({ labels }) => labels),
    ),
    section(
      'Relations of each type',
      countTable(files, ({ relationTypes }) => relationTypes),
    ),
    section(
      'Documents of each label',
      countTable(files, ({ documentLabels }) => documentLabels),
    ),
    section('How to read it', reading),
    section('How it was annotated', annotation(files, dataset)),
    section('Known limits', limits(files)),
    section('Licence and sources', rights(dataset)),
    section('SHA-256 of the data', hashes(files)),
  ];
  return `${cardHeader(files, dataset)}\n${sections.filter((part) => part !== '').join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n\n${body}`;
}

const reading = `Each line of the files in \`data/\` is a document in JSON:

- \`id\`, \`title\`, \`text\`, \`text_sha256\` (of the text in UTF-8), \`status\`, \`meta\`, \`labels\` and \`note\` where it has them
- \`spans\`: \`id\`, \`start\`, \`end\`, \`text\`, \`label\`, \`annotator\`, \`attributes\`, \`note\` where there is one
- \`relations\`: \`id\`, \`head\` and \`child\` (ids of spans), \`label\`, \`annotator\`, \`attributes\` where it has them

**Offsets count Unicode code points**, from 0, the end not included: in Python \`text[start:end] == span["text"]\`. JavaScript, Java
and C# count UTF-16 units, and are off by one behind every emoji. \`schema.json\` has the labels, attributes and relation types;
Locution reads it.

\`python3 verify_export.py\` checks every offset, hash and reference with nothing but Python. \`python3 to_docbin.py\` makes
spaCy's \`.spacy\` files. \`datasets.load_dataset("json", …)\` reads the data as long as attributes of one name are of one type.`;

function annotation(files: readonly DataFile[], { version, date }: DatasetFacts): string {
  const names = new Set(files.flatMap(({ figures }) => Object.keys(figures.annotators)));
  return [
    `By hand in Locution ${plain(version)}, exported on ${plain(date)}.`,
    `The spans carry ${names.size === 1 ? 'one name' : `${names.size} names`} of annotators.`,
    'Who they are, and how differences between them were settled, is for the publisher to say.',
  ].join(' ');
}

function limits(files: readonly DataFile[]): string {
  const pairs = files.flatMap(({ figures }) => figures.overlaps).reduce((sum, one) => sum + one.pairs, 0);
  const long = files.some(({ figures }) =>
    figures.words.bins.some(({ key, count }) => key.least > 12 && count > 0),
  );
  const all = [
    'Spans may overlap, nest and coincide; formats with one tag a word cannot hold such spans.' +
      ` Pairs of spans by one annotator that overlap: ${pairs}.`,
    ...(long
      ? [
          'Some spans have more than 12 words, which some span models leave out unless their widest span is set.',
        ]
      : []),
    'Ends of spans need not be ends of tokens.',
    'Documents whose `status` is not `done` may lack spans.',
    'The names of annotators are in the data.',
  ];
  return all.map((line) => `- ${line}`).join('\n');
}

function rights({ licence, url, creators = [] }: DatasetFacts): string {
  const lines = [
    `Licence: ${plain(licenceOf(licence).words)}.`,
    ...(creators.length > 0 ? [`Made by ${creators.map(plain).join(', ')}.`] : []),
    ...(url === undefined ? [] : [`Address: ${plain(url)}`]),
    'The rights of the texts are their sources’; the licence can only be that of what was added.',
  ];
  return lines.join('\n\n');
}

function hashes(files: readonly DataFile[]): string {
  if (files.length === 0) return '';
  return table(
    ['file', 'SHA-256'],
    files.map(({ path, sha256 }) => [code(path), code(sha256)]),
    true,
  );
}
