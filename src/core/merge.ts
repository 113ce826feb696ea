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
  return Object.fromEntries([...kept, ...taken]) as T;
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
