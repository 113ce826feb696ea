import type { Reading } from '../../core/transfer.ts';
import type { Path } from '../reading/json-syntax.ts';
import { isList, isObject, type JsonObject, type JsonValue } from '../reading/json-value.ts';
import type { Place } from '../reading/place.ts';
import { isAnnotation, readAnnotation, readRelation } from './annotations.ts';
import { isResource, type Source } from './sources.ts';

/** Sorts the items of a file by the source that they are about. */
export function* gather(root: JsonValue, place: Place, sources: Map<string, Source>): Generator<Reading> {
  const owners = new Map<string, Source[]>();
  const links: [JsonObject, Place][] = [];
  const { items, path, problem } = itemsIn(root);
  const sourceOf = (iri: string, at: Place): Source => {
    const source = sources.get(iri) ?? { iri, marks: [], relations: [], place: at };
    sources.set(iri, source);
    return source;
  };
  if (problem !== undefined) yield { kind: 'problem', problem: place.problem('refused', problem) };
  for (const [index, item] of items.entries()) {
    const here = place.at(...path, index);
    if (isResource(item) && !isAnnotation(item)) {
      const source = sourceOf(String(item['id']), here);
      if (source.resource) {
        const message = `this text was left out: another one has the same id “${source.iri}”.`;
        yield { kind: 'problem', problem: here.problem('refused', message) };
      }
      source.resource ??= item;
      continue;
    }
    if (!isAnnotation(item)) {
      const message = `item ${index + 1} was left out: it is neither an annotation nor a text.`;
      yield { kind: 'problem', problem: here.problem('refused', message) };
      continue;
    }
    const annotation = readAnnotation(item, here);
    if (readRelation(annotation, item)) {
      links.push([item, here]);
      continue;
    }
    if (annotation.targets.length === 0)
      yield {
        kind: 'problem',
        problem: here.problem('refused', 'this annotation was left out: it has no target.'),
      };
    for (const target of annotation.targets) {
      const source = sourceOf(target.source, here);
      if (isResource(target.resource)) source.resource ??= target.resource;
      source.marks.push({ ...target, annotation });
      if (annotation.id === undefined) continue;
      const known = owners.get(annotation.id) ?? [];
      if (!known.includes(source)) owners.set(annotation.id, [...known, source]);
    }
  }
  for (const [item, here] of links) yield* link(item, here, owners);
}

function* link(
  item: JsonObject,
  place: Place,
  owners: ReadonlyMap<string, readonly Source[]>,
): Generator<Reading> {
  const relation = readRelation(readAnnotation(item, place), item)!;
  const known = (id: string) => [id, id.replace(/^#/, ''), `#${id}`].find((one) => owners.has(one)) ?? id;
  const [head, child] = [known(relation.head), known(relation.child)];
  const [heads, children] = [owners.get(head) ?? [], owners.get(child) ?? []];
  const both = heads.filter((source) => children.includes(source));
  const owner = both[0] ?? heads[0] ?? children[0];
  if (owner && both.length < 2) return owner.relations.push({ ...relation, head, child });
  const message = owner
    ? 'this link was left out: annotations of several texts have the ids of what it joins.'
    : 'this link was left out: what it joins are no annotations of this file.';
  yield { kind: 'problem', problem: place.problem('refused', message) };
}

/** The annotations of a root, and the way to them. */
function itemsIn(root: JsonValue): { items: readonly JsonValue[]; path: Path; problem?: string } {
  if (isList(root)) return { items: root, path: [] };
  if (isAnnotation(root)) return { items: [root], path: [] };
  const first = isObject(root) ? root['first'] : undefined;
  const [page, path] = isObject(first) ? [first, ['first', 'items']] : [root, ['items']];
  if (!isObject(page) || !isList(page['items']))
    return {
      items: [],
      path,
      problem: 'nothing could be read from this file: it has no list of annotations.',
    };
  const { items, next } = page;
  if (next === undefined) return { items, path };
  return { items, path, problem: 'this is one page of several; the next pages have to be imported as well.' };
}

/** Annotations that do not name their source are about the only text that there is. */
export function joinStray(sources: Map<string, Source>): void {
  const stray = sources.get('');
  const texts = [...sources.values()].filter(({ resource }) => resource);
  if (!stray || stray.resource || texts.length !== 1) return;
  texts[0]!.marks.push(...stray.marks);
  texts[0]!.relations.push(...stray.relations);
  sources.delete('');
}
