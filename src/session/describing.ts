import { noEdit, spanUpdate } from '../core/change.ts';
import type { Attribute } from '../core/scheme.ts';
import { attributesOf, isUnsaid, nextOption, textsOf, withValue } from '../core/schemes/attribute.ts';
import type { AttributeValue, Span } from '../core/span.ts';
import { shortened } from './marking.ts';
import type { Recorder } from './recorder.ts';
import type { Workplace } from './workplace.ts';

/** What an annotator says of a span besides its label: attributes and a note. Every verb is one step of undo. */
export class Describing {
  readonly #place: Workplace;
  readonly #recorder: Recorder;

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
    const texts = attribute.several ? textsOf(span.attributes[attribute.value]) : [];
    if (!texts.includes(text)) this.set(span, attribute, attribute.several ? [...texts, text] : text);
  }

  drop(span: Span, attribute: Attribute, text: string): void {
    const texts = textsOf(span.attributes[attribute.value]).filter((other) => other !== text);
    this.set(span, attribute, texts);
  }

  /** Turns an attribute of the focused span to its next option: from none to the first, from the last to none. */
  turn(attribute: Attribute): void {
    const span = this.#focused(attribute);
    if (!span) return;
    const now = span.attributes[attribute.value];
    if (attribute.type === 'yes-no')
      this.set(span, attribute, now === true ? false : now === false ? undefined : true);
    else this.set(span, attribute, nextOption(attribute, now));
  }

  /** Gives the focused span the texts of the nearest span before it that has some. */
  copyFromBefore(attribute: Attribute): void {
    const span = this.#focused(attribute);
    const open = this.#place.open;
    if (!span || !open) return;
    const before = open.spans
      .slice(0, open.spans.indexOf(span))
      .findLast(({ attributes }) => !isUnsaid(attributes[attribute.value]));
    if (!before) return this.#say(`No span before this one has a ${attribute.name.toLowerCase()}.`);
    this.set(span, attribute, before.attributes[attribute.value]);
  }

  /** Gives the focused span the speaker of the span before it. */
  copySpeaker(): void {
    const { scheme } = this.#place.project;
    const speaker = scheme.attributes.find(({ value, deleted }) => value === 'speaker' && !deleted);
    if (speaker) this.copyFromBefore(speaker);
    else this.#say('The labels of this project have no speaker.');
  }

  setNote(span: Span, typed: string): void {
    const { note: _, ...rest } = span;
    const note = typed.trim();
    if (note === (span.note ?? '')) return;
    this.#replace(
      span,
      note === '' ? rest : { ...rest, note },
      note === '' ? 'Cleared the note' : 'Changed the note',
    );
  }

  /** The focused span if it can have the attribute; else the user is told. */
  #focused(attribute: Attribute): Span | undefined {
    const span = this.#place.open?.focused;
    if (!span) this.#say('Focus a span first: click it, or press N for the next one.');
    else if (this.attributesOf(span).every(({ id }) => id !== attribute.id))
      this.#say(`${this.#place.label(span.label).name} has no ${attribute.name.toLowerCase()}.`);
    else return span;
    return undefined;
  }

  #replace(before: Span, changed: Span, title: string): void {
    const open = this.#place.open;
    const isSame =
      before.note === changed.note &&
      JSON.stringify(before.attributes) === JSON.stringify(changed.attributes);
    if (!open || isSame) return;
    const after = { ...changed, updatedAt: new Date().toISOString() };
    this.#say(title);
    void this.#recorder.record('do', title, { ...noEdit, updated: [spanUpdate(open.id, before, after)] });
  }

  #say(text: string): void {
    this.#place.messages.say(text);
  }
}
