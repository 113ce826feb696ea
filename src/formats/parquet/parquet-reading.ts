import { fileProblem } from '../../core/problem.ts';
import type { Reading } from '../../core/transfer.ts';
import type { ReadContext, SourceFile } from '../format.ts';
import {
  deepest,
  isDeeperThan,
  isList,
  isObject,
  withFields,
  wordsOf,
  type JsonValue,
} from '../reading/json-value.ts';
import { outsideDocument, type OutsideRelation, type OutsideSpan } from '../reading/outside-document.ts';
import { told, type Checked, type Place } from '../reading/place.ts';
import { objectInCell, statedStatus, statedUnit } from '../reading/stated-facts.ts';
import { UnitProof } from '../reading/unit-proof.ts';
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
  const status = yield* told(statedStatus(text('status'), place));
  const others = Object.entries(row).filter(([key]) => !(columnNames as readonly string[]).includes(key));
  const note = text('note');
  const found: OutsideSpan[] = [];
  for (const [index, span] of listIn(row['spans']).entries())
    found.push(...(yield* told(spanIn(plain(span), `span ${index + 1}`, place))));
  const { unit, spans } = yield* told(statedUnit(text('offset_unit'), found, place));
  const relations: OutsideRelation[] = [];
  for (const [index, relation] of listIn(row['relations']).entries())
    relations.push(...(yield* told(relationIn(plain(relation), `relation ${index + 1}`, place))));
  const document = {
    ...{ id: text('id'), title: text('title'), text: text('text') ?? '' },
    meta: withFields(
      yield* told(objectInCell(plain(row['meta']), 'meta', 'this document', place)),
      others.map(([key, value]) => [key, plain(value)]),
    ),
    ...(status && { status }),
    labels: listIn(row['labels']).map((label) => wordsOf(plain(label))),
    ...(note !== undefined && { note }),
    spans,
    relations,
  };
  const { unit: _, ...said } = options;
  yield* outsideDocument(document, place, { options: said, proof: new UnitProof([unit]) }, unit);
}

function* spanIn(value: JsonValue, name: string, place: Place): Checked<OutsideSpan[]> {
  if (!isObject(value)) return [];
  const { id, start, end, text, label, annotator, attributes, note } = value;
  return [
    {
      ...{ start: numberIn(start), end: numberIn(end), label: wordsOf(label ?? '') },
      ...{ id: stringIn(id), quote: stringIn(text), annotator: stringIn(annotator), note: stringIn(note) },
      ...{ name, attributes: yield* objectInCell(attributes, 'attributes', name, place) },
    },
  ];
}

function* relationIn(value: JsonValue, name: string, place: Place): Checked<OutsideRelation[]> {
  if (!isObject(value)) return [];
  const { id, head, child, label, annotator, attributes } = value;
  return [
    {
      ...{ head: wordsOf(head ?? ''), child: wordsOf(child ?? ''), label: wordsOf(label ?? '') },
      ...{ id: stringIn(id), annotator: stringIn(annotator), name },
      attributes: yield* objectInCell(attributes, 'attributes', name, place),
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

/** A value of a column as JSON has it; what is nested too deep is its JSON as text. */
function plain(cell: unknown): JsonValue {
  const json = JSON.stringify(cell, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
  const value = json === undefined ? null : (JSON.parse(json) as JsonValue);
  return json !== undefined && isDeeperThan(deepest, value) ? json : value;
}
