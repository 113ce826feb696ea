import { fileProblem } from '../core/problem.ts';
import type { SchemePlan } from '../core/schemes/plan.ts';
import type { OutgoingDocument, Reading } from '../core/transfer.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type SourceFile,
  type WriteOptions,
} from './format.ts';
import { readJsonLines } from './json-lines.ts';
import { lineFinder, parseJson } from './reading/json-syntax.ts';
import { isList, isObject, type JsonObject, type JsonValue } from './reading/json-value.ts';
import { firstSpanRow } from './native/foreign-marks.ts';
import { readDocument, writtenDocument } from './native/native-document.ts';
import { containerFit, fieldOf } from './native/native-shape.ts';
import type { OffsetUnit } from './units.ts';
import { placeInTree, readings, type Checked, type Place } from './reading/place.ts';
import { syntaxProblem } from './reading/whole-json.ts';
import { checkUnknown } from './schemes/scheme-fields.ts';
import { readPlan, writtenScheme } from './schemes/scheme-value.ts';
import { wholeText, type Line } from './reading/source-text.ts';

const version = 1;

/** Training data in one JSON value, indented, with the scheme. */
export const json: Format = {
  name: 'JSON',
  extensions: ['json'],
  mediaType: 'application/json',
  recognise,
  read,
  choices: ['unit'],
  write,
  holdsRelations: true,
  losses: [
    'The history is not in the file: when a span was made or changed, and what could be undone.',
    'Where the texts came from, and which of their lines are headings, items or quotations, is not in the file.',
  ],
};

function recognise({ extension, text }: Opening): Certainty {
  const start = text.trimStart();
  if (/^\{\s*"format"\s*:\s*"locution"/.test(start)) return certainty.bySignature;
  if (firstSpanRow(start)) return certainty.no;
  if (/^(\[\s*)?\{[^[]*"(offset_unit|text_sha256)"\s*:/.test(start)) return certainty.bySignature;
  const isText = ['txt', 'md', 'markdown'].includes(extension);
  const isJson = !isText && /^(\{\s*"|\[\s*\{)/.test(start);
  return extension === 'json' || isJson ? certainty.byExtension : certainty.no;
}

async function* read(file: SourceFile): AsyncGenerator<Reading> {
  const whole = await wholeText(file);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  const parsed = parseJson(whole.text);
  const place = placeInTree(file.name, lineFinder(whole.text));
  if ('value' in parsed) yield* readRoot(parsed.value, place);
  else if (isJsonLines(whole.text)) yield* readJsonLines(linesOf(whole.text), file.name);
  else yield { kind: 'problem', problem: syntaxProblem(file.name, parsed.fault) };
}

/** A list of documents, one document, or an object that holds documents and a scheme. */
function readRoot(root: JsonValue, place: Place): Generator<Reading> {
  if (isList(root)) return readDocuments(root, place);
  const isDocument = isObject(root) && Object.hasOwn(root, 'text') && !Object.hasOwn(root, 'documents');
  return isDocument ? readDocument(root, place) : readContainer(root, place);
}

interface Container {
  readonly documents: readonly JsonValue[];
  readonly scheme: JsonValue | undefined;
  readonly unit: OffsetUnit | undefined;
}

function readContainer(root: JsonValue, place: Place): Generator<Reading> {
  return readings(checkContainer(root, place), function* ({ documents, scheme, unit }) {
    if (scheme !== undefined) yield* readings(readPlan(scheme, place.at('scheme')), planReadings);
    yield* readDocuments(documents, place.at('documents'), unit);
  });
}

/** Labels one by one, as they come in only when they are used; then whatever else there is. */
export function* planReadings({ labels, ...plan }: SchemePlan): Generator<Reading> {
  for (const label of labels) yield { kind: 'label', label };
  const parts = [plan.attributes, plan.relations, plan.documentLabels];
  if (plan.guideline !== undefined || parts.some((part) => part?.length))
    yield { kind: 'plan', plan: { labels: [], ...plan } };
}

function* checkContainer(root: JsonValue, place: Place): Checked<Container | undefined> {
  const fit = containerFit(root);
  if ('fault' in fit) {
    yield fileProblem('refused', place.file, `nothing could be read from this file: ${fit.fault}.`);
    return undefined;
  }
  const object = root as JsonObject;
  yield* checkUnknown(
    object,
    ['format', 'version', 'offset_unit', 'scheme', 'documents'],
    'this file',
    place,
  );
  return {
    documents: fit.value.documents,
    scheme: fieldOf(object, 'scheme'),
    unit: fit.value.offset_unit ?? undefined,
  };
}

function* readDocuments(
  documents: readonly JsonValue[],
  place: Place,
  unit?: OffsetUnit,
): Generator<Reading> {
  for (const [index, document] of documents.entries()) yield* readDocument(document, place.at(index), unit);
}

/** Whether a text that is not JSON is one object a line, at least at its beginning. */
function isJsonLines(text: string): boolean {
  const filled = text.split('\n').filter((line) => line.trim() !== '');
  const first = filled.length > 1 ? parseJson(filled[0]!) : undefined;
  return first !== undefined && 'value' in first && isObject(first.value);
}

function linesOf(text: string): Line[] {
  return text.split('\n').map((line, index) => ({ number: index + 1, text: line }));
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<string> {
  const { scheme, unit } = options;
  const head = { format: 'locution', version, offset_unit: unit, scheme: writtenScheme(scheme) };
  yield `${indented(head, 0).slice(0, -2)},\n  "documents": [`;
  let isFirst = true;
  for await (const document of documents) {
    yield `${isFirst ? '' : ','}\n    ${indented(writtenDocument(document, options), 4)}`;
    isFirst = false;
  }
  yield `${isFirst ? '' : '\n  '}]\n}\n`;
}

/** JSON for people, to be put behind so many spaces. A line feed inside a string is escaped, so none is touched. */
function indented(value: JsonObject, spaces: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(spaces)}`);
}
