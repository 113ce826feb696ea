/** Fields that mean nothing without each other: a range is never put together from two people's ends. */
const inseparable: readonly (readonly string[])[] = [['start', 'end', 'text']];

/**
 * A value after an update that somebody made of an earlier state of it: only the fields that the update changes are
 * taken over, so that one may relabel a span while another moves its end.
 */
export function mergeUpdate<T extends object>(current: T, before: T, after: T): T {
  const changed = changedFields(before, after);
  const kept = Object.entries(current).filter(([field]) => !changed.has(field));
  const taken = Object.entries(after).filter(([field]) => changed.has(field));
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(current))];
  const merged = taken.map(([field, value]) => [
    field,
    mergeRecord(field, is.get(field), was.get(field), value),
  ]);
  return Object.fromEntries([...kept, ...merged]) as T;
}

/** Fields that hold values under names: each name is a field of its own, so that two may say different things. */
const records: readonly string[] = ['attributes', 'meta'];

function mergeRecord(field: string, current: unknown, before: unknown, after: unknown): unknown {
  const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
  const all = isRecord(current) && isRecord(before) && isRecord(after);
  return records.includes(field) && all ? mergeRecords(current, before, after) : after;
}

/** The same for values under names that people choose, in the order that the update gives them. */
export function mergeRecords<T extends object>(current: T, before: T, after: T): T {
  const merged = new Map(Object.entries(mergeUpdate(current, before, after)));
  const names = new Set([...Object.keys(after), ...merged.keys()]);
  return Object.fromEntries(
    [...names].flatMap((name) => (merged.has(name) ? [[name, merged.get(name)]] : [])),
  ) as T;
}

function changedFields(before: object, after: object): ReadonlySet<string> {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const changed = new Set(
    [...old.keys(), ...now.keys()].filter(
      (field) => JSON.stringify(old.get(field)) !== JSON.stringify(now.get(field)),
    ),
  );
  for (const group of inseparable)
    if (group.some((field) => changed.has(field))) for (const field of group) changed.add(field);
  return changed;
}

/** A value that a scheme or another list holds in an order. */
interface Item {
  readonly id: string;
  readonly deleted?: true;
}

/**
 * A list of items after somebody else's update of it: what the update added, changed or moved is taken over, item by
 * item and field by field. An item that the update takes back again is kept as deleted, as somebody may refer to it.
 */
export function mergeItems<T extends Item>(
  current: readonly T[],
  before: readonly T[],
  after: readonly T[],
): readonly T[] {
  const [old, now] = [byId(before), byId(after)];
  const merged = current.map((item): T => {
    const [was, is] = [old.get(item.id), now.get(item.id)];
    if (is && !was) return withoutDeletion(item);
    if (is && was) return mergeUpdate(item, was, is);
    return was && !item.deleted ? { ...item, deleted: true } : item;
  });
  const known = byId(current);
  const all = [...merged, ...after.filter(({ id }) => !known.has(id))];
  const isMoved = orderOf(before, now) !== orderOf(after, old);
  return isMoved ? inOrderOf(all, after) : all;
}

/** An item that is added once more, as by Redo: it comes back as it was when it was taken away. */
function withoutDeletion<T extends Item>({ deleted: _, ...item }: T): T {
  return item as unknown as T;
}

function byId<T extends Item>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function orderOf(items: readonly Item[], kept: ReadonlyMap<string, unknown>): string {
  return JSON.stringify(items.filter(({ id }) => kept.has(id)).map(({ id }) => id));
}

/** The items that the order names in that order, each other one still behind the item that it stood behind. */
function inOrderOf<T extends Item>(items: readonly T[], order: readonly Item[]): T[] {
  const places = new Map(order.map(({ id }, index) => [id, index]));
  let last = -1;
  const keyed = items.map((item) => ({ item, place: (last = places.get(item.id) ?? last + 0.5) }));
  return keyed.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
