import { labelOf } from '../core/scheme.ts';
import type { OutgoingDocument, Reading } from '../core/transfer.ts';
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
import { isTokens, joinedTokens } from './reading/joined-tokens.ts';
import { parseJson } from './reading/json-syntax.ts';
import {
  deepest,
  isDeeperThan,
  isList,
  isObject,
  tooDeep,
  type JsonObject,
  type JsonValue,
} from './reading/json-value.ts';
import { outsideDocument, type OutsideSpan } from './reading/outside-document.ts';
import { placeOnLine, told, type Checked, type Place } from './reading/place.ts';
import { lines } from './reading/source-text.ts';
import { decodeTags, taggingOf, type Tagging } from './reading/tags.ts';
import { lossesOf } from './writing/losses.ts';
import { heldInTags, someLost, taggedText, tagsOf } from './writing/tags.ts';

/** Rows for token classification as `datasets` loads them: words and their tags as text. */
export const huggingFaceTokens: Format = {
  name: 'Hugging Face tokens',
  extensions: ['jsonl'],
  mediaType: 'application/jsonl',
  textMode: 'words',
  recognise,
  units: ['utf16'],
  read,
  choices: ['overlap', 'tagging'],
  write,
  held: heldInTags,
  losses: [
    'White space is not in the file: read back, words have one space between them.',
    'Titles of documents and ids of spans are not in the file.',
  ],
};

const tagKeys = ['ner_tags', 'tags'] as const;

function recognise({ text }: Opening): Certainty {
  const first = parseJson(text.trimStart().split('\n', 1)[0]!);
  if ('fault' in first || !isObject(first.value) || !isTokens(first.value['tokens'])) return certainty.no;
  const { value } = first;
  return tagKeys.some((key) => isList(value[key])) ? certainty.byShape : certainty.no;
}

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  for await (const line of lines(file)) {
    if ('problem' in line) yield { kind: 'problem', problem: line.problem };
    else if (line.text.trim() !== '') yield* readRow(line.text, placeOnLine(file.name, line.number), context);
  }
}

function* readRow(line: string, place: Place, { proof }: ReadContext): Generator<Reading> {
  const parsed = parseJson(line);
  const refused = (fault: string): Reading => ({
    kind: 'problem',
    problem: place.problem('refused', `this line ${fault}.`),
  });
  if ('fault' in parsed) {
    const { column, reason } = parsed.fault;
    return yield refused(`is not JSON and was left out: at column ${column} ${reason}`);
  }
  const row = isObject(parsed.value) ? parsed.value : {};
  if (isDeeperThan(deepest, row)) return yield refused(`was left out: ${tooDeep}`);
  const { tokens } = row;
  if (!isTokens(tokens)) return yield refused('was left out: its "tokens" are no list of words');
  const { text, range } = joinedTokens(tokens);
  const { marks, tagging } = yield* told(checkTags(row, tokens.length, place));
  const spans = marks.map(({ first, last, label }): OutsideSpan => ({ ...range(first, last), label }));
  const meta = { ...otherFields(row), ...(spans.length > 0 && { tagging }) };
  const outside = { id: idOf(row['id']), text, spans, meta };
  // The ranges are ours, so no answer about other files' units is meant for them.
  yield* outsideDocument(outside, place, { proof, options: {} }, 'utf16');
}

function* checkTags(
  row: JsonObject,
  count: number,
  place: Place,
): Checked<{ marks: ReturnType<typeof decodeTags>['spans']; tagging: Tagging }> {
  const said = tagKeys.map((key) => row[key]).find(isList) ?? [];
  const tags = said.filter((tag) => typeof tag === 'string');
  if (tags.length < said.length) {
    const message =
      'the words of this line came in without marks: its tags are numbers, whose names stand in another file. Write the names in their place.';
    yield place.problem('adjusted', message);
    return { marks: [], tagging: 'BIO' };
  }
  if (tags.length !== count)
    yield place.problem(
      'adjusted',
      `this line has ${count} words and ${tags.length} tags; what is left over was passed over.`,
    );
  const fitting = tags.slice(0, count);
  const tagging = taggingOf([fitting]);
  const { spans, faults } = decodeTags(fitting, tagging);
  for (const { index, fault } of faults) yield place.problem('adjusted', `at word ${index + 1} ${fault}.`);
  return { marks: spans, tagging };
}

function idOf(id: JsonValue | undefined): string | undefined {
  return typeof id === 'string' ? id : typeof id === 'number' ? String(id) : undefined;
}

/** Tags that could not be read are kept beside the rest. */
function otherFields(row: JsonObject): JsonObject {
  const key = tagKeys.find((candidate) => isList(row[candidate]));
  const isRead = key !== undefined && (row[key] as JsonValue[]).every((tag) => typeof tag === 'string');
  const own = ['id', 'tokens', ...(isRead ? [key] : [])];
  return Object.fromEntries(Object.entries(row).filter(([name]) => !own.includes(name)));
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme, overlap, tagging }: WriteOptions,
): AsyncGenerator<Written> {
  for await (const document of documents) {
    const { tokens, marks, losses } = taggedText(document, overlap);
    const tags = tagsOf(tokens.length, marks, tagging, ({ label }) => labelOf(scheme, label).value);
    const row = { id: document.document.id, tokens: tokens.map(({ text }) => text), ner_tags: tags };
    yield `${oneLine(JSON.stringify(row))}\n`;
    yield* losses;
    yield* someLost(tokens.length === 0 ? 1 : 0, 'documents without words');
    yield* lossesOf(document, {});
  }
}
