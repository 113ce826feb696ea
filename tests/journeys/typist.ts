import { expect, type Page } from '@playwright/test';
import { clauseEnd, clauseStart } from '../../src/core/clauses.ts';
import type { ExportedRelation, ExportedSpan } from './proof.ts';
import { Reader } from './reader.ts';

const optionsOf: Readonly<Record<string, readonly string[]>> = {
  quotation: ['direct', 'indirect', 'mixed'],
  certainty: ['high', 'medium', 'low'],
  kind: ['deny', 'reject'],
  force: ['request', 'demand'],
};
const keyOf: Readonly<Record<string, string>> = {
  speaker: 's',
  target: 't',
  quotation: 'q',
  certainty: 'c',
  kind: 'k',
  force: 'x',
};

/** Somebody who annotates without a mouse, in as few presses as they know how; each press is counted. */
export class Typist {
  readonly reader: Reader;
  /** Presses by what they were for. */
  readonly presses: Record<string, number> = {};
  readonly #page: Page;
  readonly #names = new Map<string, Set<string>>();
  #purpose = 'moving';

  constructor(page: Page) {
    this.#page = page;
    this.reader = new Reader(page);
    const press = page.keyboard.press.bind(page.keyboard);
    page.keyboard.press = async (key, options) => {
      this.presses[this.#purpose] = (this.presses[this.#purpose] ?? 0) + 1;
      await press(key, options);
    };
  }

  /** All presses. */
  get total(): number {
    return Object.values(this.presses).reduce((sum, count) => sum + count, 0);
  }

  /** Marks the span, from wherever the caret is before it, and says all that the gold says of it. */
  async mark(
    span: ExportedSpan & { readonly start: number; readonly end: number },
    before: readonly ExportedSpan[],
  ): Promise<void> {
    this.#purpose = 'selecting';
    await this.#select(span.start, span.end);
    this.#purpose = 'labelling';
    await this.#press(await this.reader.keyOf(capitalized(span.label)));
    this.#purpose = 'attributes';
    for (const [name, value] of Object.entries(span.attributes)) await this.#say(name, value, before);
    if (span.note !== undefined) await this.#note(span.note);
  }

  /** Relates the focused span to another. */
  async relate({ label }: ExportedRelation, target: ExportedSpan): Promise<void> {
    this.#purpose = 'relations';
    await this.#press('l');
    const bar = this.#page.getByRole('toolbar', { name: 'Relation' });
    const types = await bar.getByRole('radio').allInnerTexts();
    const wanted = types.findIndex((words) => words.toLowerCase().includes(label));
    const isChosen = await bar.getByRole('radio').nth(wanted).isChecked();
    if (!isChosen) await this.#press(String(wanted + 1));
    for (let steps = 0; !(await this.#aimsAt(target)); steps++) {
      if (steps > 20) throw new RangeError(`no way to “${target.text}”`);
      await this.#press('Shift+Tab');
    }
    await this.#press('Enter');
    await expect(bar).toBeHidden();
  }

  async #aimsAt({ text }: ExportedSpan): Promise<boolean> {
    const words = await this.reader.messages.innerText();
    return words.includes(`“${text.slice(0, 30)}`);
  }

  /** Moves by clauses as far as they lead, then as everybody does. */
  async #select(start: number, end: number): Promise<void> {
    await this.reader.tabTo(this.reader.textbox);
    let { head, text } = await this.reader.look();
    while (clauseStart(text, head, 1) <= start) {
      await this.#press('.');
      ({ head } = await this.reader.look());
    }
    if (head !== start) await this.reader.caretTo(start);
    head = start;
    while (clauseEnd(text, head, 1) <= end) {
      await this.#press('>');
      head = clauseEnd(text, head, 1);
      await expect.poll(async () => (await this.reader.look()).head).toBe(head);
    }
    if (head !== end) await this.reader.extendTo(end);
  }

  async #say(name: string, value: unknown, before: readonly ExportedSpan[]): Promise<void> {
    const options = optionsOf[name];
    if (options) {
      const [ahead, back] = [
        options.indexOf(String(value)) + 1,
        options.length - options.indexOf(String(value)),
      ];
      const key = ahead <= back ? keyOf[name]! : `Shift+${keyOf[name]!.toUpperCase()}`;
      for (let turn = 0; turn < Math.min(ahead, back); turn++) await this.#press(key);
      return;
    }
    const last = before.findLast(({ attributes }) => attributes[name] !== undefined);
    if (JSON.stringify(last?.attributes[name]) === JSON.stringify(value))
      return this.#press(`Shift+${keyOf[name]!.toUpperCase()}`);
    await this.#press(keyOf[name]!);
    for (const text of value as readonly string[]) await this.#name(name, text);
    await this.#press('Enter');
    await expect(this.reader.textbox).toBeFocused();
  }

  /** Types as much of a name as tells it from the others, and all of a new one. */
  async #name(attribute: string, name: string): Promise<void> {
    const known = this.#names.get(attribute) ?? new Set();
    const beginning = shortest(name, known);
    const field = this.#page.getByRole('combobox', { name: capitalized(attribute) });
    await expect(field).toBeFocused();
    await this.#type(beginning);
    if (beginning !== name) {
      await expect(this.#page.getByRole('option', { name, exact: true })).toBeVisible();
      await this.#press('ArrowDown');
    }
    await this.#press('Enter');
    await expect(field).toHaveValue('');
    this.#names.set(attribute, known.add(name));
  }

  async #note(note: string): Promise<void> {
    this.#purpose = 'notes';
    await this.#press(';');
    await expect(this.#page.getByRole('textbox', { name: 'Note' })).toBeFocused();
    await this.#type(note);
    await this.#press('Control+Enter');
    await expect(this.reader.textbox).toBeFocused();
  }

  async #type(words: string): Promise<void> {
    this.presses[this.#purpose] = (this.presses[this.#purpose] ?? 0) + [...words].length;
    await this.#page.keyboard.insertText(words);
  }

  async #press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }
}

/** The shortest beginning of the name that begins no word of another known name; all of it when it is new. */
function shortest(name: string, known: ReadonlySet<string>): string {
  if (!known.has(name)) return name;
  const others = [...known].filter((other) => other !== name).map((other) => other.toLowerCase());
  for (let length = 1; length < name.length - 2; length++) {
    const beginning = name.slice(0, length).toLowerCase();
    const clashes = others.some(
      (other) =>
        other.split(/\s+/u).some((word) => word.startsWith(beginning)) || other.startsWith(beginning),
    );
    if (!clashes) return name.slice(0, length);
  }
  return name;
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
