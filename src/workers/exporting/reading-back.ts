import { labelOf, type Scheme } from '../../core/scheme.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { Format, ReadOptions, SourceFile, WriteOptions } from '../../formats/format.ts';
import { readingsOf, sourceFile, type Source } from '../importing/sources.ts';
import { Ledger } from './ledger.ts';

interface Work {
  readonly format: Format;
  readonly options: WriteOptions;
  readonly ledger: Ledger;
}

/** Enters what a reader is to find of a document. */
export function enterWritten(
  ledger: Ledger,
  format: Format,
  document: OutgoingDocument,
  options: WriteOptions,
): void {
  const { spans } = format.held?.(document, options) ?? document;
  ledger.enter(
    document.text,
    spans.map((span) => ({ ...span, label: valueOf(span.label, options.scheme) })),
  );
}

/** What is wrong with a written file, in one sentence; `undefined` when it comes back as it went. */
export async function readBackFault(blob: Blob, isZip: boolean, work: Work): Promise<string | undefined> {
  const { format, ledger, options } = work;
  if (!format.read || format.textMode === 'none') return undefined;
  const back = new Ledger(format.textMode ?? 'exact');
  const files = isZip
    ? await unpackedFiles(blob)
    : [sourceFile({ path: `export.${format.extensions[0]}`, blob })];
  for (const source of sourcesIn(files, format)) {
    const fault = await enterSource(back, source, readOptions(options));
    if (fault !== undefined) return fault;
  }
  return ledger.difference(back);
}

async function enterSource(back: Ledger, source: Source, options: ReadOptions): Promise<string | undefined> {
  for await (const reading of readingsOf(source, options).readings) {
    if (reading.kind === 'document') back.enter(reading.document.text, reading.document.spans);
    // What the reader leaves out on purpose or mends by a rule of the format is no fault of the file.
    else if (reading.kind === 'problem' && reading.problem.outcome === 'refused')
      return reading.problem.message.replace(/\.$/, '');
  }
  return undefined;
}

/** The files that the format reads, with those that belong to them. */
function sourcesIn(files: readonly SourceFile[], format: Format): readonly Source[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  return files
    .filter(({ name }) => format.extensions.some((extension) => name.endsWith(`.${extension}`)))
    .map((file) => {
      const names = format.companions?.(file.name) ?? [];
      const companions = new Map(
        names.flatMap((name) => (byName.has(name) ? [[name, byName.get(name)!]] : [])),
      );
      return { file, format, companions };
    });
}

async function unpackedFiles(blob: Blob): Promise<SourceFile[]> {
  const { BlobReader, ZipReader } = await import('@zip.js/zip.js');
  const reader = new ZipReader(new BlobReader(blob), { useWebWorkers: false });
  const entries = await reader.getEntries();
  return entries.flatMap((entry) => {
    if (entry.directory) return [];
    const stream = () => {
      const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>>();
      void entry.getData(writable);
      return readable;
    };
    return [{ name: entry.filename, size: entry.uncompressedSize, stream }];
  });
}

function readOptions({ unit, ...options }: WriteOptions): ReadOptions {
  void options;
  return { unit, answers: 'all', annotatorByFolder: true };
}

function valueOf(label: string, scheme: Scheme): string {
  return labelOf(scheme, label).value;
}
