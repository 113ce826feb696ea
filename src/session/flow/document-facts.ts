import { documentUpdate, noEdit } from '../../core/change.ts';
import type { Document, Meta } from '../../core/document.ts';
import type { AttributeValue } from '../../core/span.ts';
import { living } from '../../core/scheme.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

/**
 * What people say of the open document as a whole. Every verb is one step of undo. Those that take something typed give
 * back the sentence that says why it was refused, or `undefined`.
 */
export class DocumentFacts {
  readonly #place: Workplace;
  readonly #recorder: Recorder;

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
  }

  /** Gives the field a value that was typed; an empty one takes the field out. */
  setText(name: string, typed: string): string | undefined {
    const text = typed.trim();
    if (name === 'date' && text !== '' && !isDay(text))
      return 'Write the date as YYYY-MM-DD, for instance 2024-05-17.';
    return this.#setMeta(
      text === '' ? without(this.#meta, name) : { ...this.#meta, [name]: text },
      text === '' ? `Cleared ${name}` : `Set ${name} to “${text}”`,
    );
  }

  /** Gives the field a value of another kind than text, written as JSON. */
  setJson(name: string, typed: string): string | undefined {
    let value: AttributeValue;
    try {
      value = JSON.parse(typed) as AttributeValue;
    } catch (error) {
      return `This is not JSON: ${error instanceof Error ? error.message : String(error)}.`;
    }
    return this.#setMeta({ ...this.#meta, [name]: value }, `Changed ${name}`);
  }

  addField(typedName: string, typedValue: string): string | undefined {
    const name = typedName.trim();
    const fault = this.#nameFault(name);
    return fault ?? this.#setMeta({ ...this.#meta, [name]: typedValue.trim() }, `Added ${name}`);
  }

  /** Renames a field in its place. */
  renameField(name: string, typed: string): string | undefined {
    const to = typed.trim();
    if (to === name) return undefined;
    const fault = this.#nameFault(to);
    if (fault !== undefined) return fault;
    const renamed = Object.entries(this.#meta).map(
      ([key, value]) => [key === name ? to : key, value] as const,
    );
    return this.#setMeta(Object.fromEntries(renamed), `Renamed ${name} to ${to}`);
  }

  removeField(name: string): void {
    this.#setMeta(without(this.#meta, name), `Removed ${name}`);
  }

  toggleLabel(id: string): void {
    const document = this.#document;
    const label = living(this.#place.project.scheme.documentLabels).find((candidate) => candidate.id === id);
    if (!document || !label) return;
    const { labels = [], ...rest } = document;
    const isOn = labels.includes(id);
    const now = isOn ? labels.filter((other) => other !== id) : [...labels, id];
    const title = isOn ? `Took “${label.name}” off the document` : `Labelled the document “${label.name}”`;
    this.#update(now.length > 0 ? { ...rest, labels: now } : rest, title);
  }

  setNote(typed: string): void {
    const document = this.#document;
    const text = typed.trim();
    if (!document || text === (document.note ?? '')) return;
    const { note: _, ...rest } = document;
    this.#update(
      text === '' ? rest : { ...rest, note: text },
      text === '' ? 'Cleared the note on the document' : 'Changed the note on the document',
    );
  }

  get #document(): Document | undefined {
    return this.#place.shelf.get(this.#place.open?.id ?? '');
  }

  get #meta(): Meta {
    return this.#document?.meta ?? {};
  }

  #nameFault(name: string): string | undefined {
    if (name === '') return 'The field needs a name.';
    return Object.hasOwn(this.#meta, name) ? `There is a field “${name}” already.` : undefined;
  }

  #setMeta(meta: Meta, title: string): undefined {
    if (this.#document) this.#update({ ...this.#document, meta }, title);
  }

  #update(after: Document, title: string): void {
    const before = this.#document;
    if (!before || JSON.stringify(before) === JSON.stringify(after)) return;
    this.#place.messages.say(`${title}.`);
    void this.#recorder.record('do', title, { ...noEdit, updated: [documentUpdate(before, after)] });
  }
}

function without(meta: Meta, name: string): Meta {
  return Object.fromEntries(Object.entries(meta).filter(([key]) => key !== name));
}

/** Whether it is a day of the calendar, written YYYY-MM-DD. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
