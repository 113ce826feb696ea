import type { JsonValue } from '../reading/json-value.ts';
import type { OutsideDocument, OutsideRelation, OutsideSpan } from '../reading/outside-document.ts';
import type { Place } from '../reading/place.ts';
import { factsOf, marked } from './cas-facts.ts';
import { anchorOf, featuresIn, referenceOf, textOf, type Structure } from './cas-file.ts';
import { casTypes } from './cas-types.ts';

type Structures = ReadonlyMap<number, Structure>;

const ends = [
  ['source', 'target'],
  ['Governor', 'Dependent'],
] as const;
const notSpans = /(^|\.)(Token|Sentence|DocumentMetaData|DocumentAnnotation|TagsetDescription)$/;

/** The document of one text; what becomes a part of it is no longer in `left`. */
export function documentOf(
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
  // With others an identifier is what the words stand for, and the same for all that name it.
  const ours: readonly string[] = [casTypes.span.name, casTypes.relation.name];
  const isOurs = ({ type }: Structure) => ours.includes(type);
  const idOf = (structure: Structure | undefined) =>
    structure && ((isOurs(structure) ? textOf(structure, 'identifier') : undefined) ?? String(structure.id));
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
