import { fileProblem } from '../core/problem.ts';
import type { OutgoingDocument, Reading } from '../core/transfer.ts';
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
import { lineFinder, parseJson, type Path } from './reading/json-syntax.ts';
import { isList, isObject, type JsonObject, type JsonValue } from './reading/json-value.ts';
import { outsideDocument } from './reading/outside-document.ts';
import { placeInTree, type Place } from './reading/place.ts';
import { wholeText, withoutByteOrderMark } from './reading/source-text.ts';
import { UnitProof } from './reading/unit-proof.ts';
import { isAnnotation, readAnnotation, readRelation } from './web-annotation/annotations.ts';
import { documentOf, isResource, type Source } from './web-annotation/sources.ts';
import { context, itemsOf } from './web-annotation/writing.ts';

/**
 * The Web Annotation Data Model of the W3C, as one page. The model leaves the texts where they are; ours stand among the
 * items, each before its annotations, as resources of the type `Text` whose `value` is the text.
 */
export const webAnnotation: Format = {
  name: 'Web Annotation',
  extensions: ['jsonld', 'json'],
  mediaType: 'application/ld+json',
  recognise,
  companions: (name) => [name.replace(/(\.[^./]*)?$/, '.txt')],
  units: ['codepoint', 'utf16'],
  read,
  write,
  losses: [
    'The names, keys, colours and guidelines of the labels are not in the file, only their machine names.',
    'What attributes, relation types and document labels the scheme has is not in the file, only what the spans and documents have of them.',
    'The history is not in the file: when a span was made or changed, and what could be undone.',
    'Where the texts came from is not in the file.',
  ],
};

function recognise({ extension, text }: Opening): Certainty {
  const start = text.trimStart();
  if (!/^[[{]/.test(start) || /"(offset_unit|text_sha256)"\s*:/.test(start)) return certainty.no;
  if (/"@context"\s*:\s*(\[\s*)?"https?:\/\/www\.w3\.org\/ns\/anno\.jsonld"/.test(start))
    return certainty.bySignature;
  const isShaped =
    /"type"\s*:\s*"Annotation(Page|Collection)?"/.test(start) && /"(target|items|first)"\s*:/.test(start);
  if (isShaped) return certainty.byShape;
  return extension === 'jsonld' ? certainty.byExtension : certainty.no;
}

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const whole = await wholeText(file);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  const parsed = parseJson(whole.text);
  if ('fault' in parsed) {
    const { line, column, reason } = parsed.fault;
    const message = `nothing could be read from this file, which is not JSON: at line ${line}, column ${column} ${reason}.`;
    return yield { kind: 'problem', problem: fileProblem('refused', file.name, message, line) };
  }
  const place = placeInTree(file.name, lineFinder(whole.text));
  const sources = new Map<string, Source>();
  yield* gather(parsed.value, place, sources);
  yield* joinStray(sources);
  yield* await companionText(sources, context);
  for (const source of sources.values()) yield* readSource(source, context, place);
}

/** Sorts the items of a file by the source that they are about. */
function* gather(root: JsonValue, place: Place, sources: Map<string, Source>): Generator<Reading> {
  const owners = new Map<string, Source>();
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
      sourceOf(String(item['id']), here).resource ??= item;
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
      if (annotation.id !== undefined) owners.set(annotation.id, source);
    }
  }
  for (const [item, here] of links) yield* link(item, here, owners);
}

function* link(item: JsonObject, place: Place, owners: ReadonlyMap<string, Source>): Generator<Reading> {
  const relation = readRelation(readAnnotation(item, place), item)!;
  const known = (id: string) => [id, id.replace(/^#/, ''), `#${id}`].find((one) => owners.has(one)) ?? id;
  const [head, child] = [known(relation.head), known(relation.child)];
  const owner = owners.get(head) ?? owners.get(child);
  if (owner) return owner.relations.push({ ...relation, head, child });
  const message = 'this link was left out: what it joins are no annotations of this file.';
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
function* joinStray(sources: Map<string, Source>): Generator<Reading> {
  const stray = sources.get('');
  const texts = [...sources.values()].filter(({ resource }) => resource);
  if (!stray || stray.resource || texts.length !== 1) return;
  texts[0]!.marks.push(...stray.marks);
  texts[0]!.relations.push(...stray.relations);
  sources.delete('');
}

/** The text file of the same name, which is the text of the one source that has none. */
async function* companionTexts(
  sources: Map<string, Source>,
  { companions }: ReadContext,
): AsyncGenerator<Reading> {
  const [companion] = companions.values();
  if (!companion) return;
  const bare = [...sources.values()].filter(({ resource }) => !resource);
  if (bare.length !== 1) {
    const message =
      'this text was left out: it could not be told which annotations of the file beside it are about it.';
    return yield { kind: 'problem', problem: fileProblem('skipped', companion.name, message) };
  }
  const whole = await wholeText(companion);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  bare[0]!.resource = { id: bare[0]!.iri, label: companion.name, value: withoutByteOrderMark(whole.text) };
}

async function companionText(sources: Map<string, Source>, context: ReadContext): Promise<Reading[]> {
  const all: Reading[] = [];
  for await (const reading of companionTexts(sources, context)) all.push(reading);
  return all;
}

function* readSource(source: Source, { options, proof }: ReadContext, file: Place): Generator<Reading> {
  const place = source.place ?? file;
  if (!source.resource) {
    const message = `${source.marks.length} annotations of “${source.iri}” were left out: this file does not have its text. Put the text beside it under the same name with .txt, and import both together.`;
    return yield { kind: 'problem', problem: place.problem('refused', message) };
  }
  const { document, problems, proving } = documentOf(source, options.unit ?? 'codepoint');
  for (const problem of problems) yield { kind: 'problem', problem };
  // Places that were found by their words say nothing about the unit that the file counts in.
  proof.weigh(document.text, proving);
  yield* outsideDocument(document, place, { options, proof: new UnitProof(['codepoint']) }, 'codepoint');
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme }: WriteOptions,
): AsyncGenerator<string> {
  yield `{"@context":${JSON.stringify(context)},"type":"AnnotationPage","items":[`;
  let isFirst = true;
  for await (const document of documents)
    for (const item of itemsOf(document, scheme)) {
      yield `${isFirst ? '' : ','}\n${oneLine(JSON.stringify(item))}`;
      isFirst = false;
    }
  yield '\n]}\n';
}
