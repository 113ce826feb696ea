import type { Relation } from '../../core/relation.ts';
import { labelOf, type Scheme } from '../../core/scheme.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import type { Attributes } from '../../core/span.ts';
import { isObject, type JsonObject } from '../reading/json-value.ts';
import type { UnitMap } from '../units.ts';
import { placeIn } from '../writing/places.ts';
import { mergedLabels, sameWords } from '../writing/same-words.ts';
import { bareName, factLines, noteLines, type Count, type FactLine } from './fact-lines.ts';
import { compareIds, documentMark, eventsOf, lineOf, plainRoles, textsIn, type EventOf } from './marks.ts';
import type { Mark, Marks } from './marks-of.ts';
import { isSpanId, spanIdsIn } from './span-ids.ts';
import type { Usage } from './usage.ts';

/** Writes the marks of one text, line by line. */
export class AnnWriter {
  readonly #text: string;
  readonly #map: UnitMap;
  readonly #scheme: Scheme;
  readonly #usage: Usage;
  readonly #count: Count;
  readonly #marks: readonly Mark[];
  readonly #relations: readonly Relation[];
  /** brat's ids by those of spans. */
  readonly #ids = new Map<string, string>();
  readonly #events = new Map<string, readonly EventOf[]>();
  readonly #lines: string[] = [];
  readonly #facts: FactLine[] = [];
  /** What the document's metadata keeps of the file that it came from. */
  readonly #kept: JsonObject;
  /** Lines of that file that no mark of ours stands for. */
  readonly #others: readonly string[];

  constructor(
    text: string,
    map: UnitMap,
    { marks, relations }: Marks,
    scheme: Scheme,
    usage: Usage,
    count: Count,
    meta: JsonObject = {},
  ) {
    this.#text = text;
    this.#map = map;
    this.#marks = marks.filter(({ pieces }) => pieces.length > 0);
    this.#scheme = scheme;
    this.#usage = usage;
    this.#count = count;
    this.#kept = isObject(meta[documentMark]) ? meta[documentMark] : {};
    this.#others = textsIn(this.#kept['lines']).filter((line) => !/[\n\r]/.test(line));
    this.#giveIds();
    this.#relations = relations.filter(({ head, child }) => this.#ids.has(head) && this.#ids.has(child));
    for (const _ of relations.slice(this.#relations.length))
      count('relations whose ends are not in one file');
  }

  lines(): string[] {
    this.#countMerged();
    for (const mark of this.#marks) this.#writeMark(mark);
    const rolesOf = this.#rolesOfEvents();
    for (const mark of this.#marks) this.#writeEvents(mark, rolesOf);
    this.#writeRelations();
    this.#writeGroups();
    const taken = new Set(this.#others.map((line) => line.split('\t', 1)[0]!));
    const ids = isObject(this.#kept['ids']) ? this.#kept['ids'] : {};
    return [...this.#lines, ...this.#numbered(ids, taken), ...this.#others];
  }

  #giveIds(): void {
    const taken = spanIdsIn(this.#others);
    for (const { lead } of this.#marks) if (isSpanId(lead.id)) taken.add(lead.id);
    const events = new Set<string>();
    let next = 1;
    for (const { lead, spans } of this.#marks) {
      while (!isSpanId(lead.id) && taken.has(`T${next}`)) next++;
      const id = isSpanId(lead.id) ? lead.id : `T${next}`;
      taken.add(id);
      for (const span of spans) this.#ids.set(span.id, id);
      const own = eventsOf(lead.attributes).filter((event) => !events.has(event.id));
      for (const event of own) events.add(event.id);
      this.#events.set(id, own);
    }
  }

  #writeMark({ lead, spans, pieces }: Mark): void {
    const id = this.#ids.get(lead.id)!;
    const type = this.#typeOf(lead.label);
    const places = pieces.map(({ start, end }) => `${placeIn(this.#map, start)} ${placeIn(this.#map, end)}`);
    const words = pieces.map(({ start, end }) => this.#text.slice(start, end)).join(' ');
    this.#lines.push(`${id}\t${type} ${places.join(';')}\t${words}`);
    const events = this.#events.get(id)!;
    if (events.length === 0) this.#usage.entity(type);
    const targets = new Set([id, ...events.map((event) => event.id)]);
    const target = events[0]?.id ?? id;
    for (const span of spans) {
      if (span !== lead && (span.note !== undefined || Object.keys(span.attributes).length > 0))
        this.#count('fragments whose own attributes and notes become their first one’s');
      this.#facts.push(...noteLines(span.note, target, this.#count));
      this.#facts.push(...factLines(span.attributes, target, targets, this.#count));
    }
  }

  #writeEvents({ lead }: Mark, rolesOf: ReadonlyMap<string, readonly Relation[]>): void {
    const id = this.#ids.get(lead.id)!;
    for (const event of this.#events.get(id)!) {
      const type = event.type ?? this.#typeOf(lead.label);
      const roles = (rolesOf.get(event.id) ?? []).toSorted(
        (a, b) => numberIn(a, 'role') - numberIn(b, 'role'),
      );
      const said = roles.map((relation) => {
        const role = this.#relationOf(relation);
        this.#usage.role(type, role);
        return ` ${role}:${this.#end(relation.child, lineOf(relation.attributes)['end'])}`;
      });
      this.#usage.event(type);
      this.#lines.push(`${event.id}\t${type}:${id}${said.join('')}`);
      for (const relation of roles) this.#loseAttributes(relation);
    }
  }

  #rolesOfEvents(): Map<string, Relation[]> {
    const roles = new Map<string, Relation[]>();
    for (const relation of this.#relations) {
      const event = this.#eventOf(relation)?.id;
      if (event === undefined) continue;
      const own = roles.get(event) ?? [];
      roles.set(event, own);
      own.push(relation);
    }
    return roles;
  }

  /** The event that a relation is a role of. */
  #eventOf({ head, attributes }: Relation): EventOf | undefined {
    const { event } = lineOf(attributes);
    return this.#events.get(this.#ids.get(head)!)!.find(({ id }) => id === event);
  }

  #isLink({ attributes }: Relation): boolean {
    return typeof lineOf(attributes)['group'] === 'number';
  }

  #writeRelations(): void {
    const plain = this.#relations
      .filter((relation) => !this.#eventOf(relation) && !this.#isLink(relation))
      .sort((a, b) => Number(isRelationId(b.id)) - Number(isRelationId(a.id)) || compareIds(a.id, b.id));
    const taken = new Set(plain.flatMap(({ id }) => (isRelationId(id) ? [id] : [])));
    let next = 1;
    for (const relation of plain) {
      while (!isRelationId(relation.id) && taken.has(`R${next}`)) next++;
      const id = isRelationId(relation.id) ? relation.id : `R${next}`;
      taken.add(id);
      this.#writeRelation(id, relation);
    }
  }

  #writeRelation(id: string, { label, head, child, attributes }: Relation): void {
    const said = lineOf(attributes);
    const roles = textsIn(said['roles']);
    const [first, second] = roles.length === 2 ? roles : plainRoles;
    const ends = textsIn(said['ends']);
    const type = this.#relationOf({ label });
    this.#usage.relation(type);
    this.#lines.push(
      `${id}\t${type} ${first}:${this.#end(head, ends[0])} ${second}:${this.#end(child, ends[1])}`,
    );
    this.#facts.push(...factLines(attributes, id, new Set(), this.#count));
  }

  /** A line for each chain of those that are the same. */
  #writeGroups(): void {
    const links = this.#relations
      .filter((relation) => !this.#eventOf(relation) && this.#isLink(relation))
      .sort(
        (a, b) => numberIn(a, 'group') - numberIn(b, 'group') || numberIn(a, 'link') - numberIn(b, 'link'),
      );
    const chains: { key: string; last: string; members: string[] }[] = [];
    for (const relation of links) {
      const ends = textsIn(lineOf(relation.attributes)['ends']);
      const key = `${this.#relationOf(relation)} ${numberIn(relation, 'group')}`;
      const chain = chains.at(-1);
      const child = this.#end(relation.child, ends[1]);
      if (chain?.key === key && chain.last === relation.head) {
        chain.members.push(child);
        chain.last = relation.child;
      } else chains.push({ key, last: relation.child, members: [this.#end(relation.head, ends[0]), child] });
      this.#loseAttributes(relation);
    }
    for (const { key, members } of chains) this.#lines.push(`*\t${key.split(' ')[0]} ${members.join(' ')}`);
  }

  #loseAttributes({ attributes }: Relation): void {
    if (Object.keys(attributes).length > 1) this.#count('relations’ attributes');
  }

  /** The id of a span's mark, or of an event of it if the file said so. */
  #end(span: string, wanted: unknown): string {
    const id = this.#ids.get(span)!;
    return this.#events.get(id)!.find((event) => event.id === wanted)?.id ?? id;
  }

  #typeOf(label: string): string {
    const { value } = labelOf(this.#scheme, label);
    if (bareName(value) !== value) this.#count('labels with white space, which becomes “_”');
    return bareName(value);
  }

  #relationOf({ label }: { readonly label: string }): string {
    return bareName(relationTypeOf(this.#scheme, label).value);
  }

  /** Marks and relations that cannot be told from those of another label or type. */
  #countMerged(): void {
    const count = (known: readonly { readonly value: string }[], used: readonly string[], what: string) => {
      const names = known.map(({ value }) => value);
      const same = sameWords(names, bareName);
      for (const name of used) if (bareName(name) !== name && same.has(bareName(name))) this.#count(what);
    };
    const used = this.#marks.map(({ lead }) => labelOf(this.#scheme, lead.label).value);
    count(this.#scheme.labels, used, mergedLabels);
    const types = this.#relations.map(({ label }) => relationTypeOf(this.#scheme, label).value);
    count(this.#scheme.relations, types, 'relations whose type becomes the same word as another type');
  }

  /** The lines that nothing refers to, with the ids that they came with if there are as many as then. */
  #numbered(ids: JsonObject, taken: Set<string>): string[] {
    return (['A', 'N', '#'] as const).flatMap((kind) => {
      const own = this.#facts.filter((fact) => fact.kind === kind);
      const before = textsIn(ids[kind]).flatMap((all) => all.match(/\S+/g) ?? []);
      const isSame = before.length === own.length && new Set(before).size === own.length;
      let next = 0;
      const free = () => {
        do next++;
        while (taken.has(`${kind}${next}`));
        return `${kind}${next}`;
      };
      return own.map(({ body, attribute }, index) => {
        if (attribute) this.#usage.attribute(attribute.name, attribute.value);
        return `${isSame ? before[index] : free()}\t${body}`;
      });
    });
  }
}

function isRelationId(id: string): boolean {
  return /^R\d+\S*$/.test(id);
}

function numberIn({ attributes }: { readonly attributes: Attributes }, key: string): number {
  const number = lineOf(attributes)[key];
  return typeof number === 'number' ? number : 0;
}
