import fc from 'fast-check';
import { expect, vi } from 'vitest';
import type { Session } from '../../../src/session/session.svelte.ts';
import { bringUpToDate } from '../../../src/storage/upkeep.ts';
import { failing, manners, type Manner } from '../../storage/faults.ts';
import { shelve } from '../../storage/workspace.ts';
import { Desk } from '../desk.ts';
import { FromLog } from './from-log.ts';

const words = 'Ada denied it as Ben agreed with Cem that nobody was there'.split(' ');
const text = words.join(' ');
const documentIds = ['report-1', 'report-2', 'report-3'];
const labels = ['claim', 'denial', 'appeal', 'accusation'];

/** What is marked, in the simplest form that tells two states apart. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly note: string;
}

/** A document of the model: its state, and the states that Undo and Redo lead to. */
interface Plain {
  title: string;
  marks: readonly Mark[];
}

interface History {
  now: Plain;
  readonly undo: Plain[];
  readonly redo: Plain[];
}

/** What is thought to be there: no log, no ids, no tabs. */
class Model {
  readonly documents = new Map<string, History>(
    documentIds.map((id) => [id, { now: { title: id, marks: [] }, undo: [], redo: [] }]),
  );
  /** The fault that strikes in the next command. */
  fault: { readonly nth: number; readonly manner: Manner } | undefined;
  /**
   * The tab whose last steps are not said to be saved, how the documents were before each of them, and how many changes the
   * log had by then: one that is in it may still not be said to be, as when only reading failed.
   */
  unsaved:
    { readonly tab: number; readonly before: Map<string, History>[]; readonly known: number } | undefined;

  copy(): Map<string, History> {
    return new Map(
      [...this.documents].map(([id, { now, undo, redo }]) => [id, { now, undo: [...undo], redo: [...redo] }]),
    );
  }

  restore(documents: ReadonlyMap<string, History>): void {
    for (const [id, history] of documents) this.documents.set(id, history);
  }
}

/** The program: a desk at which several tabs are open on one storage. */
class Real {
  readonly desk = new Desk();
  readonly tabs: Session[] = [];
  readonly #close: (() => void)[] = [];
  #fromLog!: FromLog;

  static async open(tabs: number): Promise<Real> {
    const real = new Real();
    await real.desk.setUp();
    const first = await real.desk.sit();
    for (const [order, id] of documentIds.entries())
      await shelve(real.desk.database, { id, title: id, order }, text);
    first.close();
    real.#fromLog = await FromLog.from(real.desk.database);
    for (let tab = 0; tab < tabs; tab++) await real.sit(tab);
    return real;
  }

  async sit(tab: number): Promise<Session> {
    this.tabs[tab]?.close();
    const session = await this.desk.sit();
    session.nameAnnotator('Anna');
    const { projects } = this.desk;
    this.#close.push(() => projects.close());
    return (this.tabs[tab] = session);
  }

  async on(tab: number, documentId: string): Promise<Session> {
    const session = this.tabs[tab]!;
    await session.openDocument(documentId);
    // A tab whose storage was closed says so, and reads nothing until it is open again.
    for (let tries = 0; session.open?.id !== documentId && tries < 5; tries++) {
      session.retrySaving();
      await session.settle();
      await session.openDocument(documentId);
    }
    return session;
  }

  /** How many changes the log has. */
  logged(): Promise<number> {
    return this.desk.database.changes.count();
  }

  /** Whether every tab shows the model, and the storage has what its log says. */
  async check(model: Model): Promise<void> {
    await vi.waitFor(
      () => {
        for (const [index, session] of this.tabs.entries()) {
          if (model.unsaved && model.unsaved.tab !== index) continue;
          for (const [id, { now }] of model.documents)
            expect([index, session.shelf.get(id)?.title]).toEqual([index, now.title]);
          const { open } = session;
          if (open) expect(shownIn(session)).toEqual(model.documents.get(open.id)!.now.marks);
        }
      },
      { interval: 3, timeout: 10_000 },
    );
  }

  /** A tab that has just been opened shows the model on every document. */
  async checkAnew(model: Model): Promise<void> {
    const session = await this.desk.sit();
    const { projects } = this.desk;
    try {
      expect(await this.#fromLog.compare(session, this.desk.database)).toEqual([]);
      for (const [id, { now }] of model.documents) {
        await session.openDocument(id);
        expect({ title: session.shelf.get(id)?.title, marks: shownIn(session) }).toEqual(now);
        expect(session.shelf.get(id)?.counts.spans).toBe(now.marks.length);
      }
      const changes = await this.desk.database.changes.toArray();
      expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
    } finally {
      projects.close();
    }
  }

  close(): void {
    for (const close of this.#close) close();
    this.desk.close();
  }
}

function shownIn(session: Session): Mark[] {
  return session
    .open!.spans.map(({ start, end, label, note = '' }) => ({
      start,
      end,
      label: session.label(label).value,
      note,
    }))
    .sort(byPlace);
}

function byPlace(one: Mark, other: Mark): number {
  return one.start - other.start || one.end - other.end || (one.label < other.label ? -1 : 1);
}

/** A step that users take. */
type Step = fc.AsyncCommand<Model, Real>;

/** Something done to a document in a tab. `after` says what becomes of it in the model; nothing, when it is refused. */
abstract class Doing implements Step {
  readonly tab: number;
  readonly documentId: string;

  constructor(tab: number, document: number) {
    this.tab = tab;
    this.documentId = documentIds[document]!;
  }

  check = () => true;
  abstract act(session: Session, model: Plain): void;
  abstract after(plain: Plain): Plain | undefined;

  async run(model: Model, real: Real): Promise<void> {
    counted.steps++;
    // What is not saved is gone on with in its own tab.
    const tab = model.unsaved?.tab ?? this.tab;
    const session = await real.on(tab, this.documentId);
    if (session.saving.status === 'saved') model.unsaved = undefined;
    const history = model.documents.get(this.documentId)!;
    const before = model.copy();
    const known = await real.logged();
    const { fault: plan } = model;
    model.fault = undefined;
    const fault = plan && failing(plan.nth, plan.manner);
    this.act(session, history.now);
    const after = this.after(history.now);
    if (after) {
      history.undo.push(history.now);
      history.redo.length = 0;
      history.now = after;
    }
    await session.settle();
    await rest(real, fault);
    fault?.end();
    if (fault?.struck()) counted.faults++;
    await recover(real, tab);
    if (session.saving.status === 'failed') {
      model.unsaved ??= { tab, before: [], known };
      if (after) model.unsaved.before.push(before);
    } else {
      model.unsaved = undefined;
    }
    await real.check(model);
  }

  abstract toString(): string;
}

/** How much was tried, for the report. */
export const counted = { steps: 0, faults: 0, kills: 0, broughtBack: 0 };

/** Tabs that only could not read what others did have nothing to save. */
async function recover(real: Real, tab: number): Promise<void> {
  for (const [index, session] of real.tabs.entries())
    if (index !== tab && session.saving.status === 'failed') session.retrySaving();
  await rest(real);
}

async function rest(real: Real, fault?: { count: () => number }): Promise<void> {
  let [count, stable] = [-1, 0];
  while (stable < 2) {
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setTimeout(resolve));
    const isStill = real.tabs.every(({ saving }) => saving.status !== 'saving');
    stable = isStill && (fault?.count() ?? count) === count ? stable + 1 : 0;
    count = fault?.count() ?? count;
  }
}

class MarkWords extends Doing {
  readonly range: { readonly start: number; readonly end: number };
  readonly label: string;

  constructor(tab: number, document: number, from: number, length: number, label: number) {
    super(tab, document);
    const last = Math.min(from + length, words.length);
    const start = words.slice(0, from).join(' ').length + (from > 0 ? 1 : 0);
    this.range = { start, end: words.slice(0, last).join(' ').length };
    this.label = labels[label]!;
  }

  act(session: Session): void {
    session.selecting.select(this.range.start, this.range.end, 'keyboard');
    session.marking.apply(session.labels.find(({ value }) => value === this.label)!);
  }

  after({ title, marks }: Plain): Plain | undefined {
    const mark = { ...this.range, label: this.label, note: '' };
    return isTaken(marks, mark) ? undefined : { title, marks: [...marks, mark].sort(byPlace) };
  }

  toString = () =>
    `${this.tab}: mark ${this.range.start}–${this.range.end} of ${this.documentId} ${this.label}`;
}

function isTaken(marks: readonly Mark[], { start, end, label }: Mark): boolean {
  return marks.some((mark) => mark.start === start && mark.end === end && mark.label === label);
}

/** Something done to one of the marks of a document. */
class ChangeMark extends Doing {
  readonly what: 'relabel' | 'remove' | 'note' | 'move its end';
  readonly which: number;
  readonly to: number;

  constructor(tab: number, document: number, what: ChangeMark['what'], which: number, to: number) {
    super(tab, document);
    [this.what, this.which, this.to] = [what, which, to];
  }

  act(session: Session, { marks }: Plain): void {
    const mark = this.#one(marks);
    if (!mark) return;
    const span = session.open!.spans.find(
      ({ start, end, label }) =>
        start === mark.start && end === mark.end && session.label(label).value === mark.label,
    )!;
    session.marking.goTo(span);
    if (this.what === 'relabel')
      session.marking.apply(session.labels.find(({ value }) => value === labels[this.to])!);
    else if (this.what === 'remove') session.marking.remove();
    else if (this.what === 'note') session.describing.setNote(span, `note ${this.to}`);
    else {
      session.ends.hold('end');
      session.ends.moveTo(this.#end(mark));
      session.ends.letGo();
    }
  }

  after({ title, marks }: Plain): Plain | undefined {
    const mark = this.#one(marks);
    if (!mark) return undefined;
    const others = marks.filter((one) => one !== mark);
    if (this.what === 'remove') return { title, marks: others };
    const changed =
      this.what === 'note'
        ? { ...mark, note: `note ${this.to}` }
        : this.what === 'relabel'
          ? { ...mark, label: labels[this.to]! }
          : { ...mark, end: this.#end(mark) };
    const isSame = JSON.stringify(changed) === JSON.stringify(mark);
    if (isSame || (this.what !== 'note' && isTaken(others, changed))) return undefined;
    return { title, marks: [...others, changed].sort(byPlace) };
  }

  /** The end of the word after, or of the text. */
  #end({ end }: Mark): number {
    const next = text.indexOf(' ', end + 1);
    return next < 0 ? text.length : next;
  }

  #one(marks: readonly Mark[]): Mark | undefined {
    return marks[this.which % Math.max(1, marks.length)];
  }

  toString = () => `${this.tab}: ${this.what} ${this.which} of ${this.documentId} to ${this.to}`;
}

class Rename extends Doing {
  readonly to: string;

  constructor(tab: number, document: number, to: number) {
    super(tab, document);
    this.to = `Report ${to}`;
  }

  act(session: Session): void {
    session.documents.rename(this.documentId, this.to);
  }

  after({ title, marks }: Plain): Plain | undefined {
    return title === this.to ? undefined : { title: this.to, marks };
  }

  toString = () => `${this.tab}: rename ${this.documentId} to ${this.to}`;
}

class UndoRedo extends Doing {
  readonly way: 'undo' | 'redo';

  constructor(tab: number, document: number, way: 'undo' | 'redo') {
    super(tab, document);
    this.way = way;
  }

  // Undo waits for what is on its way, and is refused while that is not saved.
  override check = (model?: Readonly<Model>) => model?.unsaved === undefined;

  act(session: Session): void {
    session.marking[this.way]();
  }

  after(): undefined {
    return undefined;
  }

  override async run(model: Model, real: Real): Promise<void> {
    const history = model.documents.get(this.documentId)!;
    const { undo, redo } = history;
    const before = model.copy();
    const session = await real.on(this.tab, this.documentId);
    const known = await real.logged();
    const [from, to] = this.way === 'undo' ? [undo, redo] : [redo, undo];
    const { fault: plan } = model;
    model.fault = undefined;
    counted.steps++;
    const fault = plan && failing(plan.nth, plan.manner);
    this.act(session);
    await rest(real, fault);
    // Another tab's step is asked for twice.
    if (/once more/.test(session.messages.current?.text ?? '')) this.act(session);
    const next = from.pop();
    if (next) {
      to.push(history.now);
      history.now = next;
    }
    await rest(real, fault);
    fault?.end();
    if (fault?.struck()) counted.faults++;
    await recover(real, this.tab);
    if (session.saving.status === 'failed')
      model.unsaved = { tab: this.tab, before: next ? [before] : [], known };
    await real.check(model);
  }

  toString = () => `${this.tab}: ${this.way} on ${this.documentId}`;
}

class Arm implements Step {
  readonly nth: number;
  readonly manner: Manner;

  constructor(nth: number, manner: Manner) {
    [this.nth, this.manner] = [nth, manner];
  }

  check = () => true;

  async run(model: Model): Promise<void> {
    model.fault = { nth: this.nth, manner: this.manner };
  }

  toString = () => `from here on operation ${this.nth} ${this.manner}`;
}

class Retry implements Step {
  check = (model: Readonly<Model>) => model.unsaved !== undefined;

  async run(model: Model, real: Real): Promise<void> {
    counted.steps++;
    await save(model, real);
    await real.check(model);
  }

  toString = () => 'try again';
}

async function save(model: Model, real: Real): Promise<void> {
  if (!model.unsaved) return;
  const session = real.tabs[model.unsaved.tab]!;
  session.retrySaving();
  await session.settle();
  await rest(real);
  expect(session.saving.status).toBe('saved');
  model.unsaved = undefined;
}

/** A tab is opened anew, with all saved, or in the middle of something, as when it is killed. */
class Reload implements Step {
  readonly tab: number;
  readonly isKilled: boolean;

  constructor(tab: number, isKilled: boolean) {
    [this.tab, this.isKilled] = [tab, isKilled];
  }

  check = () => true;

  async run(model: Model, real: Real): Promise<void> {
    counted.steps++;
    model.fault = undefined;
    const tab = model.unsaved?.tab ?? this.tab;
    if (!this.isKilled) await save(model, real);
    const lost = model.unsaved?.before ?? [];
    const known = model.unsaved?.known ?? (await real.logged());
    if (this.isKilled) counted.kills++;
    await real.sit(tab);
    await rest(real);
    // What was never announced as saved is there whole, in order, or not at all: the second copy may have had it.
    const back = (await real.logged()) - known;
    expect(back).toBeLessThanOrEqual(lost.length);
    counted.broughtBack += back;
    if (lost[back]) model.restore(lost[back]);
    model.unsaved = undefined;
    await recover(real, -1);
    await real.check(model);
    await real.checkAnew(model);
  }

  toString = () => `${this.tab}: ${this.isKilled ? 'killed and opened again' : 'reloaded'}`;
}

/** Snapshots are made, as when nothing has happened for some seconds. */
class Tidy implements Step {
  check = () => true;

  async run(_model: Model, { desk }: Real): Promise<void> {
    counted.steps++;
    await bringUpToDate(desk.database);
  }

  toString = () => 'snapshots';
}

/** So many steps of any kind, in so many tabs. */
export function steps(count: number, tabs: number): fc.Arbitrary<Step[]> {
  const tab = fc.nat(tabs - 1);
  const document = fc.nat(documentIds.length - 1);
  const [place, number] = [fc.nat(words.length - 1), fc.nat(labels.length - 1)];
  const mark = fc
    .tuple(tab, document, place, fc.integer({ min: 1, max: 4 }), number)
    .map((args): Step => new MarkWords(...args));
  const change = fc
    .tuple(
      tab,
      document,
      fc.constantFrom<ChangeMark['what'][]>('relabel', 'remove', 'note', 'move its end'),
      fc.nat(9),
      number,
    )
    .map((args): Step => new ChangeMark(...args));
  const others = fc.oneof(
    fc.tuple(tab, document, fc.nat(5)).map((args): Step => new Rename(...args)),
    fc.tuple(tab, fc.boolean()).map((args): Step => new Reload(...args)),
    fc.constant(0).map((): Step => new Tidy()),
  );
  const back = fc
    .tuple(tab, document, fc.constantFrom<('undo' | 'redo')[]>('undo', 'redo'))
    .map((args): Step => new UndoRedo(...args));
  const arm = fc
    .tuple(fc.integer({ min: 1, max: 14 }), fc.constantFrom(...manners))
    .map((args): Step => new Arm(...args));
  const retry = fc.constant(0).map((): Step => new Retry());
  const step = fc.oneof(
    { weight: 6, arbitrary: mark },
    { weight: 6, arbitrary: change },
    { weight: 4, arbitrary: back },
    { weight: 3, arbitrary: others },
    { weight: 4, arbitrary: arm },
    { weight: 2, arbitrary: retry },
  );
  return fc.array(step, { minLength: count, maxLength: count });
}

/** Takes the steps, and looks at the end at everything once more. */
export async function runSteps(all: readonly Step[], tabs: number): Promise<void> {
  const real = await Real.open(tabs);
  const model = new Model();
  try {
    await fc.asyncModelRun(() => ({ model, real }), all);
    await save(model, real);
    await real.checkAnew(model);
  } finally {
    real.close();
  }
}
