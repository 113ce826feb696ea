import { shown } from '../../core/hidden/shown.ts';
import type { Span } from '../../core/span.ts';
import type { Workplace } from '../workplace.ts';

/** What the label of a span is called now. */
export function nameOf(place: Workplace, span: Span): string {
  return place.label(span.label).name;
}

/** "Denial: “denied it”", as a step is called that marks or removes it. */
export function quoted(place: Workplace, span: Span): string {
  return `${nameOf(place, span)}: “${shortened(span.text)}”`;
}

/** A quotation short enough for one line. */
export function shortened(text: string, length = 60): string {
  const line = shown(text).replace(/\s+/gu, ' ');
  const characters = [...line];
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
}
