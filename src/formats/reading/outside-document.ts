import { v7 as newId } from 'uuid';
import { unnamedAnnotator } from '../../core/annotator.ts';
import { titleFrom, type Meta, type Status } from '../../core/document.ts';
import type { LineKinds } from '../../core/layout.ts';
import type { Range } from '../../core/offset.ts';
import type { Attributes } from '../../core/span.ts';
import type { IncomingDocument, IncomingRelation, IncomingSpan, Reading } from '../../core/transfer.ts';
import type { ReadContext } from '../format.ts';
import type { OffsetUnit } from '../units.ts';
import { bestAnchor } from './anchor.ts';
import { Passage } from './passage.ts';
import { readings, type Checked, type Place } from './place.ts';

/** A span as another tool's file has it: offsets in the file's unit over the file's text. */
export interface OutsideSpan {
  /** Unique in its document; relations refer to it. A new one is made when absent. */
  readonly id?: string | undefined;
  readonly start: number;
  readonly end: number;
  /** The words that it covers, where the file says so. */
  readonly quote?: string | undefined;
  /** The words around it, where the file says so. */
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  readonly label: string;
  readonly annotator?: string | undefined;
  readonly attributes?: Attributes;
  readonly note?: string | undefined;
  /** Where it stands, if not where the document does. */
  readonly place?: Place;
  /** What complaints call it, if not by its number among these: "span 3". */
  readonly name?: string;
}

export interface OutsideRelation {
  readonly id?: string | undefined;
  /** Ids of spans as the file has them. */
  readonly head: string;
  readonly child: string;
  readonly label: string;
  readonly annotator?: string | undefined;
  readonly attributes?: Attributes;
  readonly place?: Place;
  readonly name?: string;
}

/** A document as another tool's file has it. */
export interface OutsideDocument {
  readonly id?: string | undefined;
  /** Its beginning when absent. */
  readonly title?: string | undefined;
  /** Raw: with its own line breaks and byte order mark. */
  readonly text: string;
  readonly meta?: Meta;
  readonly status?: Status;
  readonly labels?: readonly string[];
  readonly note?: string;
  readonly lineKinds?: LineKinds;
  readonly spans?: readonly OutsideSpan[];
  readonly relations?: readonly OutsideRelation[];
}

/**
 * Places the marks of another tool's document on its canonical text. The document is yielded after what is wrong with it;
 * a span that does not fit is left out alone, and so is a relation that has lost one. `documented` is the format's unit.
 */
export function* outsideDocument(
  outside: OutsideDocument,
  place: Place,
  { options, proof }: Pick<ReadContext, 'options' | 'proof'>,
  documented: OffsetUnit,
): Generator<Reading> {
  proof.weigh(outside.text, outside.spans ?? []);
  const unit = options.unit ?? documented;
  const checked = checkOutside(outside, place, unit, options.reanchor ?? false);
  yield* readings(checked, (document) => [{ kind: 'document', document }]);
}

function* checkOutside(
  outside: OutsideDocument,
  place: Place,
  unit: OffsetUnit,
  mayMove: boolean,
): Checked<IncomingDocument | undefined> {
  const passage = new Passage(outside.text, unit);
  if (passage.text === '') {
    yield place.problem('refused', 'this document was left out: it has no text.');
    return undefined;
  }
  const spans = new Map<string, IncomingSpan>();
  for (const [index, span] of (outside.spans ?? []).entries()) {
    const placed = yield* placeSpan(
      span,
      span.name ?? `span ${index + 1}`,
      passage,
      spans,
      span.place ?? place,
      mayMove,
    );
    if (placed) spans.set(placed.id, placed);
  }
  const relations = new Map<string, IncomingRelation>();
  for (const [index, relation] of (outside.relations ?? []).entries()) {
    const joined = yield* joinRelation(
      relation,
      relation.name ?? `relation ${index + 1}`,
      spans,
      relations,
      relation.place ?? place,
    );
    if (joined) relations.set(joined.id, joined);
  }
  const { id, title, meta = {}, status, labels, note, lineKinds } = outside;
  return {
    ...(id !== undefined && id !== '' && id.length <= 200 && { id }),
    title: title !== undefined && title.trim() !== '' ? title : titleFrom(passage.text),
    text: passage.text,
    source: { file: place.file, ...passage.source },
    meta,
    ...(status && { status }),
    ...(labels?.length && { labels: [...new Set(labels)] }),
    ...(note !== undefined && note !== '' && { note }),
    ...(lineKinds?.length && { lineKinds }),
    spans: [...spans.values()],
    relations: [...relations.values()],
    ...(place.line !== undefined && { line: place.line }),
  };
}

function* placeSpan(
  span: OutsideSpan,
  name: string,
  passage: Passage,
  taken: ReadonlyMap<string, unknown>,
  place: Place,
  mayMove: boolean,
): Checked<IncomingSpan | undefined> {
  if (span.label.trim() === '') {
    yield place.problem('refused', `${name} was left out: it has no label.`);
    return undefined;
  }
  const range = yield* rangeOf(span, name, passage, place, mayMove);
  if (!range) return undefined;
  if (span.id !== undefined && taken.has(span.id))
    yield place.problem('adjusted', `${name} was given a new id: its id “${span.id}” stands here twice.`);
  const { annotator, attributes = {}, note } = span;
  return {
    id: span.id === undefined || span.id === '' || taken.has(span.id) ? newId() : span.id,
    ...range,
    label: span.label,
    annotator: annotator || unnamedAnnotator,
    attributes,
    ...(note !== undefined && note !== '' && { note }),
  };
}

function* rangeOf(
  span: OutsideSpan,
  name: string,
  passage: Passage,
  place: Place,
  mayMove: boolean,
): Checked<Range | undefined> {
  const fit = passage.range(span.start, span.end);
  const { quote } = span;
  if ('value' in fit && (quote === undefined || passage.isAbout(fit.value, quote))) return fit.value;
  const fault =
    'fault' in fit
      ? fit.fault
      : `its words are ${quoted(quote!)}, but at ${span.start}–${span.end} stands ${quoted(passage.text.slice(fit.value.start, fit.value.end))}`;
  const near = 'value' in fit ? fit.value.start : Math.min(span.start, passage.text.length);
  const anchor = quote === undefined ? undefined : bestAnchor(passage.text, { ...span, quote, near });
  if (!anchor) {
    yield place.problem('refused', `${name} (${span.label}) was left out: ${fault}.`);
    return undefined;
  }
  const there = `${quoted(passage.text.slice(anchor.start, anchor.end))}, likeness ${anchor.score.toFixed(2)}`;
  if (mayMove) {
    yield place.problem('adjusted', `${name} (${span.label}) was moved to ${there}: ${fault}.`);
    return { start: anchor.start, end: anchor.end };
  }
  yield {
    ...place.problem(
      'refused',
      `${name} (${span.label}) was left out: ${fault}. It could be moved to ${there}.`,
    ),
    canBeMoved: true,
  };
  return undefined;
}

function* joinRelation(
  relation: OutsideRelation,
  name: string,
  spans: ReadonlyMap<string, unknown>,
  taken: ReadonlyMap<string, unknown>,
  place: Place,
): Checked<IncomingRelation | undefined> {
  const { id, head, child, label, annotator, attributes = {} } = relation;
  const stray = [head, child].find((end) => !spans.has(end));
  if (stray !== undefined || label.trim() === '') {
    const fault =
      stray === undefined
        ? 'it has no label'
        : `“${stray}” is not a span of this document, or one that was left out`;
    yield place.problem('refused', `${name} was left out: ${fault}.`);
    return undefined;
  }
  return {
    id: id === undefined || id === '' || taken.has(id) ? newId() : id,
    head,
    child,
    label,
    annotator: annotator || unnamedAnnotator,
    attributes,
  };
}

/** Words in quotation marks, cut to what a sentence bears. */
export function quoted(text: string): string {
  const characters = [...text];
  return `“${characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text}”`;
}
