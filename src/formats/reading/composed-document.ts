import type { Meta } from '../../core/document.ts';
import type { LineKinds } from '../../core/layout.ts';
import { fileProblem, type FileProblem } from '../../core/problem.ts';
import { canonicalText, leadingDate } from '../../core/text.ts';
import type { IncomingDocument, Reading } from '../../core/transfer.ts';

/** What a file of words comes to. */
export interface Composed {
  /** Without line breaks; the name of the file where it is empty. */
  readonly title?: string | undefined;
  readonly text: string;
  readonly lineKinds?: LineKinds;
  readonly meta?: Meta;
  readonly problems?: readonly FileProblem[];
}

/** A document with nothing marked, after what is to be told of it; a file without words is a problem. */
export function* composedDocument(file: string, composed: Composed): Generator<Reading> {
  const { title, lineKinds = [], meta = {}, problems = [] } = composed;
  for (const problem of problems) yield { kind: 'problem', problem };
  const { text, source } = canonicalText(composed.text);
  if (text.trim() === '') {
    yield { kind: 'problem', problem: fileProblem('refused', file, 'this file has no text.') };
    return;
  }
  const date = leadingDate(text);
  const document: IncomingDocument = {
    title: title?.replace(/\s+/gu, ' ').trim() || file,
    text,
    source: { file, ...source },
    meta: { ...(date !== undefined && { date }), ...meta },
    ...(lineKinds.length > 0 && { lineKinds }),
    spans: [],
    relations: [],
  };
  yield { kind: 'document', document };
}

/** "3 comments, 1 footnote", without what there is none of; empty when there is nothing. */
export function enumerated(counts: readonly (readonly [count: number, one: string, many: string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
    .join(', ');
}
