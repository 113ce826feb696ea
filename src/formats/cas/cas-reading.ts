import { statuses } from '../../core/document.ts';
import type { Reading } from '../../core/transfer.ts';
import type { ReadContext } from '../format.ts';
import { parseJson } from '../reading/json-syntax.ts';
import { isList, isObject, withFields, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import {
  outsideDocument,
  type OutsideDocument,
  type OutsideRelation,
  type OutsideSpan,
} from '../reading/outside-document.ts';
import type { Place } from '../reading/place.ts';
import {
  anchorOf,
  countStructures,
  featuresIn,
  referenceOf,
  structuresIn,
  textOf,
  type Structure,
} from './cas-file.ts';
import { casTypes } from './cas-types.ts';

type Structures = ReadonlyMap<number, Structure>;

const ends = [
  ['source', 'target'],
  ['Governor', 'Dependent'],
] as const;
const notSpans = /(^|\.)(Token|Sentence|DocumentMetaData|DocumentAnnotation|TagsetDescription)$/;
const labelFeatures = ['label', 'value', 'kind'];

/** Reads a CAS: every view with a text is a document. */
export function* readCas(root: JsonObject, place: Place, context: ReadContext): Generator<Reading> {
  const structures = structuresIn(root);
  const sofas = [...structures.values()].filter(({ type }) => type === 'uima.cas.Sofa');
  if (sofas.length === 0)
    yield {
      kind: 'problem',
      problem: place.problem('refused', 'nothing could be read from this file: this CAS has no text.'),
    };
  const nameless = countStructures(root) - structures.size;
  if (nameless > 0) {
    const message = `${nameless} feature structures were left out: they have no id of their own or no type.`;
    yield { kind: 'problem', problem: place.at('%FEATURE_STRUCTURES').problem('refused', message) };
  }
  const left = new Set(structures.values());
  for (const structure of structures.values())
    if (isPlainArray(structure) || structure.type === 'uima.cas.Sofa') left.delete(structure);
  for (const sofa of sofas) {
    const here = place.at(...sofa.path);
    const text = textOf(sofa, 'sofaString');
    if (text === undefined) {
      const message = `the view “${textOf(sofa, 'sofaID') ?? sofa.id}” was left out: its text is not in this file.`;
      yield { kind: 'problem', problem: here.problem('refused', message) };
      continue;
    }
    const document = documentOf(sofa, text, structures, left, place, membersOf(root, sofa));
    const name = sofas.length > 1 ? textOf(sofa, 'sofaID') : undefined;
    yield* outsideDocument(named(document, place.file, name), here, context, 'utf16');
  }
  yield* leftOut(left, place);
}

/** What is no span and no relation, in one problem. */
function* leftOut(left: ReadonlySet<Structure>, place: Place): Generator<Reading> {
  const counts = new Map<string, number>();
  for (const { type } of left) counts.set(type, (counts.get(type) ?? 0) + 1);
  if (counts.size === 0) return;
  const list = [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
  const message = `what is no span and no relation between two was left out: ${list}.`;
  yield { kind: 'problem', problem: place.problem('skipped', message) };
}

function documentOf(
  sofa: Structure,
  text: string,
  structures: Structures,
  left: Set<Structure>,
  place: Place,
  members: ReadonlySet<number>,
): OutsideDocument {
  const spans: OutsideSpan[] = [];
  const relations: OutsideRelation[] = [];
  let facts: Partial<OutsideDocument> = {};
  const idOf = (structure: Structure | undefined) =>
    structure && (textOf(structure, 'identifier') ?? String(structure.id));
  for (const structure of structures.values()) {
    const isHere = referenceOf(structure, 'sofa') === sofa.id || members.has(structure.id);
    if (!isHere || !left.has(structure)) continue;
    const here = place.at(...structure.path);
    const joined = endsOf(structure, structures);
    const [start, end] = [anchorOf(structure, 'begin'), anchorOf(structure, 'end')];
    if (structure.type === casTypes.document.name) facts = factsOf(structure);
    else if (joined) {
      const { features } = featuresIn(structure, structures, joined.keys);
      const [head, child] = [idOf(joined.source)!, idOf(joined.target)!];
      relations.push({ id: idOf(structure), head, child, ...marked(structure, features), place: here });
    } else if (start !== undefined && end !== undefined && !notSpans.test(structure.type)) {
      const { features, dangling } = featuresIn(structure, structures);
      const kept: [string, JsonValue][] = dangling.length > 0 ? [['references', dangling]] : [];
      const { note, ...mark } = marked(structure, [...features, ...kept]);
      spans.push({
        id: idOf(structure),
        start,
        end,
        ...mark,
        ...(note !== undefined && { note }),
        place: here,
      });
    } else {
      const title = textOf(structure, 'documentTitle');
      if (title !== undefined && facts.title === undefined) facts = { ...facts, title };
      continue;
    }
    left.delete(structure);
  }
  return { ...facts, text, spans, relations };
}

/** The label, annotator and attributes of a span or relation. What is not ours keeps its features and its type. */
function marked({ type }: Structure, features: readonly [string, JsonValue][]) {
  const fields = new Map(features);
  const taken = (key: string) => {
    const value = fields.get(key);
    if (typeof value !== 'string') return undefined;
    fields.delete(key);
    return value;
  };
  if (type === casTypes.span.name || type === casTypes.relation.name) {
    const label = taken('label') ?? '';
    taken('identifier');
    const annotator = taken('annotator');
    const note = type === casTypes.span.name ? taken('note') : undefined;
    const attributes = objectIn(fields.get('attributes'));
    if (attributes) fields.delete('attributes');
    return { label, annotator, note, attributes: withFields(attributes ?? {}, [...fields]) };
  }
  const texts = features.filter(([, value]) => typeof value === 'string' && value !== '').map(([key]) => key);
  const key = labelFeatures.find((one) => texts.includes(one)) ?? (texts.length === 1 ? texts[0] : undefined);
  const label = (key === undefined ? undefined : taken(key)) ?? type.replace(/^.*\./, '');
  return {
    label,
    annotator: undefined,
    note: undefined,
    attributes: withFields({}, [['type', type], ...fields]),
  };
}

/** What a relation joins: two annotations of the text. */
function endsOf(structure: Structure, structures: Structures) {
  for (const [from, to] of ends) {
    const [source, target] = [from, to].map((key) => structures.get(referenceOf(structure, key) ?? 0));
    if (
      source &&
      target &&
      anchorOf(source, 'begin') !== undefined &&
      anchorOf(target, 'begin') !== undefined
    )
      return { source, target, keys: [`@${from}`, `@${to}`] };
  }
  return undefined;
}

function factsOf(structure: Structure): Partial<OutsideDocument> {
  const [id, title, note] = ['identifier', 'title', 'note'].map((key) => textOf(structure, key));
  const status = statuses.find((known) => known === structure.object['status']);
  const [labels, meta] = ['labels', 'meta'].map((key) => parsed(structure.object[key]));
  const known: readonly string[] = casTypes.document.features;
  const others = featuresIn(structure, new Map()).features.filter(([key]) => !known.includes(key));
  return {
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    ...(note !== undefined && { note }),
    ...(status && { status }),
    ...(isList(labels) && { labels: labels.map(String) }),
    meta: withFields(isObject(meta) ? meta : {}, others),
  };
}

function named(document: OutsideDocument, file: string, view: string | undefined): OutsideDocument {
  if (document.title !== undefined) return document;
  const name = file.replace(/^.*\//, '').replace(/\.json$/i, '');
  return { ...document, title: view === undefined ? name : `${name} (${view})` };
}

function membersOf(root: JsonObject, sofa: Structure): ReadonlySet<number> {
  const views = root['%VIEWS'];
  const view = isObject(views)
    ? Object.values(views).find((one) => isObject(one) && one['%SOFA'] === sofa.id)
    : undefined;
  const members = isObject(view) ? view['%MEMBERS'] : undefined;
  return new Set(isList(members) ? members.filter((one) => typeof one === 'number') : []);
}

function isPlainArray({ type, object }: Structure): boolean {
  return isList(object['%ELEMENTS']) && !type.endsWith('FSArray');
}

function parsed(value: JsonValue | undefined): JsonValue | undefined {
  const result = typeof value === 'string' ? parseJson(value) : undefined;
  return result && 'value' in result ? result.value : undefined;
}

function objectIn(value: JsonValue | undefined): JsonObject | undefined {
  const object = parsed(value);
  return isObject(object) ? object : undefined;
}
