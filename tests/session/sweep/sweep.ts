import type { Change, Draft } from '../../../src/core/change.ts';
import type { Session } from '../../../src/session/session.svelte.ts';
import { openMirror } from '../../../src/storage/mirror.ts';
import { failing, type Fault, type Manner } from '../../storage/faults.ts';
import { newDesk, type Desk } from '../desk.ts';
import { FromLog } from './from-log.ts';
import { reports, type UserCommand } from './commands.ts';

/** What a command does when nothing fails. */
export interface Reference {
  readonly outcome: unknown;
  /** The changes that it writes. */
  readonly changes: readonly string[];
  readonly kept: unknown;
}

/** What came of a command, and what was told of it. */
interface Trial {
  readonly outcome: unknown;
  /** What was said that is no success, in words. */
  readonly told: readonly string[];
}

/** A fault that is to strike while a command runs, and one that strikes while the first is got over. */
export interface Plan {
  readonly nth: number;
  readonly manner: Manner;
  /** Counted from the first try to get over it. */
  readonly again?: { readonly nth: number; readonly manner: Manner };
}

async function deskFor(command: UserCommand): Promise<Desk> {
  const desk = await newDesk(reports);
  await command.before?.(desk);
  await atRest(desk);
  return desk;
}

/** Runs the command where nothing fails. */
export async function referenceOf(command: UserCommand): Promise<Reference> {
  const desk = await deskFor(command);
  const before = await desk.database.changes.count();
  const trial = await attempt(desk, command);
  await atRest(desk);
  if (trial.told.length > 0) throw new Error(`${command.name} does not work: ${trial.told.join(' ')}`);
  const reference = { outcome: trial.outcome, ...(await done(desk, command, before)) };
  desk.close();
  return reference;
}

/** What came of a trial: what is wrong, in sentences, and which operations were struck. */
export interface Struck {
  readonly wrong: readonly string[];
  readonly struck: string | undefined;
  readonly struckAgain: string | undefined;
}

/** Runs the command while a fault strikes, then gets over it: as the status offers, or by doing it once more. */
export async function strike(command: UserCommand, reference: Reference, plan: Plan): Promise<Struck> {
  const desk = await deskFor(command);
  const faults: Fault[] = [];
  const set = (nth: number, manner: Manner) => {
    const fault = failing(nth, manner);
    faults.push(fault);
    return fault;
  };
  try {
    const wrong = await faultsOf(desk, command, reference, plan, set);
    return { wrong, struck: faults[0]?.struck(), struckAgain: faults[1]?.struck() };
  } finally {
    // Those that were set last first, as each stands on what it found.
    for (const fault of faults.toReversed()) fault.end();
    desk.close();
  }
}

async function faultsOf(
  desk: Desk,
  command: UserCommand,
  reference: Reference,
  plan: Plan,
  set: (nth: number, manner: Manner) => Fault,
): Promise<string[]> {
  const wrong: string[] = [];
  const before = await desk.database.changes.count();
  const log = await FromLog.from(desk.database);
  const fault = set(plan.nth, plan.manner);
  const trial = await attempt(desk, command, fault);
  fault.end();
  const told = [...trial.told, ...toldBy(desk, command)];
  const now = await done(desk, command, before);
  const isWhole = sameAs(reference.changes, now.changes) && sameAs(reference.kept, now.kept);
  if (told.length === 0 && !(isWhole && sameAs(reference.outcome, trial.outcome)))
    wrong.push(`nothing was told, and it was not done: ${JSON.stringify([trial.outcome, now])}`);
  wrong.push(...told.filter((words) => !isSentence(words)).map((words) => `“${words}” is no sentence`));
  if (!sameAs(reference.changes.slice(0, now.changes.length), now.changes))
    wrong.push(`something else was done: ${now.changes.join(', ')}`);
  // What the next start shows comes first in one half of the trials, trying again in the other.
  if (plan.nth % 2 === 0) wrong.push(...(await startFaults(log, desk)));
  if (plan.again) {
    const { nth, manner } = plan.again;
    await getOver(desk, command, reference, before, () => set(nth, manner));
    told.push(...toldBy(desk, command));
  }
  const last = await getOver(desk, command, reference, before);
  const end = await done(desk, command, before);
  if (!sameAs(reference.changes, end.changes))
    wrong.push(
      `after trying again it is not done once: ${JSON.stringify(end.changes)} for ${JSON.stringify(reference.changes)}`,
    );
  if (!sameAs(reference.kept, end.kept))
    wrong.push(`not kept after trying again: ${JSON.stringify(end.kept)}`);
  if (last && !sameAs(reference.outcome, last.outcome))
    wrong.push(
      `trying again gives ${JSON.stringify(last.outcome)} for ${JSON.stringify(reference.outcome)}: ${last.told.join(' ')}`,
    );
  const { saving } = desk.projects.session;
  if (saving.status !== 'saved') wrong.push(`in the end it is ${saving.status}`);
  wrong.push(...(await settledFaults(log, desk)));
  wrong.push(...(await startFaults(log, desk)));
  wrong.push(...(await mirrorFaults(desk, told)));
  return wrong;
}

/** What is wrong in a session that starts now, as after a reload. */
async function startFaults(log: FromLog, desk: Desk): Promise<string[]> {
  const open = desk.projects;
  const found = await log.compare(await desk.sit(), desk.database);
  // The one that one works in stays the one that is meant.
  desk.projects = open;
  return found.map((words) => `after a reload ${words}`);
}

/** What is wrong once all has come that comes by itself a second later. */
async function settledFaults(documents: FromLog, desk: Desk): Promise<string[]> {
  const compare = () => documents.compare(desk.projects.session, desk.database);
  let found = await compare();
  for (let turn = 0; found.length > 0 && turn < 30; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    found = await compare();
  }
  return found;
}

/** Tries to save again what is not saved, or does the command once more if it was not done. */
async function getOver(
  desk: Desk,
  command: UserCommand,
  reference: Reference,
  before: number,
  set?: () => Fault,
): Promise<Trial | undefined> {
  // Nothing is to be looked up while a fault is set.
  const isDone = async () => {
    const { changes } = await done(desk, command, before);
    return reference.changes.length > 0 && sameAs(reference.changes, changes);
  };
  const wasDone = await isDone();
  const failed = sessionsOf(desk).filter(({ saving }) => saving.status === 'failed');
  const fault = set?.();
  for (const session of failed) session.retrySaving();
  await atRest(desk, fault);
  let trial: Trial | undefined;
  if (fault ? failed.length === 0 && !wasDone : !(await isDone())) {
    desk.session.messages.closeAlert();
    trial = await attempt(desk, command, fault);
  }
  fault?.end();
  return trial;
}

/** What a command has come to: the changes that it wrote, and what it keeps beside the log. */
async function done(desk: Desk, command: UserCommand, before: number) {
  const changes = await desk.database.changes.toArray();
  return { changes: changes.slice(before).map(inWords), kept: await command.kept?.(desk) };
}

/** A change without ids and times, so that two runs can be compared. */
function inWords({ kind, title, added, updated, removed }: Change | Draft): string {
  return `${kind}: ${title} +${added.length} ~${updated.length} -${removed.length}`;
}

async function attempt(desk: Desk, command: UserCommand, fault?: Fault): Promise<Trial> {
  const said = [desk.session.messages.current?.text, desk.session.messages.alarm];
  try {
    const outcome: unknown = await command.run(desk);
    await atRest(desk, fault);
    return { outcome, told: [] };
  } catch (error) {
    // A verb that rejects is nobody's to catch: the user would see nothing.
    return {
      outcome: undefined,
      told: [`thrown, with “${said.join('”, “')}” before: ${String(error)}`.replace(/[.!]$/, '')],
    };
  }
}

/** What the user is told of something that is not as wanted. */
function toldBy({ session, projects }: Desk, command: UserCommand): string[] {
  return sessionsOf({ session, projects }).flatMap((one) => {
    const { saving, messages } = one;
    const isBad = /could not|stopped|not saved|failed|Nothing|cannot/u;
    const message = messages.current?.text;
    return [
      ...(saving.status === 'failed' ? [capital(saving.problem.message)] : []),
      ...(messages.alarm === undefined ? [] : [messages.alarm]),
      ...(message !== undefined && isBad.test(message) ? [message] : []),
      ...((command.told?.({ session: one, projects } as Desk) ?? '')
        ? [command.told!({ session: one } as Desk)!]
        : []),
    ];
  });
}

/** The session that one began in, and the one that is open now. */
function sessionsOf({ session, projects }: Pick<Desk, 'session' | 'projects'>): Session[] {
  return [...new Set([session, projects.session])];
}

/** Problems go on after “Not saved:”. */
function capital(words: string): string {
  return words.replace(/^./u, (letter) => letter.toUpperCase());
}

function isSentence(words: string): boolean {
  return /^[\p{Lu}“].*[.!”)]$/su.test(words) || /Error/.test(words);
}

function sameAs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Waits until nothing is on its way any more, in the session and in the storage. */
async function atRest(desk: Desk, fault?: Fault): Promise<void> {
  const isBusy = ({ saving, importing, exporting }: Session) =>
    saving.status === 'saving' || importing.progress !== undefined || exporting.progress !== undefined;
  let stable = 0;
  let count = -1;
  const start = performance.now();
  while (stable < 3) {
    if (performance.now() - start > 8000) throw new Error('it does not come to rest');
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    const isStill = !isBusy(desk.session) && !isBusy(desk.projects.session);
    stable = isStill && (fault?.count() ?? count) === count ? stable + 1 : 0;
    count = fault?.count() ?? count;
  }
}

/** The second copy has every change at its place, or the user was told that it cannot be written. */
async function mirrorFaults({ workspace, database }: Desk, told: readonly string[]): Promise<string[]> {
  const mirror = await openMirror(workspace.options);
  if (!mirror) return ['the second copy does not open'];
  try {
    const [own, copied] = await Promise.all([database.changes.toArray(), mirror.changes.toArray()]);
    const lacking = own.filter(({ seq, id }) => !copied.some((copy) => copy.seq === seq && copy.id === id));
    const isTold = told.some((words) => words.includes('second copy'));
    const doubles = own.length - new Set(own.map(({ id }) => id)).size;
    return [
      ...(lacking.length > 0 && !isTold ? [`the second copy lacks ${lacking.map(inWords).join(', ')}`] : []),
      ...(doubles > 0 ? [`${doubles} changes are in the log twice`] : []),
    ];
  } finally {
    mirror.close({ disableAutoOpen: true });
  }
}
