import { contentOf, eitherOf } from './content.ts';
import type { KeptChange } from './records.ts';

/** Two logs of one project as one, with what only one of them has. */
export interface LogUnion {
  /** Every change of either, each once. Within it each log's own changes stand in the order of that log. */
  readonly changes: readonly KeptChange[];
  readonly onlyHere: readonly KeptChange[];
  readonly onlyIncoming: readonly KeptChange[];
  /** Changes of one id that say different things; one of each pair is in the log. */
  readonly clashes: readonly { readonly here: KeptChange; readonly incoming: KeptChange }[];
}

/**
 * Puts two logs together. The order in which they are given makes no difference, and a log that adds nothing changes
 * nothing. What was done on both sides meanwhile is put in the order of its time.
 */
export function uniteLogs(here: readonly KeptChange[], incoming: readonly KeptChange[]): LogUnion {
  const [own, other] = [byId(here), byId(incoming)];
  const clashes = [...own.values()].flatMap((change) => {
    const twin = other.get(change.id);
    return twin && contentOf(twin) !== contentOf(change) ? [{ here: change, incoming: twin }] : [];
  });
  const chosen = new Map(clashes.map((pair) => [pair.here.id, wholeOf(pair.here, pair.incoming)]));
  const united = interleaved([...own.values()], [...other.values()], own, other);
  return {
    changes: united.map((change) => chosen.get(change.id) ?? change),
    onlyHere: [...own.values()].filter(({ id }) => !other.has(id)),
    onlyIncoming: [...other.values()].filter(({ id }) => !own.has(id)),
    clashes,
  };
}

/** One side may have deleted for good what the other still has: what both hold then is that of the other. */
function wholeOf(here: KeptChange, incoming: KeptChange): KeptChange {
  if (here.erased === incoming.erased) return eitherOf(here, incoming);
  return here.erased ? incoming : here;
}

type Changes = ReadonlyMap<string, KeptChange>;

function byId(changes: readonly KeptChange[]): Changes {
  return new Map(changes.map((change) => [change.id, change]));
}

function interleaved(
  here: readonly KeptChange[],
  incoming: readonly KeptChange[],
  own: Changes,
  other: Changes,
): readonly KeptChange[] {
  const isWithin = (changes: readonly KeptChange[], all: Changes) => changes.every(({ id }) => all.has(id));
  const [addsNothing, isNothingNew] = [isWithin(incoming, own), isWithin(here, other)];
  if (addsNothing && !isNothingNew) return here;
  if (isNothingNew && !addsNothing) return incoming;
  const shared = (changes: readonly KeptChange[], all: Changes) =>
    contentOf(changes.flatMap(({ id }) => (all.has(id) ? [id] : [])));
  // Only logs that were put together before, from more than two, can disagree on the order of what they share.
  if (shared(here, other) !== shared(incoming, own))
    return [...own.values(), ...[...other.values()].filter(({ id }) => !own.has(id))].sort(byTime);
  return zipped(here, incoming, own, other);
}

/** Each stretch between two changes that both have is put in the order of time, each log's own order kept. */
function zipped(
  here: readonly KeptChange[],
  incoming: readonly KeptChange[],
  own: Changes,
  other: Changes,
): KeptChange[] {
  const united: KeptChange[] = [];
  let [first, second] = [0, 0];
  while (first < here.length || second < incoming.length) {
    const [mine, theirs] = [here[first], incoming[second]];
    const isMineShared = !mine || other.has(mine.id);
    const isTheirsShared = !theirs || own.has(theirs.id);
    const takesMine = mine && (isMineShared ? isTheirsShared : isTheirsShared || byTime(mine, theirs) < 0);
    united.push(takesMine ? mine : theirs!);
    if (takesMine) first++;
    if (!takesMine || (isMineShared && isTheirsShared)) second++;
  }
  return united;
}

function byTime(a: KeptChange, b: KeptChange): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;
}
