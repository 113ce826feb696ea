import type { KeptDocument } from '../../core/backup/records.ts';
import { noCounts } from '../../core/document.ts';
import type { Relation } from '../../core/relation.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { Span } from '../../core/span.ts';
import { hashText } from '../../core/text.ts';
import { writtenDocument } from '../native/native-document.ts';
import type { JsonObject } from '../reading/json-value.ts';
import { isInsidePair } from '../units.ts';
import { documentFitting } from './record-shape.ts';

/** A document with all that is marked on it. */
export interface MarkedDocument extends KeptDocument {
  readonly spans: readonly Span[];
  readonly relations: readonly Relation[];
}

/**
 * A document as training data has it, with what only a backup keeps behind. Spans whose words do not stand at their place
 * cannot be written so; they are in the history as they are, and are counted here.
 */
export function documentLine(
  { document, text, lineKinds, spans, relations }: MarkedDocument,
  scheme: Scheme,
): { readonly value: JsonObject; readonly unsound: number } {
  const sound = spans.filter((span) => isSound(span, text));
  const { projectId, order, labels, importId, deleted, source } = document;
  const outgoing = { document: { ...document, counts: noCounts }, text, spans: sound, relations };
  const value = {
    ...writtenDocument(outgoing, { scheme, unit: 'codepoint' }),
    source: { ...source },
    ...(lineKinds && { layout: lineKinds.map((one) => ({ ...one })) }),
    record: {
      projectId,
      order,
      ...(labels && { labels }),
      ...(importId !== undefined && { importId }),
      ...(deleted && { deleted }),
    },
  };
  return { value, unsound: spans.length - sound.length };
}

/** Whether a text is as every text here is: otherwise offsets would not mean on screen what they mean in it. */
function isCanonical(text: string): boolean {
  return text.isWellFormed() && !text.includes('\r');
}

/** Whether a span's words stand at its place in the text. */
export function isSound({ start, end, text: words }: Span, text: string): boolean {
  const isPlace =
    Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= text.length;
  return (
    isPlace && !isInsidePair(text, start) && !isInsidePair(text, end) && text.slice(start, end) === words
  );
}

/** The document of a line, without what is marked on it; `undefined` when it makes no sense. */
export function documentOf(value: JsonObject): KeptDocument | undefined {
  const fit = documentFitting(value);
  if (!fit || fit.text_sha256 !== hashText(fit.text) || !isCanonical(fit.text)) return undefined;
  const { id, title, text, meta, status, note, source, layout, record } = fit;
  return {
    document: {
      id,
      projectId: record.projectId,
      title,
      length: text.length,
      hash: fit.text_sha256,
      source,
      meta,
      status,
      ...(record.labels && { labels: record.labels }),
      ...(note !== undefined && { note }),
      order: record.order,
      ...(record.importId !== undefined && { importId: record.importId }),
      ...(record.deleted && { deleted: record.deleted }),
    },
    text,
    ...(layout && { lineKinds: layout }),
  };
}
