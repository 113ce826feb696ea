import {
  anyLabel,
  labelOf,
  livingLabels,
  sameLabel,
  type RelationPair,
  type Scheme,
} from '../../../core/scheme.ts';

/** One side of a pair, as it can be chosen: a label, any label, or for the child the head's own. */
export interface PairSide {
  readonly id: string;
  readonly name: string;
}

export function headsOf(scheme: Scheme): readonly PairSide[] {
  return [{ id: anyLabel, name: 'Any label' }, ...livingLabels(scheme)];
}

export function childrenOf(scheme: Scheme): readonly PairSide[] {
  return [
    { id: anyLabel, name: 'Any label' },
    { id: sameLabel, name: 'The same label' },
    ...livingLabels(scheme),
  ];
}

/** Whether the pair is among them; a label that was merged counts as the other. */
export function hasPair(scheme: Scheme, pairs: readonly RelationPair[], wanted: RelationPair): boolean {
  return pairs.some((pair) => isSame(scheme, pair, wanted));
}

export function withPair(
  scheme: Scheme,
  pairs: readonly RelationPair[],
  wanted: RelationPair,
  isOn: boolean,
): readonly RelationPair[] {
  const others = pairs.filter((pair) => !isSame(scheme, pair, wanted));
  return isOn ? [...others, wanted] : others;
}

/** "Denial to Claim". */
export function pairWords(scheme: Scheme, { head, child }: RelationPair): string {
  return `${sideWords(scheme, head)} to ${sideWords(scheme, child)}`;
}

function sideWords(scheme: Scheme, id: string): string {
  if (id === anyLabel) return 'any label';
  return id === sameLabel ? 'the same label' : labelOf(scheme, id).name;
}

/** The pairs whose labels are all there, each once. */
export function shownPairs(scheme: Scheme, pairs: readonly RelationPair[]): readonly RelationPair[] {
  const isThere = (id: string) => id === anyLabel || id === sameLabel || !labelOf(scheme, id).deleted;
  const present = pairs.filter(({ head, child }) => isThere(head) && isThere(child));
  return present.filter((pair, index) => present.findIndex((one) => isSame(scheme, one, pair)) === index);
}

function isSame(scheme: Scheme, a: RelationPair, b: RelationPair): boolean {
  const now = (id: string) => (id === anyLabel || id === sameLabel ? id : labelOf(scheme, id).id);
  return now(a.head) === now(b.head) && now(a.child) === now(b.child);
}
