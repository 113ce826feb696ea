import { fileProblem, type Outcome } from '../core/problem.ts';
import { labelOf, livingLabels, type Scheme } from '../core/scheme.ts';
import { planOf } from '../core/schemes/plan.ts';
import type { Reading } from '../core/transfer.ts';
import { BackupReading, type BackupState } from './backup/backup-reading.ts';
import { changeOf, documentFitting, schemeOf } from './backup/record-shape.ts';
import { pathOf } from './backup/part-names.ts';
import type { SealedLine } from './backup/sealed-line.ts';
import { certainty, type Certainty, type Format, type Opening, type SourceFile } from './format.ts';
import { planReadings } from './json.ts';
import { readDocument } from './native/native-document.ts';
import { fieldOf } from './native/native-shape.ts';
import { isList, type JsonObject, type JsonValue } from './reading/json-value.ts';
import { placeOnLine } from './reading/place.ts';

/**
 * A backup of ours, read as what stands on its documents now, line by line however damaged it is. Its history does not
 * come with an import.
 */
export const locutionBackup: Format = {
  name: 'Locution backup',
  extensions: ['locution'],
  mediaType: 'application/zip',
  recognise,
  read,
  losses: [],
};

function recognise({ extension, text }: Opening): Certainty {
  if (extension === 'locution') return certainty.bySignature;
  const isOurs = text.startsWith('PK\x03\x04') && text.slice(0, 200).includes('{"format":"locution"');
  return isOurs ? certainty.bySignature : certainty.no;
}

/** Twice: a document that was changed while it was written stands there again, and only the last line counts. */
async function* read(file: SourceFile): AsyncGenerator<Reading> {
  const outline = await outlineOf(file);
  const tell = (outcome: Outcome, message: string): Reading => ({
    kind: 'problem',
    problem: fileProblem(outcome, file.name, message),
  });
  for (const problem of outline.state.faults) yield { kind: 'problem', problem };
  if (outline.state.isNewer)
    return yield tell(
      'refused',
      'a newer Locution has written this backup; update this one and import again.',
    );
  if (outline.scheme) yield* planReadings(planOf(outline.scheme));
  for await (const line of new BackupReading(file, file.name).lines())
    if (outline.lines.get(String(line.value['id'])) === line.line && line.part === 'documents')
      yield* readLine(line, outline, file.name);
  if (outline.hidden > 0)
    yield tell(
      'skipped',
      `documents that were deleted, or whose import was taken back, were left out: ${outline.hidden}.`,
    );
  if (outline.state.soundLines > 0)
    yield tell(
      'skipped',
      'the history and the times worked are not taken over by an import; they stay in the backup.',
    );
}

/** What has to be known of a backup before its documents are read. */
interface Outline {
  readonly state: BackupState;
  readonly scheme: Scheme | undefined;
  /** By id, the line that counts of each document that comes in. */
  readonly lines: ReadonlyMap<string, number>;
  readonly hidden: number;
}

async function outlineOf(file: SourceFile): Promise<Outline> {
  const reading = new BackupReading(file, file.name);
  const lines = new Map<string, number>();
  const hidden = new Map<string, string | true>();
  const standing = new Set<string>();
  let scheme: Scheme | undefined;
  for await (const { part, line, value } of reading.lines())
    if (part === 'scheme') scheme = schemeOf(value['project'] ?? null);
    else if (part === 'changes') followImport(standing, value);
    else if (part === 'documents') {
      const id = String(value['id']);
      lines.set(id, line);
      const { deleted, importId } = documentFitting(value)?.record ?? {};
      if (deleted || importId !== undefined) hidden.set(id, deleted ?? importId!);
      else hidden.delete(id);
    }
  const state = reading.finish();
  // Of imports whose changes are lost nobody knows whether they were taken back: better one document too many.
  const isWhole = !state.lost.some(({ part }) => part === 'changes');
  const gone = [...hidden].filter(([, why]) => why === true || (isWhole && !standing.has(why)));
  for (const [id] of gone) lines.delete(id);
  return { state, scheme, lines, hidden: gone.length };
}

function followImport(standing: Set<string>, value: JsonObject): void {
  const { importId, kind } = changeOf(value) ?? {};
  if (importId !== undefined && kind === 'undo') standing.delete(importId);
  else if (importId !== undefined) standing.add(importId);
}

function* readLine({ part, line, value }: SealedLine, { scheme }: Outline, file: string): Generator<Reading> {
  const place = placeOnLine(`${file}/${pathOf(part)}`, line);
  const { source: _, layout: __, record: ___, ...native } = value;
  const fit = documentFitting(value);
  for (const reading of readDocument(withoutHidden(native, scheme), place))
    if (reading.kind !== 'document' || !fit) yield reading;
    else {
      const { source, layout } = fit;
      yield {
        kind: 'document',
        document: { ...reading.document, source, ...(layout && { lineKinds: layout }) },
      };
    }
}

/** Without what is marked with labels that were deleted, which is not shown either. */
function withoutHidden(document: JsonObject, scheme: Scheme | undefined): JsonObject {
  if (!scheme) return document;
  const living = new Set(livingLabels(scheme).map(({ value }) => value));
  const gone = scheme.labels.filter(({ id }) => labelOf(scheme, id).deleted).map(({ value }) => value);
  const hidden = new Set<JsonValue>(gone.filter((value) => !living.has(value)));
  const { spans } = document;
  if (hidden.size === 0 || !isList(spans)) return document;
  const labelled = (span: JsonValue) => fieldOf(span as JsonObject, 'label') ?? null;
  const left = spans.filter((span) => !hidden.has(labelled(span)));
  const ids = new Set(left.map((span) => fieldOf(span as JsonObject, 'id')));
  const { relations } = document;
  const isLinked = (relation: JsonValue) =>
    ids.has(fieldOf(relation as JsonObject, 'head')) && ids.has(fieldOf(relation as JsonObject, 'child'));
  return { ...document, spans: left, relations: isList(relations) ? relations.filter(isLinked) : [] };
}
