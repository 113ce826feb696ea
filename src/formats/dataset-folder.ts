import { Digest } from '../core/digest.ts';
import type { Scheme } from '../core/scheme.ts';
import { parts, type Part } from '../core/splits/part.ts';
import type { OutgoingDocument } from '../core/transfer.ts';
import { card } from './dataset/card.ts';
import { croissant } from './dataset/croissant.ts';
import type { DataFile } from './dataset/data-file.ts';
import { guidelines } from './dataset/guidelines.ts';
import { PartTally, writtenFigures } from './dataset/part-figures.ts';
import toDocbin from './dataset/to-docbin.py?raw';
import verifyExport from './dataset/verify-export.py?raw';
import type { DatasetFacts, Format, WriteOptions, Written } from './format.ts';
import { jsonLines, oneLine } from './json-lines.ts';
import { writtenDocument } from './native/native-document.ts';
import { writeSchemeJson } from './schemes/scheme-json.ts';

/** All that training and publishing need, ready for the Hugging Face Hub. Offsets are code points, always. */
export const datasetFolder: Format = {
  name: 'Dataset folder',
  extensions: ['zip'],
  mediaType: 'application/zip',
  isFolder: true,
  readBackWith: jsonLines,
  choices: ['dataset'],
  write,
  holdsRelations: true,
  losses: [
    'The history is not in the files: when a span was made or changed, and what could be undone.',
    'Where the texts came from is not in the files.',
  ],
};

const unnamed: DatasetFacts = { name: 'Untitled data set', date: '1970-01-01', version: '0' };

/**
 * One pass over the documents, which come in the order of their parts.
 *
 * @throws RangeError when they do not.
 */
async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme, dataset = unnamed }: WriteOptions,
): AsyncGenerator<Written> {
  const files: DataFile[] = [];
  let open: OpenFile | undefined;
  for await (const document of documents) {
    const part = dataset.parts?.get(document.document.id) ?? 'train';
    if (open?.part !== part) {
      if (open) files.push(open.close());
      checkOrder(open?.part, part, document.document.id);
      open = new OpenFile(part, scheme);
      yield { kind: 'file', path: open.path };
    }
    yield open.line(document);
  }
  if (open) files.push(open.close());
  yield* describe(files, dataset, scheme);
}

function* describe(files: readonly DataFile[], dataset: DatasetFacts, scheme: Scheme): Generator<Written> {
  const described: readonly (readonly [path: string, content: () => string])[] = [
    ['README.md', () => card(files, dataset, scheme)],
    ['schema.json', () => writeSchemeJson(scheme)],
    ['guidelines.md', () => guidelines(scheme)],
    ['stats.json', () => stats(files)],
    ['croissant.json', () => croissant(files, dataset)],
    ['verify_export.py', () => verifyExport],
    ['to_docbin.py', () => toDocbin],
  ];
  for (const [path, content] of described) {
    yield { kind: 'file', path };
    yield content();
  }
}

function stats(files: readonly DataFile[]): string {
  const figures = files.map((file) => [file.part, writtenFigures(file.figures)] as const);
  return `${JSON.stringify({ offset_unit: 'codepoint', parts: Object.fromEntries(figures) }, null, 2)}\n`;
}

function checkOrder(before: Part | undefined, part: Part, id: string): void {
  if (before === undefined || parts.indexOf(before) < parts.indexOf(part)) return;
  throw new RangeError(`document ${id} of the part ${part} comes after those of ${before}`);
}

/** A file of one part while its documents come. */
class OpenFile {
  readonly part: Part;
  readonly path: string;
  readonly #scheme: Scheme;
  readonly #digest = new Digest();
  readonly #tally: PartTally;

  constructor(part: Part, scheme: Scheme) {
    this.part = part;
    this.path = `data/${part}.jsonl`;
    this.#scheme = scheme;
    this.#tally = new PartTally(scheme);
  }

  line(document: OutgoingDocument): Uint8Array<ArrayBuffer> {
    const json = JSON.stringify(writtenDocument(document, { scheme: this.#scheme, unit: 'codepoint' }));
    const bytes = new TextEncoder().encode(`${oneLine(json)}\n`);
    this.#digest.add(bytes);
    this.#tally.add(document);
    return bytes;
  }

  close(): DataFile {
    const { part, path } = this;
    return { part, path, ...this.#digest.finish(), figures: this.#tally.figures() };
  }
}
