import type { AttributeValue, Attributes } from '../../core/span.ts';
import type { OutsideRelation, OutsideSpan } from '../reading/outside-document.ts';
import { placeOnLine, type Checked, type Place } from '../reading/place.ts';
import type { JsonObject } from '../reading/json-value.ts';
import { annLine, type AnnLine, type Role } from './ann-line.ts';
import { Facts, noteOf } from './facts.ts';
import type { Fragment } from './quoted-fragments.ts';
import { freeSpanIds } from './span-ids.ts';
import {
  compareIds,
  documentMark,
  eventMark,
  fragmentLabel,
  lineMark,
  oneOrList,
  plainRoles,
} from './marks.ts';

type LineOf<K extends AnnLine['kind']> = Extract<AnnLine, { kind: K }> & { readonly place: Place };
type Fact = LineOf<'A' | 'N' | '#'>;

/** What the lines of one file say of its text, put together. */
export interface Sheet {
  readonly spans: readonly OutsideSpan[];
  readonly relations: readonly OutsideRelation[];
  readonly meta: JsonObject;
}

/** Puts the lines of a file together: what refers may stand before what it refers to. */
export class SheetReader {
  readonly #file: string;
  readonly #annotator: string | undefined;
  readonly #fragmentsOf: (line: Extract<AnnLine, { kind: 'T' }>) => readonly Fragment[];
  readonly #spans = new Map<string, LineOf<'T'>>();
  readonly #events = new Map<string, LineOf<'E'>>();
  readonly #eventsBySpan = new Map<string, LineOf<'E'>[]>();
  readonly #relations: LineOf<'R'>[] = [];
  readonly #relationIds = new Set<string>();
  readonly #groups: LineOf<'*'>[] = [];
  readonly #facts: Fact[] = [];
  /** Lines that have no place with us, as they stand. */
  readonly #kept: string[] = [];
  readonly #factsOf = new Map<string, Facts>();

  constructor(
    file: string,
    annotator: string | undefined,
    fragmentsOf: (line: Extract<AnnLine, { kind: 'T' }>) => readonly Fragment[],
  ) {
    this.#file = file;
    this.#annotator = annotator;
    this.#fragmentsOf = fragmentsOf;
  }

  /** Reads the lines of a file, in their order. */
  *read(lines: readonly string[]): Checked<Sheet> {
    const newId = freeSpanIds(lines);
    for (const [index, line] of lines.entries())
      if (line.trim() !== '')
        yield* this.#take(line.replace(/\r$/, ''), newId, placeOnLine(this.#file, index + 1));
    for (const event of [...this.#events.values()])
      if (!this.#spans.has(event.trigger)) yield* this.#dropEvent(event, lines[event.place.line! - 1]!);
    for (const fact of this.#facts)
      if (!this.#place(fact)) {
        const fault = `“${fact.target}” is no span, relation or event here`;
        yield* this.#keep(lines[fact.place.line! - 1]!, fact.place, fault);
      }
    return this.#sheet();
  }

  *#take(text: string, newId: () => string, place: Place): Checked<void> {
    const line = annLine(text);
    if (!line) return yield* this.#keep(text, place, 'it follows no rule of the format');
    if (line.kind === 'T') yield* this.#takeSpan({ ...line, place }, newId);
    else if (line.kind === 'E') yield* this.#takeEvent({ ...line, place }, text);
    else if (line.kind === 'R') this.#takeRelation({ ...line, place });
    else if (line.kind === '*') this.#groups.push({ ...line, place });
    else this.#facts.push({ ...line, place });
  }

  #sheet(): Sheet {
    const spans = [...this.#spans.values()].sort((a, b) => compareIds(a.id, b.id));
    const relations = [...this.#readRelations(), ...this.#roles(), ...this.#readGroups()];
    const joints = spans.flatMap((span) => this.#joints(span));
    return {
      spans: spans.flatMap((span) => this.#readSpan(span)),
      relations: [...relations, ...joints],
      meta: this.#meta(spans),
    };
  }

  *#keep(text: string, place: Place, fault: string): Checked<void> {
    this.#kept.push(text);
    const message = `this line is kept in the document’s metadata, as ${fault}, and goes back into brat’s files only.`;
    yield place.problem('adjusted', message);
  }

  *#takeSpan(line: LineOf<'T'>, newId: () => string): Checked<void> {
    const first = this.#spans.get(line.id);
    if (!first) return void this.#spans.set(line.id, line);
    const id = newId();
    this.#spans.set(id, { ...line, id });
    const message = `this span was given the id “${id}”, as “${line.id}” is the span of line ${first.place.line} already. Relations, events, attributes and notes that say “${line.id}” were taken to mean the span of line ${first.place.line}.`;
    yield line.place.problem('adjusted', message);
  }

  #takeRelation(line: LineOf<'R'>): void {
    this.#relations.push(line);
    this.#relationIds.add(line.id);
  }

  *#takeEvent(line: LineOf<'E'>, text: string): Checked<void> {
    const { id, trigger, place } = line;
    if (this.#events.has(id)) return yield* this.#keep(text, place, `its id “${id}” stands here twice`);
    this.#events.set(id, line);
    this.#eventsBySpan.set(trigger, [...this.#eventsAt(trigger), line]);
  }

  /** An event whose trigger is not there marks nothing. */
  *#dropEvent({ id, trigger, place }: LineOf<'E'>, text: string): Checked<void> {
    this.#events.delete(id);
    this.#eventsBySpan.delete(trigger);
    yield* this.#keep(text, place, `its trigger “${trigger}” is no span here`);
  }

  /** The id of the span that an id means: its own, or that of the event's trigger. */
  #spanOf(id: string): string {
    return this.#events.get(id)?.trigger ?? id;
  }

  #eventsAt(span: string): LineOf<'E'>[] {
    return this.#eventsBySpan.get(span) ?? [];
  }

  /** Whether there is a thing that the fact can be said of. */
  #place(fact: Fact): boolean {
    const span = this.#spanOf(fact.target);
    const isSpan = this.#spans.has(span);
    if (!isSpan && !this.#relationIds.has(fact.target)) return false;
    const holder = isSpan ? span : fact.target;
    const plainTarget = isSpan ? (this.#eventsAt(span)[0]?.id ?? span) : fact.target;
    const facts = this.#factsOf.get(holder) ?? new Facts();
    this.#factsOf.set(holder, facts);
    facts.add(fact, fact.target === plainTarget);
    return true;
  }

  #attributesOf(id: string, more: Readonly<Record<string, AttributeValue>> = {}): Attributes {
    return Object.fromEntries([
      ...(this.#factsOf.get(id)?.values() ?? []),
      ...Object.entries(more),
    ]) as Attributes;
  }

  #readSpan(line: LineOf<'T'>): OutsideSpan[] {
    const said = this.#eventsAt(line.id).map(({ id, type }) => (type === line.type ? id : `${id} ${type}`));
    const all = this.#attributesOf(line.id, said.length > 0 ? { [eventMark]: oneOrList(said) } : {});
    const { note, attributes } = noteOf(all);
    return this.#fragmentsOf(line).map((fragment, index) => ({
      ...fragment,
      id: fragmentId(line.id, index),
      label: line.type,
      annotator: this.#annotator,
      place: line.place,
      ...(index === 0 && { attributes, note }),
    }));
  }

  #joints(line: LineOf<'T'>): OutsideRelation[] {
    return this.#fragmentsOf(line)
      .slice(1)
      .map((_, index) => ({
        id: `${line.id}+${index + 2}`,
        head: fragmentId(line.id, index),
        child: fragmentId(line.id, index + 1),
        label: fragmentLabel,
        annotator: this.#annotator,
        place: line.place,
      }));
  }

  #readRelations(): OutsideRelation[] {
    return this.#relations.map(({ id, type, roles, place }) => {
      const isPlain = roles.every(({ name }, index) => name === plainRoles[index]);
      const isBetweenSpans = roles.every((role) => !this.#events.has(role.id));
      const said = {
        ...(!isPlain && { roles: roles.map(({ name }) => name) }),
        ...(!isBetweenSpans && { ends: roles.map((role) => role.id) }),
      };
      const hasMore = Object.keys(said).length > 0;
      return this.#relation(id, type, roles[0].id, roles[1].id, place, {
        attributes: this.#attributesOf(id, hasMore ? { [lineMark]: said } : {}),
      });
    });
  }

  #roles(): OutsideRelation[] {
    return [...this.#events.values()].flatMap((event) =>
      event.roles.map((role, index) => this.#role(event, role, index + 1)),
    );
  }

  #role(event: LineOf<'E'>, { name, id }: Role, number: number): OutsideRelation {
    const said = { event: event.id, role: number, ...(this.#events.has(id) && { end: id }) };
    return this.#relation(`${event.id}.${number}`, name, event.trigger, id, event.place, {
      attributes: { [lineMark]: said },
    });
  }

  /** Things that are the same are chained, each to the next. */
  #readGroups(): OutsideRelation[] {
    return this.#groups.flatMap(({ type, members, place }, group) =>
      members.slice(1).map((member, index) => {
        const ends = [members[index]!, member];
        const hasEvent = ends.some((end) => this.#events.has(end));
        const said = { group: group + 1, link: index + 1, ...(hasEvent && { ends }) };
        return this.#relation(`*${group + 1}.${index + 1}`, type, ends[0]!, member, place, {
          attributes: { [lineMark]: said },
        });
      }),
    );
  }

  #relation(
    id: string,
    label: string,
    head: string,
    child: string,
    place: Place,
    more: { readonly attributes: Attributes },
  ): OutsideRelation {
    const ends = { head: this.#spanOf(head), child: this.#spanOf(child) };
    return { id, label, ...ends, annotator: this.#annotator, place, ...more };
  }

  /** The ids of what nothing refers to, where they are not as they would be given anew; and what has no other place. */
  #meta(spans: readonly LineOf<'T'>[]): JsonObject {
    const holders = [...spans.map(({ id }) => id), ...this.#relations.map(({ id }) => id).sort(compareIds)];
    const said = holders.flatMap((holder) => [...(this.#factsOf.get(holder)?.ids() ?? [])]);
    const ids = (['A', 'N', '#'] as const).flatMap((kind) => {
      const own = said.flatMap(([of, id]) => (of === kind ? [id] : []));
      return own.every((id, index) => id === `${kind}${index + 1}`) ? [] : [[kind, own.join(' ')] as const];
    });
    const mark = {
      ...(ids.length > 0 && { ids: Object.fromEntries(ids) }),
      ...(this.#kept.length > 0 && { lines: [...this.#kept] }),
    };
    return Object.keys(mark).length > 0 ? { [documentMark]: mark } : {};
  }
}

function fragmentId(id: string, index: number): string {
  return index === 0 ? id : `${id}.${index + 1}`;
}
