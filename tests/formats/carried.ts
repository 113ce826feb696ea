import { compareRelations } from '../../src/core/relation.ts';
import type { Scheme } from '../../src/core/scheme.ts';
import { compareSpans } from '../../src/core/span.ts';
import type { IncomingDocument, OutgoingDocument } from '../../src/core/transfer.ts';
import { document as anyDocument, documentLabels } from './arbitraries.ts';
import { schemeOf } from './reading.ts';

/** The scheme of the random documents. */
export const randomScheme: Scheme = {
  ...schemeOf('claim', 'denial', 'false_alarm', 'נאום', '__proto__'),
  documentLabels: documentLabels.map((value) => ({ id: value, value, name: value })),
};

/** What a lossless format carries of a document. */
export function carried({ document, text, spans, relations }: OutgoingDocument) {
  const { id, title, meta, status, labels, note } = document;
  return {
    ...{ id, title, text, meta, status },
    ...(labels && { labels }),
    ...(note !== undefined && { note }),
    spans: [...spans]
      .sort(compareSpans)
      .map(({ text: _, origin: __, createdAt: ___, updatedAt: ____, ...span }) => span),
    relations: [...relations].sort(compareRelations),
  };
}

/** The same of a document that was read. */
export function brought({ source: _, line: __, spans, relations, ...rest }: IncomingDocument) {
  const inOrder = [...spans].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
  return { ...rest, spans: inOrder, relations: [...relations].sort(compareRelations) };
}

/** A marked document with words: files of other tools bring no others in. */
export const filledDocument = anyDocument.filter(({ text }) => text.trim() !== '');
