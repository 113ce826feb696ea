import type { Attributes } from '../../core/span.ts';
import type { OutsideRelation, OutsideSpan } from '../reading/outside-document.ts';
import type { FileProblem } from '../../core/problem.ts';
import { partsBetween, valueIn } from './escapes.ts';
import { relationLayer, spanLayer } from './layers.ts';
import type { Layer, Row, TsvFile } from './tsv-rows.ts';

interface Annotation {
  readonly id: string;
  readonly layer: Layer;
  readonly number: number;
  readonly rows: Row[];
  readonly values: ReadonlyMap<string, string>;
}

export interface Marks {
  readonly spans: readonly OutsideSpan[];
  readonly relations: readonly OutsideRelation[];
  readonly problems: readonly FileProblem[];
}

/** The spans and relations of a file's rows. */
export function marksIn({ layers, rows, text }: TsvFile): Marks {
  const all = layers.filter(({ kind }) => kind === 'SP').flatMap((layer) => annotationsOf(layer, rows));
  const relations = layers.filter(({ kind }) => kind === 'RL').map((layer) => relationsOf(layer, rows, all));
  return {
    spans: all.map((annotation) => spanOf(annotation, text)),
    relations: relations.flatMap((said) => said.relations),
    problems: relations.flatMap((said) => said.problems),
  };
}

/** Those on several tokens have the same number at each. */
function annotationsOf(layer: Layer, rows: readonly Row[]): Annotation[] {
  const all: Annotation[] = [];
  const numbered = new Map<number, Annotation>();
  for (const row of rows)
    for (const { number, values } of stackAt(layer, row)) {
      const known = number > 0 ? numbered.get(number) : undefined;
      if (known) known.rows.push(row);
      else {
        const annotation = {
          id: `${layer.column}:${row.id}:${all.length}`,
          layer,
          number,
          rows: [row],
          values,
        };
        all.push(annotation);
        if (number > 0) numbered.set(number, annotation);
      }
    }
  return all;
}

/** What is said at a row in the columns of a layer: several where annotations are stacked. */
function stackAt(
  { features, column }: Layer,
  { cells }: Row,
): { readonly number: number; readonly values: ReadonlyMap<string, string> }[] {
  const columns = Array.from({ length: Math.max(1, features.length) }, (_, index) =>
    partsBetween(cells[column + index] ?? '_', '|'),
  );
  const height = columns.some(([first]) => first !== '_' && first !== '')
    ? Math.max(...columns.map((parts) => parts.length))
    : 0;
  return Array.from({ length: height }, (_, level) => {
    const said = columns.map((parts, index) =>
      isTarget(features, index) ? targetIn(parts[level] ?? '*') : valueIn(parts[level] ?? '*'),
    );
    const values = features.flatMap((feature, index) => {
      const value = said[index]!.value;
      return value === undefined || partAt(columns[index]!, level) === '_' ? [] : [[feature, value] as const];
    });
    return { number: Math.max(...said.map(({ number }) => number)), values: new Map(values) };
  });
}

/** Behind the role of a slot stands what fills it: the number there is that one’s, not the annotation’s own. */
function isTarget(features: readonly string[], index: number): boolean {
  return features[index - 1]?.startsWith('ROLE_') ?? false;
}

function targetIn(part: string): ReturnType<typeof valueIn> {
  return { ...valueIn(part), ...(part !== '*' && { value: part }), number: 0 };
}

function partAt(parts: readonly string[], level: number): string {
  return parts[level] ?? '*';
}

/** The feature that says what the annotation is: one with the name of such, or the first. */
function labelFeature({ features }: Layer): string | undefined {
  return ['label', 'value'].find((name) => features.includes(name)) ?? features[0];
}

function shortName({ name }: Layer): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** What an annotation says besides its label; of layers that are not ours, which one it is. */
function factsOf(
  layer: Layer,
  values: ReadonlyMap<string, string>,
): { label: string; annotator: string | undefined; note: string | undefined; attributes: Attributes } {
  const isOurs = [spanLayer, relationLayer].includes(layer.name);
  const feature = labelFeature(layer);
  const own = isOurs ? [feature, 'annotator', 'note'] : [feature];
  return {
    label: (feature === undefined ? undefined : values.get(feature)) ?? shortName(layer),
    annotator: isOurs ? values.get('annotator') : undefined,
    note: isOurs ? values.get('note') : undefined,
    attributes: Object.fromEntries([
      ...[...values].filter(([name]) => !own.includes(name)),
      ...(isOurs ? [] : [['layer', layer.name]]),
    ]) as Attributes,
  };
}

function spanOf({ id, layer, rows, values }: Annotation, text: string): OutsideSpan {
  const inOrder = rows.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const [start, end] = [inOrder[0]!.start, Math.max(...inOrder.map((row) => row.end))];
  return { id, start, end, quote: wordsOf(inOrder, text), ...factsOf(layer, values), place: rows[0]!.place };
}

/** The tokens’ words, with the white space that stands between them. */
function wordsOf(rows: readonly Row[], text: string): string {
  return rows
    .map(({ start, words }, index) => `${gapBetween(text, rows[index - 1]?.end ?? start, start)}${words}`)
    .join('');
}

/** A space where the text has other things there, as it does when the offsets are in another unit. */
function gapBetween(text: string, from: number, to: number): string {
  const gap = text.slice(from, to);
  return /^[\s\p{White_Space}]*$/u.test(gap) ? gap : ' ';
}

function relationsOf(
  layer: Layer,
  rows: readonly Row[],
  all: readonly Annotation[],
): { relations: OutsideRelation[]; problems: FileProblem[] } {
  const relations: OutsideRelation[] = [];
  const problems: FileProblem[] = [];
  const ends = all.filter(({ layer: { name } }) => layer.base === undefined || name === layer.base);
  for (const row of rows) {
    const sources = partsBetween(row.cells[layer.column + layer.features.length] ?? '_', '|');
    const stack = stackAt(layer, row);
    for (const [index, source] of sources.entries()) {
      if (source === '_' || source === '*' || source === '') continue;
      const parts = /^(\d+-\d+(?:\.\d+)?)(?:\[(\d+)_(\d+)\])?$/.exec(source);
      const head = parts && endAt(ends, parts[1]!, Number(parts[2] ?? 0));
      const child = parts && endAt(ends, row.id, Number(parts[3] ?? 0));
      const { label, annotator, note, attributes } = factsOf(layer, stack[index]?.values ?? new Map());
      if (!head || !child) {
        const end = head ? row.id : source;
        const fault = `the relation “${label}” was left out: at ${end} stands no mark of ${layer.base ?? 'any layer'}.`;
        problems.push(row.place.problem('refused', fault));
        continue;
      }
      relations.push({
        ...{ head: head.id, child: child.id, label, annotator, place: row.place },
        attributes: { ...attributes, ...(note !== undefined && { note }) },
      });
    }
  }
  return { relations, problems };
}

/** The annotation with this number, or the one at the row; one that begins there before others. */
function endAt(ends: readonly Annotation[], id: string, number: number): Annotation | undefined {
  const there = ends.filter(({ rows }) => rows.some((row) => row.id === id));
  if (number > 0) return there.find((annotation) => annotation.number === number);
  return there.find(({ rows }) => rows[0]!.id === id) ?? there[0];
}
