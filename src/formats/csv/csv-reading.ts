import { fileProblem } from '../../core/problem.ts';
import type { Reading } from '../../core/transfer.ts';
import type { ReadContext, SourceFile } from '../format.ts';
import { parseInside } from '../reading/json-syntax.ts';
import { isList, wordsOf } from '../reading/json-value.ts';
import { outsideDocument, type OutsideRelation, type OutsideSpan } from '../reading/outside-document.ts';
import { told, type Checked } from '../reading/place.ts';
import { rows } from '../reading/rows.ts';
import { statedStatus, statedUnit } from '../reading/stated-facts.ts';
import { UnitProof } from '../reading/unit-proof.ts';
import { plainCell } from '../writing/cells.ts';
import { documentColumns, relationColumns, spanColumns, tableKind } from './csv-columns.ts';
import { fieldsIn, namedRows, type NamedRow } from './csv-tables.ts';

/** Reads `spans.csv` with the tables beside it, or `documents.csv` alone. */
export async function* readCsv(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const tables = new Map([[await kindOf(file), file]]);
  for (const companion of context.companions.values()) {
    const kind = await kindOf(companion);
    if (kind !== undefined && !tables.has(kind)) tables.set(kind, companion);
    else yield { kind: 'problem', problem: fileProblem('refused', companion.name, notOfThese) };
  }
  const documents = tables.get('documents');
  if (!documents) {
    const message =
      'nothing could be read from this file: it has no texts. Import it together with the documents.csv that was exported with it.';
    return yield { kind: 'problem', problem: fileProblem('refused', file.name, message) };
  }
  if (!tables.has('spans')) {
    const message =
      'the spans of these documents are in spans.csv, which did not come along, so they have none.';
    yield { kind: 'problem', problem: fileProblem('skipped', documents.name, message) };
  }
  const spans = yield* grouped(tables.get('spans'));
  const relations = yield* grouped(tables.get('relations'));
  const seen = new Set<string>();
  for await (const row of namedRows(documents)) {
    if ('problem' in row) {
      yield { kind: 'problem', problem: row.problem };
      continue;
    }
    const id = row.cells.get('id') ?? '';
    if (seen.has(id)) {
      const message = `the id “${id}” stands here twice; the spans and relations with it went to the first document.`;
      yield { kind: 'problem', problem: row.place.problem('adjusted', message) };
    }
    seen.add(id);
    yield* readRow(row, spans, relations, context);
  }
  yield* strays(spans, 'span');
  yield* strays(relations, 'relation');
}

const notOfThese =
  'this table was left out: it is not the one that was exported with the spans beside it. Import it by itself, in another folder or under another name.';

type Groups = Map<string, NamedRow[]>;

/** The rows of a table by the document that they belong to. */
async function* grouped(file: SourceFile | undefined): AsyncGenerator<Reading, Groups> {
  const groups: Groups = new Map();
  if (!file) return groups;
  for await (const row of namedRows(file)) {
    if ('problem' in row) {
      yield { kind: 'problem', problem: row.problem };
      continue;
    }
    const id = row.cells.get('document') ?? '';
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return groups;
}

function* readRow(
  row: NamedRow,
  spans: Groups,
  relations: Groups,
  { options }: ReadContext,
): Generator<Reading> {
  const { cells, place } = row;
  const [id = '', text = '', title, note] = ['id', 'text', 'title', 'note'].map((key) => cells.get(key));
  const status = yield* told(statedStatus(cells.get('status'), place));
  const labels = listIn(cells.get('labels'));
  const found: OutsideSpan[] = [];
  for (const span of spans.get(id) ?? []) {
    const fault = faultOf(span);
    if (fault === undefined) found.push(yield* told(spanIn(span)));
    else yield { kind: 'problem', problem: span.place.problem('refused', fault) };
  }
  const { unit, spans: placed } = yield* told(statedUnit(cells.get('offset_unit'), found, place));
  const joined: OutsideRelation[] = [];
  for (const relation of relations.get(id) ?? []) joined.push(yield* told(relationIn(relation)));
  const document = {
    ...{ id, title, text, meta: yield* told(fieldsIn(row, 'meta', documentColumns)) },
    ...(status && { status }),
    ...(labels && { labels }),
    ...(note !== undefined && { note }),
    spans: placed,
    relations: joined,
  };
  spans.delete(id);
  relations.delete(id);
  // The table says itself what it counts in.
  const { unit: _, ...others } = options;
  yield* outsideDocument(document, place, { options: others, proof: new UnitProof([unit]) }, unit);
}

/** What is wrong with the offsets of a span's row. */
function faultOf({ cells }: NamedRow): string | undefined {
  const key = ['start', 'end'].find((one) => !/^\d+$/.test(cells.get(one) ?? ''));
  return key && `this span was left out: its ${key} “${cells.get(key) ?? ''}” is not a whole number.`;
}

function* spanIn(row: NamedRow): Checked<OutsideSpan> {
  const [id, quote, label = '', annotator, note] = ['id', 'text', 'label', 'annotator', 'note'].map((key) =>
    row.cells.get(key),
  );
  const [start, end] = ['start', 'end'].map((key) => Number(row.cells.get(key)));
  return {
    ...{ id, start: start!, end: end!, quote, label, annotator, note, place: row.place },
    attributes: yield* fieldsIn(row, 'attributes', spanColumns),
  };
}

function* relationIn(row: NamedRow): Checked<OutsideRelation> {
  const [id, head = '', child = '', label = '', annotator] = [
    'id',
    'head',
    'child',
    'label',
    'annotator',
  ].map((key) => row.cells.get(key));
  return {
    ...{ id, head, child, label, annotator, place: row.place },
    attributes: yield* fieldsIn(row, 'attributes', relationColumns),
  };
}

function* strays(groups: Groups, what: string): Generator<Reading> {
  for (const [id, all] of groups)
    for (const { place } of all) {
      const message = `this ${what} was left out: no row of documents.csv has the id “${id}”.`;
      yield { kind: 'problem', problem: place.problem('refused', message) };
    }
}

async function kindOf(file: SourceFile) {
  for await (const row of rows(file, ',')) if ('cells' in row) return tableKind(row.cells.map(plainCell));
  return undefined;
}

function listIn(cell: string | undefined): readonly string[] | undefined {
  if (cell === undefined) return undefined;
  const parsed = parseInside(cell);
  return isList(parsed) ? parsed.map(wordsOf) : cell.split(';').map((one) => one.trim());
}
