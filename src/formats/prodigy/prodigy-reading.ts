import { titleFrom } from '../../core/document.ts';
import type { Question, Reading } from '../../core/transfer.ts';
import type { ReadContext, SourceFile } from '../format.ts';
import { checkNumbers } from '../native/native-marks.ts';
import { fieldOf, unknownFields } from '../native/native-shape.ts';
import { factsBeside } from '../reading/facts-beside.ts';
import { jsonObjects, type PlacedObject } from '../reading/json-objects.ts';
import { isList, isObject, withFields, wordsOf, type JsonObject } from '../reading/json-value.ts';
import { outsideDocument, type OutsideDocument } from '../reading/outside-document.ts';
import { readings, type Checked, type Place } from '../reading/place.ts';
import { relationsIn, spansIn } from './prodigy-marks.ts';
import { keptTokens, strayTokens, tokensIn, tokensKey } from './prodigy-tokens.ts';

/** What an annotator can do with a row. Only what was accepted is what somebody stands for. */
export const answers = ['accept', 'reject', 'ignore'] as const;
type Answer = (typeof answers)[number];

const knownFields = [
  'text',
  'tokens',
  'spans',
  'relations',
  'meta',
  'accept',
  '_session_id',
  '_annotator_id',
];

/** Yields a document for each row that was accepted, or for all if the user says so. */
export async function* readProdigy(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const { options } = context;
  const left = { reject: 0, ignore: 0 };
  let first: Place | undefined;
  for await (const item of jsonObjects(file)) {
    if ('problem' in item) {
      yield { kind: 'problem', problem: item.problem };
      continue;
    }
    const answer = answerOf(item.object);
    if (answer === 'accept' || options.answers === 'all') yield* readRow(item, answer, context);
    else {
      if (!first && options.answers === undefined)
        yield { kind: 'question', question: questionOf(item.object) };
      first ??= item.place;
      left[answer]++;
    }
  }
  if (first) yield { kind: 'problem', problem: leftOut(first, left) };
}

/** What has no answer was made for being marked, or by somebody who keeps only what is right. */
function answerOf(object: JsonObject): Answer {
  return answers.find((answer) => answer === object['answer']) ?? 'accept';
}

function questionOf(object: JsonObject): Question {
  const text = fieldOf(object, 'text');
  return {
    about: 'answers',
    words: 'Some rows of this file were rejected or ignored by those who saw them. Which should come in?',
    choices: [
      { value: 'accept', name: 'Accepted rows only', examples: [] },
      { value: 'all', name: 'All rows', examples: typeof text === 'string' ? [titleFrom(text)] : [] },
    ],
    presumed: 'accept',
  };
}

function leftOut(first: Place, { reject, ignore }: { readonly reject: number; readonly ignore: number }) {
  const counts = [
    ...(reject > 0 ? [`${reject} rejected`] : []),
    ...(ignore > 0 ? [`${ignore} ignored`] : []),
  ];
  const rows = reject + ignore === 1 ? 'row was left out' : 'rows were left out, the first of them here';
  return first.problem('skipped', `${counts.join(' and ')} ${rows}.`);
}

function* readRow(
  { object, place }: Extract<PlacedObject, { object: unknown }>,
  answer: Answer,
  context: ReadContext,
): Generator<Reading> {
  const text = fieldOf(object, 'text');
  if (typeof text === 'string')
    return yield* readings(checkRow(object, text, answer, place, context), (outside) =>
      outsideDocument(outside, place, context, 'codepoint'),
    );
  const message = 'this document was left out: its "text" is missing.';
  yield { kind: 'problem', problem: place.problem('refused', message) };
}

function* checkRow(
  object: JsonObject,
  text: string,
  answer: Answer,
  place: Place,
  { options, proof }: ReadContext,
): Checked<OutsideDocument> {
  const unit = options.unit ?? 'codepoint';
  const tokens = yield* tokensIn(object, place);
  proof.weigh(text, tokens);
  const strays = yield* strayTokens(tokens, text, unit, place);
  const annotator = ['_annotator_id', '_session_id']
    .map((key) => fieldOf(object, key))
    .find((name) => typeof name === 'string' && name.trim() !== '') as string | undefined;
  const spans = yield* spansIn(object, { tokens, strays, annotator }, place);
  const relations = yield* relationsIn(object, spans, annotator, place);
  const kept = strays.size > 0 ? undefined : keptTokens(tokens, text, unit);
  const meta = withFields(metaOf(object, annotator, answer), kept ? [[tokensKey, kept]] : []);
  yield* checkNumbers(meta, 'the metadata of this document', place);
  const status = answer === 'accept' ? 'done' : answer === 'ignore' ? 'skipped' : 'todo';
  return {
    ...(typeof object['answer'] === 'string' && { status }),
    ...factsBeside(object),
    ...{ text, meta, labels: labelsOf(object, answer), spans, relations },
  };
}

function metaOf(object: JsonObject, annotator: string | undefined, answer: Answer): JsonObject {
  const meta = fieldOf(object, 'meta');
  const known = [
    ...knownFields.filter((key) => key !== 'meta' || isObject(meta) || meta === undefined),
    ...Object.keys(factsBeside(object)),
    ...(labelsOf(object, answer).includes(wordsOf(object['label'])) ? ['label'] : []),
    ...(object['answer'] === 'accept' ? ['answer'] : []),
  ];
  const session = fieldOf(object, '_session_id');
  return withFields(isObject(meta) ? meta : {}, [
    ...unknownFields(object, known),
    ...(session === undefined || session === annotator ? [] : [['_session_id', session] as const]),
    ...(isList(fieldOf(object, 'accept')) || fieldOf(object, 'accept') === undefined
      ? []
      : [['accept', object['accept'] ?? null] as const]),
  ]);
}

/** Labels for the whole text: those chosen among options, or the one that was accepted. */
function labelsOf(object: JsonObject, answer: Answer): string[] {
  const [chosen, label] = [fieldOf(object, 'accept'), fieldOf(object, 'label')];
  const names = [
    ...(chosen !== undefined && isList(chosen) ? chosen : []),
    ...(answer === 'accept' ? [label] : []),
  ];
  return names.filter((name) => typeof name === 'string' && name.trim() !== '') as string[];
}
