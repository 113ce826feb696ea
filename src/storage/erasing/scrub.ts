import type { Change } from '../../core/change.ts';
import { withoutDoomed, type Doomed } from '../../core/erasure.ts';
import type { PreferenceRow } from '../database.ts';

/** A row of the preferences without what names the doomed; `undefined` when nothing of it is left, the same row when it names none. */
export function scrubbed(row: PreferenceRow, doomed: Doomed): PreferenceRow | undefined {
  const ids = new Set([...doomed.documentIds, ...doomed.projectIds]);
  if (namesIn(row.key).some((name) => ids.has(name))) return undefined;
  const value = isChange(row.value) ? withoutDoomed(row.value, doomed) : without(row.value, ids);
  return value === row.value ? row : { ...row, value };
}

/** The ids that a key may be about: `place/<id>`, `parts of <id>`. */
function namesIn(key: string): readonly string[] {
  return [/^place\/(.*)$/su, /^parts of (.*)$/su].flatMap((pattern) => pattern.exec(key)?.[1] ?? []);
}

/** A change that was set aside. */
function isChange(value: unknown): value is Change {
  return (
    isPlain(value) &&
    ['added', 'updated', 'removed', 'documentIds'].every((part) => Array.isArray(value[part]))
  );
}

/** Without what is kept under one of the ids, and without the ids themselves. What is no plain value, as a handle, stays. */
function without(value: unknown, ids: ReadonlySet<string>): unknown {
  const isDoomed = (inside: unknown) => typeof inside === 'string' && ids.has(inside);
  if (Array.isArray(value)) {
    const left = value.filter((inside) => !isDoomed(inside)).map((inside) => without(inside, ids));
    return left.length === value.length && left.every((inside, index) => inside === value[index])
      ? value
      : left;
  }
  if (!isPlain(value)) return value;
  const entries = Object.entries(value);
  const left = entries.flatMap(([name, inside]) =>
    ids.has(name) || isDoomed(inside) ? [] : [[name, without(inside, ids)] as const],
  );
  const isSame = left.length === entries.length && left.every(([name, inside]) => inside === value[name]);
  return isSame ? value : Object.fromEntries(left);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
