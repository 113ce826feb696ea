import { csv } from '../../formats/csv.ts';
import type { Opening, SourceFile } from '../../formats/format.ts';
import { formatOf } from '../../formats/formats.ts';
import { markedEncoding } from '../../formats/reading/encoding.ts';
import { rowExtents } from '../../formats/reading/rows.ts';
import { opening } from '../../formats/reading/source-text.ts';
import { guessDelimiter } from '../../formats/table/guess.ts';
import { table } from '../../formats/table.ts';
import { blobSink } from '../exporting/sinks.ts';
import { zip, type ZippedFile } from '../exporting/zipping.ts';
import { namedApart, sourceFile, unpackedApart, type IncomingFile } from './sources.ts';

/** A place in a file of which nothing was taken; the whole file when there is no line. */
export interface RefusedPlace {
  readonly file: string;
  readonly line?: number;
}

export interface RefusedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Formats with a record a line, of which a line can be taken out. */
const byLines = /\.(jsonl|ndjson|csv|tsv|conll|bio|iob2?)$/i;

/** What was refused, byte for byte as it came: the lines of files that have a record a line, and whole files. */
export async function refusedFile(
  incoming: readonly IncomingFile[],
  places: readonly RefusedPlace[],
): Promise<RefusedFile> {
  const chosen = namedApart(incoming.map(sourceFile));
  const names = new Set(chosen.map(({ name }) => name));
  // A file of a zip can be given back by itself; one that could not be unpacked comes with its zip.
  const { files } = await unpackedApart(incoming);
  const inside = files.filter(({ name }) => !names.has(name));
  const known = new Set(files.map(({ name }) => name));
  const wanted = places.map((place) => (known.has(place.file) ? place : { file: zipOf(place.file, names) }));
  const refused = [...chosen, ...inside].flatMap((file) => {
    const here = wanted.filter((place) => place.file === file.name);
    return here.length > 0 ? [{ path: file.name, parts: refusedParts(file, here) }] : [];
  });
  const sink = blobSink(refused.length === 1 ? 'application/octet-stream' : 'application/zip');
  const [only] = refused;
  if (only && refused.length === 1) {
    for await (const part of only.parts) await sink.write(part);
    return { name: `refused-${only.path.split('/').at(-1)}`, blob: await sink.close() };
  }
  await zip(inTurn(refused), sink);
  return { name: 'refused.zip', blob: await sink.close() };
}

/** The chosen file in which another one lies. */
function zipOf(path: string, chosen: ReadonlySet<string>): string {
  return [...chosen].find((name) => path.startsWith(`${name}/`)) ?? path;
}

async function* refusedParts(file: SourceFile, places: readonly RefusedPlace[]): ZippedFile['parts'] {
  const numbers = new Set(places.flatMap(({ line }) => line ?? []));
  const start = await opening(file);
  // Where a line feed is two bytes, lines cannot be told by theirs.
  const isWide = markedEncoding(start.bytes)?.startsWith('utf-16') === true;
  if (isWide || !byLines.test(file.name) || places.some(({ line }) => line === undefined))
    return yield* bytesOf(file);
  yield* linesOf(file, await withWholeRows(file, start, numbers));
}

/** The lines with all others that the rows of a table which begin there go on in. */
async function withWholeRows(
  file: SourceFile,
  start: Opening,
  numbers: ReadonlySet<number>,
): Promise<ReadonlySet<number>> {
  const format = formatOf(start);
  if (format !== csv && format !== table) return numbers;
  const delimiter = format === csv ? ',' : await guessDelimiter(start.text, start.extension);
  const all = new Set(numbers);
  for await (const { first, last } of rowExtents(file, delimiter))
    if (numbers.has(first)) for (let number = first + 1; number <= last; number++) all.add(number);
  return all;
}

async function* bytesOf(file: SourceFile): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = file.stream().getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}

const lineFeed = 0x0a;

/** The bytes of the numbered lines, with their line feeds; numbers count from 1. */
async function* linesOf(
  file: SourceFile,
  numbers: ReadonlySet<number>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let number = 1;
  for await (const bytes of bytesOf(file)) {
    let start = 0;
    while (start < bytes.length) {
      const feed = bytes.indexOf(lineFeed, start);
      const line = bytes.slice(start, feed < 0 ? bytes.length : feed + 1);
      if (numbers.has(number)) yield line;
      start += line.length;
      if (feed >= 0) number++;
    }
  }
}

async function* inTurn<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
