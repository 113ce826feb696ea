import { statuses } from '../../core/document.ts';
import { fileProblem } from '../../core/problem.ts';
import type { Reading } from '../../core/transfer.ts';
import type { ReadContext, SourceFile } from '../format.ts';
import { parseInside } from '../reading/json-syntax.ts';
import {
  isList,
  isObject,
  withFields,
  wordsOf,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import { outsideDocument, type OutsideRelation, type OutsideSpan } from '../reading/outside-document.ts';
import type { Place } from '../reading/place.ts';
import { UnitProof } from '../reading/unit-proof.ts';
import { offsetUnits } from '../units.ts';
import { columnNames } from './parquet-schema.ts';

/** The file is held in memory while its rows are read. */
const largestFile = 1_000_000_000;
const rowsAtOnce = 500;
const wanted = ['id', 'text', 'offset_unit', 'spans'];

/** The library takes a mark at the beginning of a string for a byte order mark; here it is a character like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const parsers = { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes) };

/** Reads a file of ours, so many rows at once. */
export async function* readParquet(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  if (file.size > largestFile) return yield refused(file, 'it is bigger than 1 GB; make several of it');
  try {
    const { parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
    const bytes = await new Response(file.stream()).arrayBuffer();
    const metadata = await parquetMetadataAsync(bytes);
    const names = metadata.schema.map(({ name }) => name);
    const missing = wanted.filter((name) => !names.includes(name));
    if (missing.length > 0)
      return yield refused(file, `it has no column “${missing[0]}”, so it is no export of Locution`);
    const count = Number(metadata.num_rows);
    for (let start = 0; start < count; start += rowsAtOnce) {
      const range = { rowStart: start, rowEnd: Math.min(count, start + rowsAtOnce) };
      const rows = await parquetReadObjects({ file: bytes, metadata, parsers, ...range });
      for (const [index, row] of rows.entries()) yield* readRow(row, start + index + 1, file, context);
    }
  } catch (reason) {
    yield refused(
      file,
      `it is damaged or of a kind that is not known here (${reason instanceof Error ? reason.message : String(reason)})`,
    );
  }
}

function refused(file: SourceFile, fault: string): Reading {
  const message = `the rest of this file could not be read: ${fault}.`;
  return { kind: 'problem', problem: fileProblem('refused', file.name, message) };
}

function* readRow(
  row: Record<string, unknown>,
  number: number,
  file: SourceFile,
  { options }: ReadContext,
): Generator<Reading> {
  const place: Place = {
    file: file.name,
    at: () => place,
    problem: (outcome, message) => fileProblem(outcome, file.name, `row ${number}: ${message}`),
  };
  const text = (key: string) => (typeof row[key] === 'string' ? row[key] : undefined);
  const unit = offsetUnits.find((known) => known === row['offset_unit']) ?? 'codepoint';
  const status = statuses.find((known) => known === row['status']);
  const others = Object.entries(row).filter(([key]) => !(columnNames as readonly string[]).includes(key));
  const note = text('note');
  const document = {
    ...{ id: text('id'), title: text('title'), text: text('text') ?? '' },
    meta: withFields(
      objectIn(row['meta']),
      others.map(([key, value]) => [key, plain(value)]),
    ),
    ...(status && { status }),
    labels: listIn(row['labels']).map((label) => wordsOf(plain(label))),
    ...(note !== undefined && { note }),
    spans: listIn(row['spans']).map(plain).flatMap(spanIn),
    relations: listIn(row['relations']).map(plain).flatMap(relationIn),
  };
  const { unit: _, ...said } = options;
  yield* outsideDocument(document, place, { options: said, proof: new UnitProof([unit]) }, unit);
}

function spanIn(value: unknown): OutsideSpan[] {
  if (!isObject(value)) return [];
  const { id, start, end, text, label, annotator, attributes, note } = value;
  return [
    {
      ...{ start: numberIn(start), end: numberIn(end), label: wordsOf(label ?? '') },
      ...{ id: stringIn(id), quote: stringIn(text), annotator: stringIn(annotator), note: stringIn(note) },
      attributes: objectIn(attributes),
    },
  ];
}

function relationIn(value: unknown): OutsideRelation[] {
  if (!isObject(value)) return [];
  const { id, head, child, label, annotator, attributes } = value;
  return [
    {
      ...{ head: wordsOf(head ?? ''), child: wordsOf(child ?? ''), label: wordsOf(label ?? '') },
      ...{ id: stringIn(id), annotator: stringIn(annotator), attributes: objectIn(attributes) },
    },
  ];
}

/** Whole numbers of 64 bits come as text. */
function numberIn(value: JsonValue | undefined): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
}

function stringIn(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function listIn(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

function objectIn(value: unknown): JsonObject {
  const parsed = typeof value === 'string' ? parseInside(value) : undefined;
  return isObject(parsed) ? parsed : {};
}

/** A value of a column that is not ours, as JSON has it. */
function plain(value: unknown): JsonValue {
  const json = JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
  return json === undefined ? null : (JSON.parse(json) as JsonValue);
}
