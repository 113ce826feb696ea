import type { OutgoingDocument, Reading } from '../core/transfer.ts';
import { fileProblem } from '../core/problem.ts';
import type { Scheme } from '../core/scheme.ts';
import { casParts } from './cas/cas-features.ts';
import { readCas } from './cas/cas-reading.ts';
import { casTypes, initialView, stringRange } from './cas/cas-types.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type ReadContext,
  type SourceFile,
  type WriteOptions,
  type Written,
} from './format.ts';
import { lineFinder, parseJson } from './reading/json-syntax.ts';
import { depthProblem } from './reading/whole-json.ts';
import { deepestFile, isDeeperThan, isObject, type JsonObject } from './reading/json-value.ts';
import { placeInTree } from './reading/place.ts';
import { wholeText } from './reading/source-text.ts';
import { DocumentPaths } from './writing/document-paths.ts';

/**
 * The JSON of a UIMA CAS, version 0.4.0, a file a document; offsets count UTF-16 units. Anchors go by their plain names, which
 * the readers in Java and in Python both know.
 */
export const casJson: Format = {
  name: 'UIMA CAS JSON',
  extensions: ['json', 'zip'],
  mediaType: 'application/json',
  isFolder: true,
  recognise,
  units: ['utf16'],
  read,
  write,
  holdsRelations: true,
  losses: [
    'The names, keys, colours and guidelines of the labels are not in the files, only their machine names.',
    'What attributes, relation types and document labels the scheme has is not in the files, only what the spans and documents have of them.',
    'The history is not in the files: when a span was made or changed, and what could be undone.',
    'Where the texts came from is not in the files.',
  ],
};

function recognise({ text }: Opening): Certainty {
  const start = text.trimStart();
  const isCas = start.startsWith('{') && /"%(FEATURE_STRUCTURES|TYPES|HEADER)"\s*:/.test(start);
  return isCas ? certainty.bySignature : certainty.no;
}

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const whole = await wholeText(file);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  const parsed = parseJson(whole.text);
  if ('value' in parsed && isDeeperThan(deepestFile, parsed.value))
    return yield { kind: 'problem', problem: depthProblem(file.name, whole.text) };
  if ('value' in parsed && isObject(parsed.value))
    return yield* readCas(parsed.value, placeInTree(file.name, lineFinder(whole.text)), context);
  const { line, column, reason } =
    'fault' in parsed ? parsed.fault : { line: 1, column: 1, reason: 'an object should stand here' };
  const message = `nothing could be read from this file, which is no CAS: at line ${line}, column ${column} ${reason}.`;
  yield { kind: 'problem', problem: fileProblem('refused', file.name, message, line) };
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme }: WriteOptions,
): AsyncGenerator<Written> {
  const paths = new DocumentPaths('json');
  for await (const document of documents) {
    yield { kind: 'file', path: paths.next(document.document.title) };
    yield `${JSON.stringify(casOf(document, scheme), null, 1)}\n`;
  }
}

function casOf(outgoing: OutgoingDocument, scheme: Scheme): JsonObject {
  const { document, spans, relations } = casParts(outgoing, scheme);
  const firstSpan = 3;
  const structures: JsonObject[] = [
    {
      '%ID': 1,
      '%TYPE': 'uima.cas.Sofa',
      sofaNum: 1,
      sofaID: initialView,
      mimeType: 'text',
      sofaString: outgoing.text,
    },
    { '%ID': 2, '%TYPE': casTypes.document.name, ...document },
    ...spans.map(({ start, end, features }, index) => ({
      ...{ '%ID': firstSpan + index, '%TYPE': casTypes.span.name, '@sofa': 1, begin: start, end },
      ...features,
    })),
    ...relations.map(({ source, target, features }, index) => ({
      ...{ '%ID': firstSpan + spans.length + index, '%TYPE': casTypes.relation.name },
      ...{ '@source': firstSpan + source, '@target': firstSpan + target },
      ...features,
    })),
  ];
  return {
    '%HEADER': { '%VERSION': '0.4.0' },
    '%TYPES': writtenTypes,
    '%FEATURE_STRUCTURES': structures,
    '%VIEWS': {
      [initialView]: { '%SOFA': 1, '%MEMBERS': structures.slice(1).map((structure) => structure['%ID']!) },
    },
  };
}

const writtenTypes: JsonObject = Object.fromEntries(
  Object.values(casTypes).map(({ name, parent, features, references }) => [
    name,
    {
      ...{ '%NAME': name, '%SUPER_TYPE': parent },
      ...Object.fromEntries(features.map((key) => [key, { '%NAME': key, '%RANGE': stringRange }])),
      ...Object.fromEntries(references.map((key) => [key, { '%NAME': key, '%RANGE': casTypes.span.name }])),
    },
  ]),
);
