import { labelOf } from '../core/scheme.ts';
import { relationTypeOf } from '../core/schemes/relation-type.ts';
import { compareRelations } from '../core/relation.ts';
import type { OutgoingDocument, Reading } from '../core/transfer.ts';
import { fileProblem } from '../core/problem.ts';
import { readGliner } from './gliner/reading.ts';
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
import { oneLine } from './json-lines.ts';
import { lineFinder, parseJson } from './reading/json-syntax.ts';
import { isList } from './reading/json-value.ts';
import { placeInTree, placeOnLine } from './reading/place.ts';
import { wholeText, withoutByteOrderMark } from './reading/source-text.ts';
import { lossesOf } from './writing/losses.ts';
import { someLost, tokenMarks, type Tagged } from './writing/tags.ts';

/** What GLiNER is trained with: tokens, and marks that may overlap; the last token of a mark is counted in. */
export const gliner: Format = {
  name: 'GLiNER',
  extensions: ['json'],
  mediaType: 'application/json',
  textMode: 'words',
  recognise,
  units: ['utf16'],
  read,
  write,
  held: ({ text, spans }) => ({
    text: 'words',
    spans: tokenMarks(text, spans).marks.map(({ span }) => span),
  }),
  holdsRelations: true,
  losses: [
    'White space is not in the file: read back, words have one space between them.',
    'Ids and titles of documents and ids of spans are not in the file.',
    'Models of GLiNER see no mark of more than 12 words unless they are told to (max_width).',
  ],
};

function recognise({ extension, text }: Opening): Certainty {
  const isJson = /^\s*[[{]/.test(text) && !['txt', 'md', 'csv', 'tsv'].includes(extension);
  return isJson && /"tokenized_text"\s*:\s*\[/.test(text) ? certainty.byShape : certainty.no;
}

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const whole = await wholeText(file);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  if (/^\uFEFF?\s*\{/.test(whole.text)) return yield* readLines(file.name, whole.text, context);
  const parsed = parseJson(whole.text);
  if ('fault' in parsed || !isList(parsed.value)) {
    const fault =
      'fault' in parsed
        ? `is not JSON: at column ${parsed.fault.column} ${parsed.fault.reason}`
        : 'is no list of documents';
    const line = 'fault' in parsed ? parsed.fault.line : 1;
    return yield { kind: 'problem', problem: fileProblem('refused', file.name, `this file ${fault}.`, line) };
  }
  const lineOf = lineFinder(whole.text);
  for (const [index, item] of parsed.value.entries())
    yield* readGliner(item, placeInTree(file.name, lineOf, [index]), context);
}

/** Some files have an object a line. */
function* readLines(file: string, text: string, context: ReadContext): Generator<Reading> {
  for (const [index, line] of withoutByteOrderMark(text).split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = placeOnLine(file, index + 1);
    const parsed = parseJson(line);
    if ('value' in parsed) yield* readGliner(parsed.value, place, context);
    else {
      const { column, reason } = parsed.fault;
      const message = `this line is not JSON and was left out: at column ${column} ${reason}.`;
      yield { kind: 'problem', problem: place.problem('refused', message) };
    }
  }
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  let before = '[\n';
  for await (const document of documents) {
    const tagged = tokenMarks(document.text, document.spans);
    const { relations, ...item } = itemOf(document, tagged, options);
    const all = relations.length > 0 ? { ...item, relations } : item;
    yield `${before}${oneLine(JSON.stringify(all))}`;
    before = ',\n';
    yield* tagged.losses;
    yield* someLost(
      document.relations.length - relations.length,
      'relations of spans that cover no word or sign',
    );
    yield* lossesOf(document, { relations: true });
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function itemOf(
  { relations }: OutgoingDocument,
  { tokens, marks }: Tagged,
  { scheme }: WriteOptions,
): {
  tokenized_text: string[];
  ner: (readonly [number, number, string])[];
  relations: (readonly [number, number, string])[];
} {
  const inOrder = marks.toSorted((a, b) => a.first - b.first || b.last - a.last);
  const places = new Map(inOrder.map(({ span }, index) => [span.id, index]));
  return {
    tokenized_text: tokens.map(({ text }) => text),
    ner: inOrder.map(({ first, last, span }) => [first, last, labelOf(scheme, span.label).value] as const),
    relations: [...relations].sort(compareRelations).flatMap(({ head, child, label }) => {
      const [from, to] = [places.get(head), places.get(child)];
      const isThere = from !== undefined && to !== undefined;
      return isThere ? [[from, to, relationTypeOf(scheme, label).value] as const] : [];
    }),
  };
}
