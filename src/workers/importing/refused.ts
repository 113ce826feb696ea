import type { SourceFile } from '../../formats/format.ts';
import { unpacked } from '../../formats/reading/archive.ts';
import { blobSink } from '../exporting/sinks.ts';
import { zip, type ZippedFile } from '../exporting/zipping.ts';
import { sourceFile, type IncomingFile } from './sources.ts';

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
  const chosen = incoming.map(sourceFile);
  const names = new Set(chosen.map(({ name }) => name));
  // A file of a zip can be given back by itself; one that could not be unpacked comes with its zip.
  const { files } = await unpacked(chosen);
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

function refusedParts(file: SourceFile, places: readonly RefusedPlace[]): ZippedFile['parts'] {
  const numbers = new Set(places.flatMap(({ line }) => line ?? []));
  const isWhole = !byLines.test(file.name) || places.some(({ line }) => line === undefined);
  return isWhole ? bytesOf(file) : linesOf(file, numbers, /\.csv$/i.test(file.name));
}

async function* bytesOf(file: SourceFile): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = file.stream().getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}

const [lineFeed, quotationMark] = [0x0a, 0x22];

/**
 * The bytes of the numbered lines, with their line feeds; numbers count from 1. With `isQuoted` a line goes on as long as
 * a quotation mark is open.
 */
async function* linesOf(
  file: SourceFile,
  numbers: ReadonlySet<number>,
  isQuoted: boolean,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let number = 1;
  let isTaken = numbers.has(number);
  let marks = 0;
  for await (const bytes of bytesOf(file)) {
    let start = 0;
    while (start < bytes.length) {
      const feed = bytes.indexOf(lineFeed, start);
      const line = bytes.slice(start, feed < 0 ? bytes.length : feed + 1);
      if (isTaken) yield line;
      start += line.length;
      if (isQuoted) marks += line.filter((byte) => byte === quotationMark).length;
      if (feed < 0) continue;
      number++;
      if (marks % 2 === 0) isTaken = numbers.has(number);
    }
  }
}

async function* inTurn<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
