import { living, type Attribute, type Scheme } from '../scheme.ts';
import type { Span } from '../span.ts';
import { missingAttributes } from './attribute.ts';

/** A span with the required attributes that it lacks. */
export interface Lack {
  readonly span: Span;
  readonly missing: readonly Attribute[];
}

/** The spans that lack something, in their order. */
export function lacksIn(scheme: Scheme, spans: readonly Span[]): readonly Lack[] {
  if (!requiresAnything(scheme)) return [];
  return spans.flatMap((span) => {
    const missing = missingAttributes(scheme, span);
    return missing.length > 0 ? [{ span, missing }] : [];
  });
}

/** Whether the scheme has a required attribute at all. */
export function requiresAnything({ attributes }: Scheme): boolean {
  return living(attributes).some(({ required }) => required);
}
