import type { Scheme } from '../../src/core/scheme.ts';
import type { IncomingDocument, OutgoingDocument } from '../../src/core/transfer.ts';
import type { Format, WriteOptions } from '../../src/formats/format.ts';
import { formatOf, formats } from '../../src/formats/formats.ts';
import { readingsOf, sourcesOf } from '../../src/workers/importing/sources.ts';
import { randomScheme } from './carried.ts';
import { sourceFile, writeOptions, writtenFiles } from './reading.ts';

export const formatNamed = (name: string): Format => formats.find((format) => format.name === name)!;

/** Writes documents and reads every file again as whatever it is taken for; with what was said on both ways. */
export async function thereAndBack(
  format: Format,
  documents: readonly OutgoingDocument[],
  options: Partial<WriteOptions> = {},
  scheme: Scheme = randomScheme,
) {
  const { files, losses } = await writtenFiles(format, documents, writeOptions(scheme, options));
  const sources = await sourcesOf(
    [...files]
      .filter(([path, { length }]) => path !== '' || length > 0)
      .map(([path, bytes]) => sourceFile(path || `export.${format.extensions[0]}`, bytes)),
    formatOf,
  );
  const read: IncomingDocument[] = [];
  const complaints: string[] = [];
  const own = sources.filter((source) => source.format === (format.readBackWith ?? format));
  for (const source of own) {
    const unit = options.unit && { unit: options.unit };
    for await (const reading of readingsOf(source, { ...unit, annotatorByFolder: true }).readings)
      if (reading.kind === 'document') read.push(reading.document);
      else if (reading.kind === 'problem') complaints.push(reading.problem.message);
  }
  return { read, complaints, losses, strangers: sources.length - own.length };
}

// Beside the data of some lie scripts, and what is said of the data.
export const lossless: readonly (readonly [name: string, others: number])[] = [
  ['JSON Lines', 0],
  ['JSON', 0],
  ['Prodigy JSONL', 0],
  ['UIMA CAS JSON', 0],
  ['Web Annotation', 0],
  ['PubAnnotation', 0],
  ['spaCy', 1],
  ['CSV', 0],
  ['Parquet', 0],
  ['Dataset folder', 7],
];

export const behindApostrophe = 'texts that stand behind an apostrophe, which the offsets do not count';
