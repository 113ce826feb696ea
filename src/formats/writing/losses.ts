import type { OutgoingDocument } from '../../core/transfer.ts';
import type { Loss } from '../format.ts';

/** What of a document a format can hold besides text, spans and labels. */
export interface Holds {
  readonly relations?: boolean;
  readonly relationAttributes?: boolean;
  readonly attributes?: boolean;
  readonly notes?: boolean;
  readonly annotators?: boolean;
  readonly meta?: boolean;
  readonly status?: boolean;
  readonly documentLabels?: boolean;
  readonly documentNote?: boolean;
}

export function loss(count: number, what: string): Loss {
  return { kind: 'loss', what, count };
}

/** What of a document goes in a format that holds no more than this. Only what there is. */
export function lossesOf(document: OutgoingDocument, holds: Holds): Loss[] {
  const { spans, relations, document: facts } = document;
  const hasAttributes = ({ attributes }: { readonly attributes: object }) =>
    Object.keys(attributes).length > 0;
  const counts: readonly (readonly [keyof Holds, number, string])[] = [
    ['relations', relations.length, 'relations'],
    [
      'relationAttributes',
      holds.relations ? relations.filter(hasAttributes).length : 0,
      'relations’ attributes',
    ],
    ['attributes', spans.filter(hasAttributes).length, 'spans’ attributes'],
    ['notes', spans.filter(({ note }) => note !== undefined).length, 'notes on spans'],
    ['annotators', spans.length > 0 ? 1 : 0, 'documents’ annotators'],
    ['meta', Object.keys(facts.meta).length > 0 ? 1 : 0, 'documents’ metadata'],
    ['status', 1, 'documents’ status'],
    ['documentLabels', facts.labels?.length ? 1 : 0, 'documents’ labels'],
    ['documentNote', facts.note === undefined ? 0 : 1, 'documents’ notes'],
  ];
  return counts.flatMap(([part, count, what]) => (holds[part] || count === 0 ? [] : [loss(count, what)]));
}
