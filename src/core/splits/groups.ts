import { chance, shuffled } from './chance.ts';
import { parts, type Part } from './part.ts';

/** A document with what matters for its part. */
export interface Splittable {
  readonly id: string;
  /** How many spans it has of each label. */
  readonly labels: Readonly<Record<string, number>>;
  /** Documents of a group stay together. */
  readonly group: string;
}

/** A document of an earlier split, which gets no part now and is of no account for shares. */
export type Earlier = Pick<Splittable, 'id' | 'group'>;

export interface Group {
  readonly id: string;
  readonly documents: readonly Splittable[];
  /** The ids of those of earlier splits that belong to it. */
  readonly earlier: readonly string[];
  /** Those of all its documents together. */
  readonly labels: Readonly<Record<string, number>>;
}

/** The groups that have documents, by id, so that the order of the documents is of no account. */
export function groupsOf(documents: readonly Splittable[], earlier: readonly Earlier[] = []): Group[] {
  const isHere = new Set(documents.map(({ id }) => id));
  const others = byGroup(earlier.filter(({ id }) => !isHere.has(id)));
  const groups = byGroup(documents.toSorted((a, b) => compareText(a.id, b.id)));
  return Array.from(groups, ([id, members]) => ({
    id,
    documents: members,
    earlier: (others.get(id) ?? []).map((one) => one.id),
    labels: labelsOf(members),
  }));
}

function byGroup<T extends Earlier>(documents: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const document of documents) {
    const members = groups.get(document.group);
    if (members) members.push(document);
    else groups.set(document.group, [document]);
  }
  return groups;
}

/** The parts that documents of a group had, those of earlier splits among them; the one with most of them first. */
export function partsBefore({ documents, earlier }: Group, before: ReadonlyMap<string, Part>): Part[] {
  const ids = [...documents.map(({ id }) => id), ...earlier];
  const count = (part: Part) => ids.filter((id) => before.get(id) === part).length;
  return parts.filter((part) => count(part) > 0).sort((a, b) => count(b) - count(a));
}

/** Those with the rarest label first, as there is the least choice; then the largest, and of equals any. */
export function inTurn(groups: readonly Group[], seed: number): Group[] {
  const holders = new Map<string, number>();
  for (const { labels } of groups)
    for (const label of Object.keys(labels)) holders.set(label, (holders.get(label) ?? 0) + 1);
  const rarityOf = ({ labels }: Group) =>
    Math.min(groups.length + 1, ...Object.keys(labels).map((label) => holders.get(label)!));
  return shuffled(groups, chance(seed))
    .map((group) => ({ group, rarity: rarityOf(group) }))
    .sort((a, b) => a.rarity - b.rarity || b.group.documents.length - a.group.documents.length)
    .map(({ group }) => group);
}

/** How many spans of each label the documents have together. */
export function labelsOf(documents: readonly Splittable[]): Record<string, number> {
  const all = new Map<string, number>();
  for (const { labels } of documents)
    for (const [label, count] of Object.entries(labels))
      if (count > 0) all.set(label, (all.get(label) ?? 0) + count);
  return Object.fromEntries(all);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
