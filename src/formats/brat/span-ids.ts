/** Whether an id is one that brat gives to spans. */
export function isSpanId(id: string): boolean {
  return /^T\d+\S*$/.test(id);
}

/** The ids of spans that lines name, whether there are such spans or not. */
export function spanIdsIn(lines: readonly string[]): Set<string> {
  return new Set(lines.flatMap((line) => line.match(/T\d+/g) ?? []));
}

/** Gives ids for spans that no line names, so that nothing is taken to mean them. */
export function freeSpanIds(lines: readonly string[]): () => string {
  let taken: ReadonlySet<string> | undefined;
  let next = 1;
  return () => {
    taken ??= spanIdsIn(lines);
    while (taken.has(`T${next}`)) next++;
    return `T${next++}`;
  };
}
