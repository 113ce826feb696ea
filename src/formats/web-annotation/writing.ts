import { compareSpans } from '../../core/span.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import { writtenLabels } from '../native/native-document.ts';
import type { JsonObject, JsonValue } from '../reading/json-value.ts';
import { relationsInFile, spansInFile } from '../writing/marks.ts';
import { attributeBodies, noteBody, tagBody } from './bodies.ts';
import { iriOf, type Iris } from './iri.ts';
import { selectorsOf } from './selectors.ts';

/** The terms of the model, and what ours beside them mean. */
export const pageContext: JsonValue = [
  'http://www.w3.org/ns/anno.jsonld',
  {
    '@version': 1.1,
    status: 'urn:locution:status',
    meta: { '@id': 'urn:locution:meta', '@type': '@json' },
  },
];

/** A document as items of a page: its text, what is said of the whole of it, its spans, its relations. */
export function* itemsOf(outgoing: OutgoingDocument, scheme: Scheme, iris: Iris): Generator<JsonObject> {
  const { document, text } = outgoing;
  const source = iriOf(document.id);
  const { title, status, meta } = document;
  const hasMeta = Object.keys(meta).length > 0;
  yield {
    id: source,
    type: 'Text',
    format: 'text/plain',
    label: title,
    status,
    ...(hasMeta && { meta }),
    value: text,
  };
  yield* aboutWhole(outgoing, source, scheme);
  const iriIn = iris.of(
    document.id,
    [...outgoing.spans, ...outgoing.relations].map(({ id }) => id),
  );
  const inOrder = [...outgoing.spans].sort(compareSpans);
  for (const [index, span] of spansInFile(outgoing, scheme, 'codepoint').entries()) {
    const { id, label, annotator, note, attributes } = span;
    const selector = selectorsOf(text, inOrder[index]!, span);
    yield {
      ...{ id: iriIn.get(id)!, type: 'Annotation', motivation: 'classifying', creator: person(annotator) },
      body: [tagBody(label), ...(note === undefined ? [] : [noteBody(note)]), ...attributeBodies(attributes)],
      target: { source, selector },
    };
  }
  for (const { id, head, child, label, annotator, attributes } of relationsInFile(outgoing, scheme))
    yield {
      ...{ id: iriIn.get(id)!, type: 'Annotation', motivation: 'linking', creator: person(annotator) },
      body: [tagBody(label), ...attributeBodies(attributes)],
      target: [{ id: iriIn.get(head) ?? iriOf(head) }, { id: iriIn.get(child) ?? iriOf(child) }],
    };
}

function* aboutWhole({ document }: OutgoingDocument, source: string, scheme: Scheme): Generator<JsonObject> {
  const { note } = document;
  const body = [
    ...writtenLabels(document, scheme).map(tagBody),
    ...(note === undefined ? [] : [noteBody(note)]),
  ];
  if (body.length > 0)
    yield { id: `${source}#about`, type: 'Annotation', motivation: 'describing', body, target: source };
}

function person(name: string): JsonObject {
  return { type: 'Person', name };
}
