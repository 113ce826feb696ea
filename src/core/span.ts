import type { Range } from './offset.ts';

/** A value of an attribute, as it stands in a file: text, lists of text, numbers, or whatever else JSON holds. */
export type AttributeValue =
  string | number | boolean | null | readonly AttributeValue[] | { readonly [key: string]: AttributeValue };
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A labelled range by one annotator. Spans may touch, nest, overlap and coincide. */
export interface Span extends Range {
  readonly id: string;
  /** The label's id, so that renaming a label touches no span. */
  readonly label: string;
  readonly annotator: string;
  /** The covered text, kept beside the offsets so that each can vouch for the other. */
  readonly text: string;
  readonly attributes: Attributes;
  readonly note?: string;
  readonly origin: 'hand' | 'file';
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The order of files and lists: by start, then longest first, then id. */
export function compareSpans(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Touching spans do not overlap. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether two spans say the same: the same range and label by the same annotator. */
export function isSameMark(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.label === b.label && a.annotator === b.annotator;
}
