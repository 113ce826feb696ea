import type { Reading } from '../../core/transfer.ts';
import type { ReadContext, SourceFile } from '../format.ts';
import { isSpanRow } from '../native/foreign-marks.ts';
import { fieldOf, unknownFields } from '../native/native-shape.ts';
import { jsonObjects } from '../reading/json-objects.ts';
import { parseInside } from '../reading/json-syntax.ts';
import { isObject, withFields, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import { outsideDocument, type OutsideSpan } from '../reading/outside-document.ts';
import type { Place } from '../reading/place.ts';
import { UnitProof } from '../reading/unit-proof.ts';
import { offsetUnits, type OffsetUnit } from '../units.ts';

const ownFields = [
  'text',
  'context',
  'label',
  'start',
  'end',
  'offset_unit',
  'attributes',
  'note',
  'annotator',
];
/** What the attributes say already. */
const derivedFields = ['speaker', 'target'];
const documentFields = ['id', 'document', 'title'];

/** The spans of one document on the same lines of it. */
interface Lines {
  readonly context: string;
  readonly unit: OffsetUnit;
  readonly first: JsonObject;
  readonly place: Place;
  readonly spans: OutsideSpan[];
}

/** Reads rows with a span each: the lines around spans become a document. Memory holds the rows of one document. */
export async function* readSpanLines(file: SourceFile, { options }: ReadContext): AsyncGenerator<Reading> {
  let [current, hasSaid]: [JsonValue | undefined, boolean] = [undefined, false];
  const open = new Map<string, Lines>();
  for await (const item of jsonObjects(file)) {
    if ('problem' in item) {
      yield { kind: 'problem', problem: item.problem };
      continue;
    }
    const { object, place } = item;
    const fault = faultOf(object);
    if (fault !== undefined) {
      yield { kind: 'problem', problem: place.problem('refused', `this span was left out: ${fault}.`) };
      continue;
    }
    if (!hasSaid) yield told(place);
    hasSaid = true;
    if (fieldOf(object, 'document') !== current) yield* closed(open);
    current = fieldOf(object, 'document');
    take(object, place, open, options.unit);
  }
  yield* closed(open);
}

function told(place: Place): Reading {
  const message =
    'this file has of its texts only the lines in which spans stand; these became documents of their own. To bring the whole texts in, import another export, such as JSON Lines.';
  return { kind: 'problem', problem: place.problem('adjusted', message) };
}

function faultOf(row: JsonObject): string | undefined {
  if (!isSpanRow(row)) return 'it has no "context", "start" and "end"';
  const unit = fieldOf(row, 'offset_unit');
  const isKnown = unit === undefined || offsetUnits.some((known) => known === unit);
  return isKnown ? undefined : `its "offset_unit" is none of ${offsetUnits.join(', ')}`;
}

function take(row: JsonObject, place: Place, open: Map<string, Lines>, said: OffsetUnit | undefined): void {
  const context = row['context'] as string;
  const unit = offsetUnits.find((known) => known === row['offset_unit']) ?? said ?? 'codepoint';
  const key = JSON.stringify([unit, context]);
  const lines = open.get(key) ?? { context, unit, first: row, place, spans: [] };
  open.set(key, lines);
  lines.spans.push(spanIn(row, place));
}

function spanIn(row: JsonObject, place: Place): OutsideSpan {
  const [id, quote, label = '', annotator, note] = ['id', 'text', 'label', 'annotator', 'note'].map((key) => {
    const value = fieldOf(row, key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  });
  const said = fieldOf(row, 'attributes');
  const attributes = typeof said === 'string' ? parseInside(said) : said;
  const known = [...ownFields, ...documentFields, ...(isObject(attributes) ? derivedFields : [])];
  return {
    ...{ id, start: Number(row['start']), end: Number(row['end']), quote, label, annotator, note, place },
    name: 'this span',
    attributes: withFields(isObject(attributes) ? attributes : {}, [
      ...unknownFields(row, known),
      ...(said === undefined || isObject(attributes) ? [] : [['attributes', said] as const]),
    ]),
  };
}

/** The documents that are open. They have ids of their own, since each is only a part of the one that was exported. */
function* closed(open: Map<string, Lines>): Generator<Reading> {
  for (const { context, unit, first, place, spans } of open.values()) {
    const title = fieldOf(first, 'title');
    const document = fieldOf(first, 'document');
    const outside = {
      ...{ text: context, spans, title: typeof title === 'string' ? title : undefined },
      meta: document === undefined ? {} : { document },
    };
    // The rows say themselves what they count in.
    yield* outsideDocument(outside, place, { options: {}, proof: new UnitProof([unit]) }, unit);
  }
  open.clear();
}
