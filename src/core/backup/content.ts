/** A value as text, the same for the same content in whatever order its fields stand. */
export function contentOf(value: unknown): string {
  return JSON.stringify(value, inOrder) ?? 'nothing';
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One of two values, the same one whichever comes first. */
export function eitherOf<T>(one: T, other: T): T {
  return contentOf(one) <= contentOf(other) ? one : other;
}
