import type { OutgoingDocument, Reading } from '../core/transfer.ts';
import type { Scheme } from '../core/scheme.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type ReadContext,
  type SourceFile,
  type WriteOptions,
} from './format.ts';
import { oneLine } from './json-lines.ts';
import { writtenLabels } from './native/native-document.ts';
import { readPubAnnotation } from './pubannotation/reading.ts';
import { firstObjectsOfValue } from './reading/json-objects.ts';
import { isList, isObject, type JsonObject, type JsonValue } from './reading/json-value.ts';
import { wholeJson } from './reading/whole-json.ts';
import { relationsInFile, spansInFile } from './writing/marks.ts';

/**
 * The JSON of PubAnnotation and TextAE: one document, or a list of them. What it has no name for (annotators, notes, the
 * document's title, metadata, status and labels) stands under names of ours beside its own.
 */
export const pubAnnotation: Format = {
  name: 'PubAnnotation',
  extensions: ['json'],
  mediaType: 'application/json',
  recognise,
  units: ['codepoint', 'utf16'],
  read,
  write,
  holdsRelations: true,
  losses: [
    'The names, keys, colours and guidelines of the labels are not in the file, only their machine names.',
    'What attributes, relation types and document labels the scheme has is not in the file, only what the spans and documents have of them.',
    'The history is not in the file: when a span was made or changed, and what could be undone.',
    'Where the texts came from is not in the file, but for their ids.',
  ],
};

function recognise(opening: Opening): Certainty {
  const objects = firstObjectsOfValue(opening);
  if (objects.some(hasMarks)) return certainty.bySignature;
  const isBare = objects.some((one) => one['sourcedb'] !== undefined && typeof one['text'] === 'string');
  return isBare ? certainty.byShape : certainty.no;
}

/** Lists of other tools may be called tracks as well. */
function hasMarks(object: JsonObject): boolean {
  const { tracks } = object;
  const isTrack = (one: JsonValue) => isObject(one) && isList(one['denotations']);
  return isList(object['denotations']) || (isList(tracks) && tracks.some(isTrack));
}

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const whole = await wholeJson(file);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  const { value, place } = whole;
  if (!isList(value)) return yield* readPubAnnotation(value, place, context);
  for (const [index, item] of value.entries()) yield* readPubAnnotation(item, place.at(index), context);
}

/** One document is an object, several are a list of them. */
async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme }: WriteOptions,
): AsyncGenerator<string> {
  let count = 0;
  let first = '';
  for await (const document of documents) {
    const json = oneLine(JSON.stringify(writtenAnnotations(document, scheme)));
    count++;
    if (count === 1) first = json;
    else yield count === 2 ? `[\n${first},\n${json}` : `,\n${json}`;
  }
  yield count === 0 ? '[]\n' : count === 1 ? `${first}\n` : '\n]\n';
}

function writtenAnnotations(outgoing: OutgoingDocument, scheme: Scheme): JsonObject {
  const { document, text } = outgoing;
  const { id, title, meta, status, note } = document;
  const spans = spansInFile(outgoing, scheme, 'codepoint');
  const relations = relationsInFile(outgoing, scheme);
  const labels = writtenLabels(document, scheme);
  const attributes = [...spans, ...relations].flatMap(({ id: subj, attributes: all }) =>
    Object.entries(all).map(([pred, obj]) => ({ subj, pred, obj })),
  );
  return {
    ...{ sourcedb: 'Locution', sourceid: id, title, text },
    denotations: spans.map(({ id: span, start, end, label, annotator, note: said }) => ({
      ...{ id: span, span: { begin: start, end }, obj: label, annotator },
      ...(said !== undefined && { note: said }),
    })),
    relations: relations.map(({ id: relation, head, child, label, annotator }) => ({
      ...{ id: relation, pred: label, subj: head, obj: child, annotator },
    })),
    attributes: attributes.map((attribute, index) => ({ id: `A${index + 1}`, ...attribute })),
    status,
    ...(labels.length > 0 && { labels }),
    ...(note !== undefined && { note }),
    meta,
  };
}
