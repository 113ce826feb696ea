import type { Entry } from '../change.ts';
import { contentOf } from './content.ts';
import type { KeptChange } from './records.ts';

/** Something of which the two sides say different things. Both are told; none is dropped in silence. */
export interface Conflict {
  readonly about: Entry['type'] | 'change' | 'text' | 'layer' | 'setting';
  readonly documentId?: string;
  readonly id: string;
  /** Which of its facts: a field's name, or `removed` where one side took it away while the other worked on it. */
  readonly fact: string;
  readonly here: unknown;
  readonly incoming: unknown;
}

const removed = 'removed';

interface Said {
  readonly entry: Entry;
  /** What was said last, by fact. */
  readonly facts: Map<string, unknown>;
}

/** What one side said of each span, relation, document and project in the changes that the other does not have. */
type Sayings = Map<string, Said>;

/** Where both sides say something of the same fact in changes that the other side lacks, and not the same. */
export function conflictsBetween(
  onlyHere: readonly KeptChange[],
  onlyIncoming: readonly KeptChange[],
): Conflict[] {
  const [here, incoming] = [sayingsOf(onlyHere), sayingsOf(onlyIncoming)];
  return [...here].flatMap(([key, said]) => {
    const theirs = incoming.get(key);
    return theirs ? conflictsOf(said, theirs) : [];
  });
}

function conflictsOf({ entry, facts }: Said, theirs: Said): Conflict[] {
  const place = { about: entry.type, id: entry.value.id };
  const where = 'documentId' in entry ? { ...place, documentId: entry.documentId } : place;
  const isRemoved = [facts.get(removed) === true, theirs.facts.get(removed) === true];
  if (isRemoved[0] !== isRemoved[1])
    return [{ ...where, fact: removed, here: isRemoved[0], incoming: isRemoved[1] }];
  return [...facts].flatMap(([fact, here]) => {
    const incoming = theirs.facts.get(fact);
    const isSame = !theirs.facts.has(fact) || contentOf(here) === contentOf(incoming);
    return isSame ? [] : [{ ...where, fact, here, incoming }];
  });
}

function sayingsOf(changes: readonly KeptChange[]): Sayings {
  const sayings: Sayings = new Map();
  const saidOf = (entry: Entry) => {
    const key = JSON.stringify([entry.type, 'documentId' in entry ? entry.documentId : '', entry.value.id]);
    const said = sayings.get(key) ?? { entry, facts: new Map<string, unknown>() };
    sayings.set(key, said);
    return said.facts;
  };
  for (const { added, updated, removed: gone } of changes) {
    for (const entry of gone) saidOf(entry).set(removed, true);
    for (const { before, after } of updated) {
      const [facts, old] = [saidOf(after), factsOf(before)];
      facts.delete(removed);
      for (const [fact, value] of factsOf(after))
        if (contentOf(value) !== contentOf(old.get(fact))) facts.set(fact, value);
    }
    for (const entry of added) {
      const facts = saidOf(entry);
      facts.delete(removed);
      for (const [fact, value] of factsOf(entry)) facts.set(fact, value);
    }
  }
  return sayings;
}

/** When something was made or touched is no opinion of it, and counts are made from the rest. */
const untold = new Set(['createdAt', 'updatedAt', 'counts', 'end', 'text']);

/** The facts of a value one by one; a range is one fact, each attribute and each item of a scheme has its own. */
function factsOf({ value }: Entry): ReadonlyMap<string, unknown> {
  const facts = new Map<string, unknown>();
  for (const [field, is] of Object.entries<unknown>({ ...value })) {
    if (untold.has(field)) continue;
    if (field === 'start' && 'end' in value) facts.set('range', [value.start, value.end, value.text]);
    else if (['attributes', 'meta', 'scheme'].includes(field) && typeof is === 'object')
      for (const [name, part] of Object.entries<unknown>({ ...is }))
        setParts(facts, `${field} ${name}`, part);
    else facts.set(field, is);
  }
  return facts;
}

/** Lists of items with ids, as schemes have, are told item by item. */
function setParts(facts: Map<string, unknown>, name: string, value: unknown): void {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const isItems = items.length > 0 && items.every((item) => typeof item === 'object' && item && 'id' in item);
  if (!isItems) return void facts.set(name, value);
  for (const item of items as readonly { readonly id: unknown }[])
    facts.set(`${name} ${String(item.id)}`, item);
}
