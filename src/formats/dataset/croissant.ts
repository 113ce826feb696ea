import { hashText } from '../../core/text.ts';
import type { DatasetFacts } from '../format.ts';
import type { JsonObject, JsonValue } from '../reading/json-value.ts';
import { croissantContext } from './croissant-context.ts';
import type { DataFile } from './data-file.ts';
import { inLanguage } from './language.ts';
import { licenceOf } from './licence.ts';

/** The data set for machines that look for data: Croissant 1.1, a record set for each file. */
export function croissant(files: readonly DataFile[], dataset: DatasetFacts): string {
  const { words, url } = licenceOf(dataset.licence);
  const description = {
    '@context': croissantContext,
    '@type': 'sc:Dataset',
    conformsTo: ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'],
    name: dataset.name,
    description: dataset.description ?? `Texts with spans marked by hand: ${dataset.name}.`,
    license: url ?? { '@type': 'CreativeWork', name: words },
    url: dataset.url ?? nameOf(files),
    creator: creatorsOf(dataset),
    datePublished: dataset.date,
    ...inLanguage(dataset.language),
    'rai:dataAnnotationProtocol': 'Spans of text were marked by hand after the rules in guidelines.md.',
    'rai:dataAnnotationPlatform': `Locution ${dataset.version}`,
    distribution: files.map(({ path, bytes, sha256, part }) => ({
      '@type': 'cr:FileObject',
      '@id': path,
      name: `${part}.jsonl`,
      contentUrl: path,
      contentSize: `${bytes} B`,
      encodingFormat: 'application/jsonlines',
      sha256,
    })),
    recordSet: files.length === 0 ? [] : [splits(files), ...files.map(recordSet)],
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}

/** A name for data that have no address: the same data have the same. */
function nameOf(files: readonly DataFile[]): string {
  const hashes = files.map(({ part, sha256 }) => `${part} ${sha256}\n`).join('');
  return `urn:sha256:${hashText(hashes)}`;
}

function creatorsOf({ creators = [] }: DatasetFacts): JsonValue {
  if (creators.length === 0) return { '@type': 'Organization', name: 'not stated' };
  return creators.map((name) => ({ '@type': 'Person', name }));
}

const splitMeanings = {
  train: 'cr:TrainingSplit',
  validation: 'cr:ValidationSplit',
  test: 'cr:TestSplit',
} as const;

function splits(files: readonly DataFile[]): JsonObject {
  const field = (name: string, dataType: JsonValue) => ({
    '@type': 'cr:Field',
    '@id': `splits/${name}`,
    dataType,
  });
  return {
    '@type': 'cr:RecordSet',
    '@id': 'splits',
    name: 'splits',
    dataType: 'cr:Split',
    key: { '@id': 'splits/name' },
    field: [field('name', 'sc:Text'), field('url', 'cr:Split')],
    data: files.map(({ part }) => ({
      'splits/name': part,
      'splits/url': splitMeanings[part],
    })),
  };
}

function recordSet({ part, path }: DataFile): JsonObject {
  const source = (extract: JsonObject, transform?: JsonObject) => ({
    fileObject: { '@id': path },
    extract,
    ...(transform && { transform }),
  });
  const field = (name: string, dataType: JsonValue, description: string, more: JsonObject): JsonObject => ({
    '@type': 'cr:Field',
    '@id': `${part}/${name}`,
    name,
    description,
    dataType,
    ...more,
  });
  const column = (name: string, description: string) =>
    field(name, 'sc:Text', description, { source: source({ column: name }) });
  const list = (name: string, description: string, inner: readonly InnerField[]) => ({
    '@type': 'cr:Field',
    '@id': `${part}/${name}`,
    name,
    description,
    isArray: true,
    arrayShape: '-1',
    subField: inner.map(([key, dataType, words]) =>
      field(`${name}/${key}`, dataType, words, {
        source: source({ column: name }, { jsonPath: `$[*].${key}` }),
        isArray: true,
        arrayShape: '-1',
      }),
    ),
  });
  return {
    '@type': 'cr:RecordSet',
    '@id': part,
    name: part,
    description: `The documents of ${path}, one a record.`,
    key: { '@id': `${part}/id` },
    field: [
      field('split', ['sc:Text', 'cr:Split'], 'The part that the document belongs to.', {
        source: source({ fileProperty: 'filename' }, { regex: '^(train|validation|test)\\.jsonl$' }),
        references: { field: { '@id': 'splits/name' } },
      }),
      column('id', 'The id of the document.'),
      column('title', 'The title of the document.'),
      column('text', 'The text, which offsets count in Unicode code points.'),
      column('text_sha256', 'SHA-256 of the text in UTF-8.'),
      column('status', 'How far the marking of the document has come.'),
      list('spans', 'The marked spans, by start, then longest first.', spanFields),
      list('relations', 'Relations between spans of the document.', relationFields),
    ],
  };
}

type InnerField = readonly [key: string, dataType: string, description: string];

const spanFields: readonly InnerField[] = [
  ['id', 'sc:Text', 'The id of the span.'],
  ['start', 'sc:Integer', 'The code point that it begins with, counted from 0.'],
  ['end', 'sc:Integer', 'The code point behind its last one.'],
  ['text', 'sc:Text', 'The words that it covers.'],
  ['label', 'sc:Text', 'The machine name of its label, as in schema.json.'],
  ['annotator', 'sc:Text', 'Who marked it.'],
];

const relationFields: readonly InnerField[] = [
  ['id', 'sc:Text', 'The id of the relation.'],
  ['head', 'sc:Text', 'The id of the span that it leads from.'],
  ['child', 'sc:Text', 'The id of the span that it leads to.'],
  ['label', 'sc:Text', 'The machine name of its type, as in schema.json.'],
  ['annotator', 'sc:Text', 'Who made it.'],
];
