import type { Format, Opening, ReadOptions, SourceFile } from '../../formats/format.ts';
import { UnitProof, type UnitVerdict } from '../../formats/reading/unit-proof.ts';
import { unpacked, type Unpacked } from '../../formats/reading/archive.ts';
import { opening } from '../../formats/reading/source-text.ts';
import type { Reading } from '../../core/transfer.ts';

/** A file with the path under which it came; what crosses to a worker has no methods of ours. */
export interface IncomingFile {
  readonly path: string;
  readonly blob: Blob;
}

/** A file with the format that reads it and the files that are read together with it. */
export interface Source {
  readonly file: SourceFile;
  readonly format: Format;
  readonly companions: ReadonlyMap<string, SourceFile>;
}

const pieceLength = 1_000_000;

export function sourceFile({ path, blob }: IncomingFile): SourceFile {
  return { name: path, size: blob.size, blob, stream: () => inPieces(blob) };
}

/** Its own stream runs ahead of who reads it: of 130 MB more than 100 were in memory at once. */
function inPieces(blob: Blob): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => {
    if (at >= blob.size) return controller.close();
    controller.enqueue(new Uint8Array(await blob.slice(at, (at += pieceLength)).arrayBuffer()));
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

/** The files that came, with those in zips instead of the zips, without those to be left out. */
export async function unpackedApart(
  incoming: readonly IncomingFile[],
  leftOut: ReadonlySet<string> = new Set(),
): Promise<Unpacked> {
  const wanted = ({ name }: SourceFile) => !leftOut.has(name);
  const { files, problems } = await unpacked(namedApart(incoming.map(sourceFile)).filter(wanted));
  return { files: namedApart(files).filter(wanted), problems };
}

/** With a number in the names of those that have one of another: files are told apart, and answered for, by their names. */
export function namedApart(files: readonly SourceFile[]): readonly SourceFile[] {
  const taken = new Set(files.map(({ name }) => name));
  const seen = new Set<string>();
  return files.map((file) => {
    let name = file.name;
    for (let number = 2; seen.has(name); number++) {
      const numbered = file.name.replace(/(\.[^./]*)?$/, ` (${number})$1`);
      if (!taken.has(numbered)) name = numbered;
    }
    taken.add(name);
    seen.add(name);
    return name === file.name ? file : { ...file, name };
  });
}

/** The same file, telling how many bytes of it have been read, and first of all that none have. */
export function counting(file: SourceFile, onbytes: (bytes: number) => void): SourceFile {
  const counter = () =>
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      start: () => onbytes(0),
      transform(chunk, controller) {
        onbytes(chunk.byteLength);
        controller.enqueue(chunk);
      },
    });
  return { name: file.name, size: file.size, stream: () => file.stream().pipeThrough(counter()) };
}

/**
 * The files that `choose` gives a format, with what belongs to them. A file that belongs to another one is not read by
 * itself.
 */
export async function sourcesOf(
  files: readonly SourceFile[],
  choose: (start: Opening) => Format | undefined,
): Promise<readonly Source[]> {
  const byName = new Map(files.map((file) => [file.name, file]));
  const known: Source[] = [];
  for (const file of files) {
    const format = choose(await opening(file));
    if (!format) continue;
    const names = format.companions?.(file.name) ?? [];
    known.push({
      file,
      format,
      companions: new Map(names.flatMap((name) => pairOf(name, byName.get(name)))),
    });
  }
  const taken = new Set(known.flatMap(({ companions }) => [...companions.keys()]));
  return known.filter(({ file }) => !taken.has(file.name));
}

function pairOf(name: string, file: SourceFile | undefined): [string, SourceFile][] {
  return file ? [[name, file]] : [];
}

/** Reads a source with what is known about it. */
export function readingsOf(
  { file, format, companions }: Source,
  options: ReadOptions,
): { readonly readings: AsyncIterable<Reading>; readonly verdict: () => UnitVerdict } {
  if (!format.read) throw new RangeError(`${format.name} cannot be read`);
  const proof = new UnitProof(format.units ?? ['codepoint']);
  return { readings: format.read(file, { options, companions, proof }), verdict: () => proof.verdict() };
}
