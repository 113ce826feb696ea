import { v7 as newId } from 'uuid';
import * as v from 'valibot';
import { fieldOf, filled, fitter, isId, missing, offset, unknownFields } from '../native/native-shape.ts';
import {
  isList,
  isObject,
  withFields,
  wordsOf,
  type JsonObject,
  type JsonValue,
} from '../reading/json-value.ts';
import type { OutsideRelation, OutsideSpan } from '../reading/outside-document.ts';
import type { Checked, Place } from '../reading/place.ts';
import type { FileToken } from './prodigy-tokens.ts';

const spanFields = ['id', 'start', 'end', 'label', 'token_start', 'token_end', 'annotator', 'attributes'];
const relationFields = ['id', 'head', 'child', 'label', 'head_span', 'child_span', 'annotator', 'attributes'];

const spanFit = fitter(
  v.object({ start: offset('start'), end: offset('end'), label: filled('label') }, missing),
);
const relationFit = fitter(
  v.object({ head: v.nullish(v.unknown()), child: v.nullish(v.unknown()), label: filled('label') }, missing),
);

/** A span with what relations find it by. */
interface FoundSpan extends OutsideSpan {
  readonly id: string;
  readonly idInFile: JsonValue | undefined;
  /** The last of its tokens, which is what relations name. */
  readonly lastToken: JsonValue | undefined;
}

/** What the tokens say of spans. */
interface Evidence {
  readonly tokens: readonly FileToken[];
  readonly strays: ReadonlySet<FileToken>;
  readonly annotator: string | undefined;
}

/** The spans of a row, each by itself. */
export function* spansIn(object: JsonObject, evidence: Evidence, place: Place): Checked<FoundSpan[]> {
  const spans: FoundSpan[] = [];
  for (const [index, item] of yield* listIn(object, 'spans', place)) {
    const here = place.at('spans', index);
    const name = `span ${index + 1}`;
    const fit = spanFit(item);
    if ('fault' in fit) {
      yield here.problem('refused', `${name} was left out: ${fit.fault}.`);
      continue;
    }
    const { start, end, label } = fit.value;
    const row = item as JsonObject;
    const fault = yield* tokenFault(row, start, end, name, evidence, here);
    if (fault !== undefined) yield here.problem('refused', `${name} (${label}) was left out: ${fault}.`);
    else spans.push(foundSpan(row, { start, end, label }, name, evidence, here));
  }
  return spans;
}

function foundSpan(
  row: JsonObject,
  mark: Pick<OutsideSpan, 'start' | 'end' | 'label'>,
  name: string,
  { tokens, strays, annotator }: Evidence,
  place: Place,
): FoundSpan {
  const [id, words, note, by] = ['id', 'text', 'note', 'annotator'].map((key) => fieldOf(row, key));
  const taken = [
    ...spanFields,
    ...(typeof words === 'string' ? ['text'] : []),
    ...(typeof note === 'string' ? ['note'] : []),
  ];
  return {
    ...mark,
    ...{ name, place, idInFile: id, lastToken: fieldOf(row, 'token_end') },
    // Short ones are numbers of the file; ours are unique everywhere.
    id: isId(id) && id.length > 8 ? id : newId(),
    quote: typeof words === 'string' ? words : wordsOfTokens(mark, tokens, strays),
    annotator: typeof by === 'string' ? by : annotator,
    attributes: attributesOf(row, taken),
    ...(typeof note === 'string' && { note }),
  };
}

/** Whether a span's tokens stand elsewhere than the span. Where only their numbers are off, its offsets count. */
function* tokenFault(
  row: JsonObject,
  start: number,
  end: number,
  name: string,
  { tokens }: Evidence,
  place: Place,
): Checked<string | undefined> {
  const [first, last] = [fieldOf(row, 'token_start'), fieldOf(row, 'token_end')];
  if (tokens.length === 0 || (first === undefined && last === undefined)) return undefined;
  const [from, to] = [tokens[Number(wordsOf(first))], tokens[Number(wordsOf(last))]];
  if (from?.start === start && to?.end === end) return undefined;
  const said = `its tokens ${wordsOf(first)}–${wordsOf(last)}`;
  const index = [
    tokens.findIndex((token) => token.start === start),
    tokens.findIndex((token) => token.end === end),
  ];
  if (index.includes(-1))
    return from && to
      ? `${said} stand at ${from.start}–${to.end}, and its offsets are ${start}–${end}`
      : `${said} are not there, and its offsets ${start}–${end} are not those of tokens`;
  const message = `${name} was placed by its offsets ${start}–${end}, which are those of tokens ${index.join('–')}: ${said} are others.`;
  yield place.problem('adjusted', message);
  return undefined;
}

/** The relations of a row, each by itself. */
export function* relationsIn(
  object: JsonObject,
  spans: readonly FoundSpan[],
  annotator: string | undefined,
  place: Place,
): Checked<OutsideRelation[]> {
  const relations: OutsideRelation[] = [];
  for (const [index, item] of yield* listIn(object, 'relations', place)) {
    const here = place.at('relations', index);
    const fit = relationFit(item);
    if ('fault' in fit) {
      yield here.problem('refused', `relation ${index + 1} was left out: ${fit.fault}.`);
      continue;
    }
    const row = item as JsonObject;
    const [id, by] = [fieldOf(row, 'id'), fieldOf(row, 'annotator')];
    const whose = typeof by === 'string' ? by : annotator;
    const [head, child] = [endOf(row, 'head', spans, whose), endOf(row, 'child', spans, whose)];
    const doubt = [head, child].find((end) => end.doubt !== undefined)?.doubt;
    if (doubt !== undefined) {
      yield here.problem('refused', `relation ${index + 1} was left out: ${doubt}.`);
      continue;
    }
    relations.push({
      ...(isId(id) && { id }),
      ...{ name: `relation ${index + 1}`, place: here, label: fit.value.label },
      ...{ head: head.id, child: child.id, annotator: whose },
      attributes: attributesOf(row, relationFields),
    });
  }
  return relations;
}

/**
 * The span that a relation begins or ends at: by its id, by its range and label, or by its last token. Of several that are
 * alike the one of the relation's annotator is meant; otherwise it is in doubt.
 */
function endOf(
  row: JsonObject,
  key: 'head' | 'child',
  spans: readonly FoundSpan[],
  annotator: string | undefined,
): { readonly id: string; readonly doubt?: string } {
  const said = fieldOf(row, `${key}_span`);
  const token = fieldOf(row, key);
  const candidates = isObject(said)
    ? [
        spans.filter(({ idInFile }) => idInFile !== undefined && idInFile === said['id']),
        spans.filter((span) => isRange(span, said) && span.label === said['label']),
        spans.filter((span) => isRange(span, said)),
      ]
    : [spans.filter(({ lastToken }) => lastToken !== undefined && lastToken === token)];
  const found = candidates.find((some) => some.length > 0) ?? [];
  const own = found.length > 1 ? found.filter((span) => span.annotator === annotator) : found;
  const id = own[0]?.id ?? `token ${JSON.stringify(token)}`;
  if (found.length < 2 || own.length === 1) return { id };
  const which = isObject(said) ? `its "${key}_span"` : `its "${key}", token ${JSON.stringify(token)},`;
  return { id, doubt: `${which} fits ${found.length} spans, and it does not say which of them is meant` };
}

function isRange({ start, end }: OutsideSpan, said: JsonObject): boolean {
  return said['start'] === start && said['end'] === end;
}

function* listIn(
  object: JsonObject,
  key: 'spans' | 'relations',
  place: Place,
): Checked<Iterable<[number, JsonValue]>> {
  const list = fieldOf(object, key);
  if (list === undefined) return [];
  if (isList(list)) return list.entries();
  const message = `the "${key}" of this document are not a list, so it was kept without them.`;
  yield place.at(key).problem('refused', message);
  return [];
}

function attributesOf(row: JsonObject, known: readonly string[]): JsonObject {
  const nested = fieldOf(row, 'attributes');
  const others = unknownFields(row, isObject(nested) || nested === undefined ? known : known.slice(0, -1));
  return withFields(isObject(nested) ? nested : {}, others);
}

/** What the tokens say that a span covers, where some of them are not what the text says. */
function wordsOfTokens(
  { start, end }: Pick<OutsideSpan, 'start' | 'end'>,
  tokens: readonly FileToken[],
  strays: ReadonlySet<FileToken>,
): string | undefined {
  if (strays.size === 0) return undefined;
  const under = tokens.filter((token) => token.start < end && start < token.end);
  if (!under.some((token) => strays.has(token))) return undefined;
  const spaced = under.map((token, index) =>
    under[index + 1]?.start === token.end ? token.text : `${token.text} `,
  );
  return spaced.join('').trim();
}
