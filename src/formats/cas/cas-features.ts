import type { Scheme } from '../../core/scheme.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import { writtenLabels } from '../native/native-document.ts';
import { relationsInFile, spansInFile, type RelationInFile, type SpanInFile } from '../writing/marks.ts';

export type Features = Readonly<Record<string, string>>;

/** A document as feature structures: what is said of it, its spans, its relations. Offsets in UTF-16 units. */
export interface CasParts {
  readonly document: Features;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly features: Features }[];
  readonly relations: readonly {
    readonly source: number;
    readonly target: number;
    readonly features: Features;
  }[];
}

/** The parts of a document; `source` and `target` of a relation are indices of spans. */
export function casParts(outgoing: OutgoingDocument, scheme: Scheme): CasParts {
  const { id, title, status, note, meta } = outgoing.document;
  const labels = writtenLabels(outgoing.document, scheme);
  const spans = spansInFile(outgoing, scheme, 'utf16');
  const indices = new Map(spans.map((span, index) => [span.id, index]));
  return {
    document: {
      ...{ identifier: id, title, status },
      ...(labels.length > 0 && { labels: JSON.stringify(labels) }),
      ...(note !== undefined && { note }),
      ...(Object.keys(meta).length > 0 && { meta: JSON.stringify(meta) }),
    },
    spans: spans.map((span) => ({
      ...{ start: span.start, end: span.end },
      features: { ...featuresOf(span), ...(span.note !== undefined && { note: span.note }) },
    })),
    relations: relationsInFile(outgoing, scheme).map((relation) => ({
      ...{ source: indices.get(relation.head)!, target: indices.get(relation.child)! },
      features: featuresOf(relation),
    })),
  };
}

function featuresOf({ id, label, annotator, attributes }: SpanInFile | RelationInFile): Features {
  const hasAttributes = Object.keys(attributes).length > 0;
  return {
    identifier: id,
    label,
    annotator,
    ...(hasAttributes && { attributes: JSON.stringify(attributes) }),
  };
}
