import { noEdit, spanUpdate } from '../../core/change.ts';
import type { Attribute } from '../../core/scheme.ts';
import {
  attributesOf,
  isUnsaid,
  nextOption,
  saidUnder,
  textsOf,
  valuesOf,
  withoutText,
  withValue,
} from '../../core/schemes/attribute.ts';
import type { AttributeValue, Span } from '../../core/span.ts';
import { shortened } from './quoting.ts';
import type { OpenDocument } from '../documents/open-document.svelte.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

/** A note that is being written: not saved until it is kept, and kept wherever one goes. */
interface NoteDraft {
  readonly open: OpenDocument;
  readonly span: Span;
  readonly typed: string;
}

/** What an annotator says of a span besides its label: attributes and a note. Every verb is one step of undo. */
export class Describing {
  readonly #place: Workplace;
  readonly #recorder: Recorder;
  #draft = $state.raw<NoteDraft>();

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
  }

  /** The attributes that the span can have, by its label. */
  attributesOf({ label }: Span): readonly Attribute[] {
    return attributesOf(this.#place.project.scheme, label);
  }

  /** Says something of the span, or nothing any more when there is no value. */
  set(span: Span, attribute: Attribute, value: AttributeValue | undefined): void {
    const attributes = withValue(span.attributes, attribute.value, value);
    const words = textsOf(value).join(', ');
    this.#replace(
      span,
      { ...span, attributes },
      words === '' ? `Cleared ${attribute.name}` : `${attribute.name}: ${shortened(words)}`,
    );
  }

  /** Adds one more text to an attribute that holds several, or sets one that holds a single text. */
  add(span: Span, attribute: Attribute, typed: string): void {
    const text = typed.trim();
    if (text === '') return;
    const said = saidUnder(span.attributes, attribute.value);
    if (textsOf(said).includes(text)) return;
    this.set(span, attribute, attribute.several ? [...valuesOf(said), text] : text);
  }

  /** Forgets what a file has said under a name that the label does not ask for. */
  forget(span: Span, name: string): void {
    const { [name]: _, ...attributes } = span.attributes;
    this.#replace(span, { ...span, attributes }, `Cleared ${name}`);
  }

  drop(span: Span, attribute: Attribute, text: string): void {
    this.set(span, attribute, withoutText(saidUnder(span.attributes, attribute.value), text));
  }

  /** Turns an attribute of the focused span to its next option or the one before; between the last and the first is none. */
  turn(attribute: Attribute, direction: 1 | -1 = 1): void {
    const span = this.spanFor(attribute);
    if (!span) return;
    const now = saidUnder(span.attributes, attribute.value);
    if (attribute.type !== 'yes-no') return this.set(span, attribute, nextOption(attribute, now, direction));
    const answers = [undefined, true, false];
    const at = answers.indexOf(now === true || now === false ? now : undefined);
    this.set(span, attribute, answers[(at + direction + 3) % 3]);
  }

  /** Gives the focused span the texts of the nearest span before it that has some. */
  copyFromBefore(attribute: Attribute): void {
    const span = this.spanFor(attribute);
    const open = this.#place.open;
    if (!span || !open) return;
    const before = open.spans
      .slice(0, open.spans.indexOf(span))
      .findLast(({ attributes }) => !isUnsaid(saidUnder(attributes, attribute.value)));
    if (!before) return this.#say(`No span before this one has a ${attribute.name.toLowerCase()}.`);
    this.set(span, attribute, saidUnder(before.attributes, attribute.value));
  }

  /** Gives the focused span the speaker of the span before it. */
  copySpeaker(): void {
    const { scheme } = this.#place.project;
    const speaker = scheme.attributes.find(({ value, deleted }) => value === 'speaker' && !deleted);
    if (speaker) this.copyFromBefore(speaker);
    else this.#say('The labels of this project have no speaker.');
  }

  /** Takes over what is typed as the note of a span of the open document. It is saved by `keepNote`. */
  writeNote(span: Span, typed: string): void {
    const open = this.#place.open;
    if (this.#draft && this.#draft.span.id !== span.id) this.keepNote();
    if (open) this.#draft = typed.trim() === (span.note ?? '') ? undefined : { open, span, typed };
  }

  /** Whether a note is being written that is not saved yet. */
  get isWriting(): boolean {
    return this.#draft !== undefined;
  }

  /** Saves the note that is being written. */
  keepNote(): void {
    const draft = this.#draft;
    this.#draft = undefined;
    if (!draft) return;
    const { open, span, typed } = draft;
    this.#setNote(open, open.spans.find(({ id }) => id === span.id) ?? span, typed.trim());
  }

  /** Leaves the note as it was. */
  dropNote(): void {
    this.#draft = undefined;
  }

  setNote(span: Span, typed: string): void {
    this.writeNote(span, typed);
    this.keepNote();
  }

  #setNote(open: OpenDocument, span: Span, note: string): void {
    const { note: _, ...rest } = span;
    const changed = note === '' ? rest : { ...rest, note };
    this.#replace(span, changed, note === '' ? 'Cleared the note' : 'Changed the note', open);
  }

  /** The focused span, or else the user is told. */
  focusedSpan(): Span | undefined {
    const span = this.#place.open?.focused;
    if (!span) this.#say('Focus a span first: click it, or press N for the next one.');
    return span;
  }

  /** The focused span if it can have the attribute; else the user is told. */
  spanFor(attribute: Attribute): Span | undefined {
    const span = this.focusedSpan();
    if (!span || this.attributesOf(span).some(({ id }) => id === attribute.id)) return span;
    this.#say(`${this.#place.label(span.label).name} has no ${attribute.name.toLowerCase()}.`);
    return undefined;
  }

  #replace(before: Span, changed: Span, title: string, open = this.#place.open): void {
    const isSame =
      before.note === changed.note &&
      JSON.stringify(before.attributes) === JSON.stringify(changed.attributes);
    // A field of a span that has gone out of sight must not say anything of a span in sight.
    if (!open || isSame || !open.knows(before.id)) return;
    const after = { ...changed, updatedAt: new Date().toISOString() };
    this.#say(title);
    void this.#recorder.record('do', title, { ...noEdit, updated: [spanUpdate(open.id, before, after)] });
  }

  #say(text: string): void {
    this.#place.messages.say(text);
  }
}
