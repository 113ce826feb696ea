import { labelOf, type Scheme } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { Format, Opening, ReadOptions, SourceFile, WriteOptions } from '../../formats/format.ts';
import { ownLimits, unpacked } from '../../formats/reading/archive.ts';
import { readingsOf, sourceFile, sourcesOf, type Source } from '../importing/sources.ts';
import type { Ledger, Link, Mark } from './ledger.ts';

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
  const pieces = format.pieces?.(document, options);
  if (pieces) for (const { text, spans } of pieces) ledger.enter(text, spans);
  else enterWhole(ledger, format, document, options);
}

function enterWhole(ledger: Ledger, format: Format, document: OutgoingDocument, options: WriteOptions): void {
  const { scheme } = options;
  const { spans } = format.held?.(document, options) ?? document;
  const marks = spans.map((span) => ({ ...span, label: valueOf(span.label, scheme) }));
  const typeOf = (label: string) => relationTypeOf(scheme, label).value;
  ledger.enter(document.text, marks, format.holdsRelations ? linksIn(marks, document.relations, typeOf) : []);
}

/** The relations between marks that are there, with what they join. */
function linksIn(
  marks: readonly (Mark & { readonly id: string })[],
  relations: readonly { readonly head: string; readonly child: string; readonly label: string }[],
  typeOf: (label: string) => string,
): Link[] {
  if (relations.length === 0) return [];
  const byId = new Map(marks.map((mark) => [mark.id, mark]));
  return relations.flatMap(({ head, child, label }) => {
    const ends = { head: byId.get(head), child: byId.get(child) };
    return ends.head && ends.child ? [{ head: ends.head, child: ends.child, label: typeOf(label) }] : [];
  });
}

/** What is wrong with a written file, in one sentence; `undefined` when it comes back as it went. */
export async function readBackFault(blob: Blob, isZip: boolean, work: Work): Promise<string | undefined> {
  const { ledger } = work;
  const format = work.format.readBackWith ?? work.format;
  const extension = isZip ? 'zip' : format.extensions[0];
  const { files, problems } = await unpacked([sourceFile({ path: `export.${extension}`, blob })], ownLimits);
  if (problems[0]) return problems[0].message.replace(/\.$/, '');
  if (format.readBack) {
    for (const file of files)
      for await (const { text, spans } of format.readBack(file)) ledger.enterBack(text, spans);
    return ledger.difference();
  }
  const refused: string[] = [];
  for (const source of await ownSources(files, format, work.format.isFolder === true)) {
    const faults = await enterSource(work, source, readOptions(work));
    refused.push(...faults);
  }
  if (refused.length > 0 && ledger.blanks === 0) return refused[0];
  return ledger.difference();
}

/** In a folder there may be other files besides; a file that is named as the format's, yet begins like none, is one too. */
async function ownSources(
  files: readonly SourceFile[],
  format: Format,
  isFolder: boolean,
): Promise<readonly Source[]> {
  if (!isFolder) return sourcesOf(files, () => format);
  const recognised = await sourcesOf(files, (start) => (format.recognise?.(start) ? format : undefined));
  const known = new Set(recognised.flatMap(({ file, companions }) => [file.name, ...companions.keys()]));
  const isMissed = ({ name, extension }: Opening) =>
    !known.has(name) && format.extensions.includes(extension);
  return [...recognised, ...(await sourcesOf(files, (start) => (isMissed(start) ? format : undefined)))];
}

/** Enters what a file holds; gives back the sentences about what its reader refuses. */
async function enterSource(
  { ledger, format }: Work,
  source: Source,
  options: ReadOptions,
): Promise<string[]> {
  const refused: string[] = [];
  for await (const reading of readingsOf(source, options).readings) {
    if (reading.kind === 'document') {
      const { text, spans, relations } = reading.document;
      const links = format.holdsRelations ? linksIn(spans, relations, (label) => label) : [];
      ledger.enterBack(text, spans, links);
    }
    // What a reader mends or passes over by a rule of the format is no fault of the file.
    else if (reading.kind === 'problem' && reading.problem.outcome === 'refused')
      refused.push(reading.problem.message.replace(/\.$/, ''));
  }
  return refused;
}

/** Everything that was written is meant, in the unit that was chosen where there was a choice. */
function readOptions({ format, options }: Work): ReadOptions {
  const unit = format.choices?.includes('unit') && { unit: options.unit };
  return { ...unit, answers: 'all', annotatorByFolder: true };
}

function valueOf(label: string, scheme: Scheme): string {
  return labelOf(scheme, label).value;
}
