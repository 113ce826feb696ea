import type { Scheme } from '../../../core/scheme.ts';
import { attributesOf, missingAttributes, saidUnder, textsOf } from '../../../core/schemes/attribute.ts';
import type { Span } from '../../../core/span.ts';

/** What a line has room for of all that is said of a span. */
export interface SpanFacts {
  /** What the first attribute for names says, such as the speakers. */
  readonly names: string;
  readonly hasNote: boolean;
  /** The names of required attributes that say nothing. */
  readonly missing: string;
}

export function factsOf(scheme: Scheme, span: Span): SpanFacts {
  const first = attributesOf(scheme, span.label).find(({ type }) => type === 'text');
  return {
    names: first ? textsOf(saidUnder(span.attributes, first.value)).join(', ') : '',
    hasNote: span.note !== undefined,
    missing: missingAttributes(scheme, span)
      .map(({ name }) => name)
      .join(', '),
  };
}
