import { annotatorName } from '../core/annotator.ts';
import type { Change, Edit } from '../core/change.ts';
import type { Document } from '../core/document.ts';
import { isFinal, type StorageProblem } from '../core/problem.ts';
import { mergeProject, type Project } from '../core/project.ts';
import { wholeQueue } from '../core/queue.ts';
import { labelOf, livingLabels, type Label } from '../core/scheme.ts';
import { applyEdits, livingSheet, type Sheet } from '../core/sheet.ts';
import type { Span } from '../core/span.ts';
import type { Unsound } from '../core/sound.ts';
import { schemeFault } from '../core/schemes/editing.ts';
import type { Database } from '../storage/database.ts';
import { documentsOfImport, openDocuments } from '../storage/documents.ts';
import { storageProblem } from '../storage/failure.ts';
import { recentChanges } from '../storage/log.ts';
import type { Doctor } from './doctor/doctor.svelte.ts';
import type { SecondCopy } from './second-copy.ts';
import { rememberDocumentCount } from '../storage/tripwire.ts';
import { ChangeLog, type Saving } from './log/change-log.svelte.ts';
import { Describing } from './spans/describing.svelte.ts';
import { DocumentVerbs } from './documents/document-verbs.ts';
import { BackingUp } from './files/backing-up.svelte.ts';
import { Exporting } from './files/exporting.svelte.ts';
import { FindInDocument } from './finding/find-in-document.svelte.ts';
import { Occurrences } from './finding/occurrences.svelte.ts';
import { Search } from './finding/search.svelte.ts';
import { Activity } from './flow/activity.svelte.ts';
import { DocumentFacts } from './flow/document-facts.ts';
import { LabelsAtHand } from './flow/labels-at-hand.svelte.ts';
import { Places } from './flow/places.ts';
import { Importing } from './files/importing.svelte.ts';
import { startJob } from './job.ts';
import { Linking } from './spans/linking.svelte.ts';
import { Ends } from './spans/ends.ts';
import { Marking } from './spans/marking.ts';
import { Selecting } from './spans/selecting.ts';
import { Messages } from './messages.svelte.ts';
import { Names } from './spans/names.svelte.ts';
import type { OpenDocument } from './documents/open-document.svelte.ts';
import { Opening, type Place } from './documents/opening.svelte.ts';
import type { Preferences, PreferenceValues } from './preferences.svelte.ts';
import { ProjectVerbs } from './projects/project-verbs.ts';
import { RecentChanges } from './log/recent-changes.svelte.ts';
import { Meanwhile } from './log/meanwhile.ts';
import { Recorder } from './log/recorder.ts';
import { SchemeVerbs } from './schemes/scheme-verbs.ts';
import { Counting } from './statistics.svelte.ts';
import { Shelf, type QueueKeeper } from './documents/shelf.svelte.ts';
import { shortened } from './spans/quoting.ts';
import { Stack } from './spans/stack.ts';
import type { Workplace } from './workplace.ts';

/** What a session starts from: the workspace as it was read at change `seq`. */
export interface Workspace {
  readonly database: Database;
  readonly project: Project;
  readonly documents: readonly Document[];
  readonly seq: number;
  readonly preferences: Preferences;
  /** Documents that were here once, when now there are none at all. */
  readonly missing: number;
  /** Says whether what the storage holds is what was written. */
  readonly sound: typeof import('../core/sound.ts');
}

/** How long nothing must happen before snapshots are brought up to date. */
const idleMs = 3000;
/** How long after documents could not be listed that is tried again. */
const listAgainMs = 1000;

/** The reactive middle: what is open, who annotates, and the user's verbs. */
export class Session implements Workplace {
  readonly messages = new Messages();
  readonly preferences: Preferences;
  /** Documents that this browser held here once, when now there are none at all. */
  readonly missing: number;
  readonly shelf: Shelf;
  readonly hand: LabelsAtHand;
  readonly places: Places;
  readonly activity: Activity;
  readonly facts: DocumentFacts;
  readonly ends: Ends;
  readonly selecting: Selecting;
  readonly marking: Marking;
  readonly describing: Describing;
  readonly linking: Linking;
  readonly finding: FindInDocument;
  readonly occurrences: Occurrences;
  readonly search: Search;
  readonly stack: Stack;
  readonly names: Names;
  readonly documents: DocumentVerbs;
  readonly scheme: SchemeVerbs;
  readonly projects: ProjectVerbs;
  readonly recent: RecentChanges;
  readonly importing: Importing;
  readonly exporting: Exporting;
  readonly backingUp: BackingUp;
  readonly statistics: Counting;
  readonly #database: Database;
  readonly #sound: Workspace['sound'];
  readonly #log: ChangeLog;
  readonly #recorder: Recorder;
  #doctor: Promise<Doctor> | undefined;
  readonly #unfollow: () => void;
  #project = $state.raw<Project>() as Project;
  #superseded = $state.raw<StorageProblem>();
  readonly #meanwhile = new Meanwhile();
  readonly #opening: Opening;
  /** Imports that count and whose documents could not be read yet. */
  readonly #unlisted = new Set<string>();
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** Rows that files bring are copied when all is quiet, and after each start what may be missing on either side. */
  #isCopyDue = true;
  #secondCopy = $state.raw<SecondCopy>('unknown');
  #isRoomLittle = $state(false);

  readonly #current = $derived.by(() => this.#log.pending.reduce(projectAfter, this.#project));
  readonly labels = $derived(livingLabels(this.#current.scheme));

  constructor({ database, project, documents, seq, preferences, missing, sound }: Workspace) {
    this.#sound = sound;
    this.missing = missing;
    this.#database = database;
    this.#project = project;
    this.preferences = preferences;
    this.#unfollow = preferences.follow();
    this.#log = new ChangeLog(database, seq, (change) => this.#receive(change));
    this.#opening = new Opening(this, database, this.#log, this.#meanwhile, sound);
    this.shelf = new Shelf(documents, this.#log, () => this.#current.scheme, this.#queueKeeper(project.id));
    const recorder = new Recorder(this.#log, preferences, project.id, () =>
      this.messages.say('Nothing was changed: this tab can only be read. Reload the page to go on.'),
    );
    this.#recorder = recorder;
    const keepFailed = (error: unknown) => this.tellUnkept('Where you were could not be kept', error);
    this.hand = new LabelsAtHand((id) => this.label(id));
    this.places = new Places(database, keepFailed);
    this.activity = new Activity(database, () => preferences.annotator, keepFailed);
    this.facts = new DocumentFacts(this, recorder);
    this.ends = new Ends(this, recorder);
    this.selecting = new Selecting(this, this.ends);
    this.marking = new Marking(this, recorder, this.ends);
    this.describing = new Describing(this, recorder);
    this.linking = new Linking(this, recorder);
    this.finding = new FindInDocument(this, this.marking, this.ends);
    this.occurrences = new Occurrences(this, recorder);
    this.search = new Search(this);
    this.stack = new Stack(this);
    this.names = new Names(
      () => startJob({ kind: 'names', projectId: project.id }).result,
      (error) => this.messages.say(`The names in use could not be read (${String(error)}). Typing works.`),
    );
    this.documents = new DocumentVerbs(this, recorder);
    this.recent = new RecentChanges(
      recorder,
      (limit) => recentChanges(database, project.id, limit),
      (error) =>
        this.messages.alert(`What was done before could not be read: ${storageProblem(error).message}`),
      (edit) => schemeFault(projectAfter(this.#current, edit).scheme, this.#current.scheme),
      (importId) => this.shelf.ofImport(importId),
      (labelId, importId) => this.shelf.usesBeside(importId, labelId),
    );
    this.scheme = new SchemeVerbs(this, recorder, this.recent);
    this.projects = new ProjectVerbs(this, recorder);
    this.importing = new Importing(this, recorder, this.recent);
    this.exporting = new Exporting(this);
    this.backingUp = new BackingUp(this, database);
    this.statistics = new Counting(this);
    this.#rest();
  }

  /** The project with what is still on its way. */
  get project(): Project {
    return this.#current;
  }

  /** The document that was on screen last. */
  get lastDocumentId(): string | undefined {
    return this.preferences.values.lastDocuments[this.#project.id];
  }

  get open(): OpenDocument | undefined {
    return this.#opening.open;
  }

  /** A held end and a note being written are not saved, and nor is anything once another tab has taken over. */
  get saving(): Saving {
    const { held } = this.open ?? {};
    if (this.#log.saving.status !== 'saved') return this.#log.saving;
    const isHeld = held !== undefined && held[held.side] !== held.span[held.side];
    return isHeld || this.describing.isWriting || this.preferences.isWriting
      ? { status: 'saving' }
      : this.#log.saving;
  }

  /** Set when this tab may no longer write: another version took over, or the storage was closed. */
  get superseded(): StorageProblem | undefined {
    return this.#superseded;
  }

  /** What the second copy was last seen to hold. */
  get secondCopy(): SecondCopy {
    return this.#secondCopy;
  }

  /** Whether the browser has little room left for more work. */
  get isRoomLittle(): boolean {
    return this.#isRoomLittle;
  }

  /** The check of the whole storage, fetched when it is first asked for; what it has found stays. */
  get doctor(): Promise<Doctor> {
    this.#doctor ??= import('./doctor/doctor.svelte.ts').then(
      ({ Doctor }) => new Doctor(this, this.#recorder),
    );
    return this.#doctor;
  }

  label(id: string): Label {
    return labelOf(this.#current.scheme, id);
  }

  /** Puts the document on screen, with a place that is where one then is in it. See `Opening.show`. */
  openDocument(documentId: string, place?: Place): Promise<void> {
    return this.#opening.show(documentId, place);
  }

  #queueKeeper(projectId: string): QueueKeeper {
    const queues = () => this.preferences.values.queues;
    return {
      queue: { ...wholeQueue, ...queues()[projectId] },
      keep: (queue) =>
        this.preferences.set({ queues: { ...queues(), [projectId]: queue } as PreferenceValues['queues'] }),
    };
  }

  nameAnnotator(typed: string): void {
    const name = annotatorName(typed);
    this.preferences.set({ asked: true, ...(name !== undefined && { annotator: name }) });
    if (name !== undefined) this.messages.say(`New spans are signed “${name}”.`);
  }

  retrySaving(): void {
    void this.#log.retry();
  }

  /** The database was closed under us: for good, or so that it may be opened anew. */
  supersede(problem: StorageProblem): void {
    if (!isFinal(problem)) return void this.#log.reconnect();
    this.#superseded = problem;
    this.#log.end(problem);
    this.messages.alert(problem.message);
  }

  /** Downloads all that can be read and what is not saved yet, whatever state the storage is in. */
  async saveCopy(): Promise<void> {
    const { saveCopyOfWork } = await import('./files/rescuing.ts');
    const { name, scheme } = this.#current;
    const { pending } = this.#log;
    const source = {
      database: this.#database,
      read: openDocuments,
      marksOn: (id: string, stored: Sheet) => livingSheet(applyEdits(stored, pending, id), scheme),
      documents: this.shelf.present,
      scheme,
      pending,
      open: this.open,
    };
    await saveCopyOfWork(source, name, this.messages);
  }

  /** Takes in what was done while the page was frozen or out of sight. */
  lookAgain(): void {
    void this.#log.lookAgain();
  }

  /** Ends the session's listening, as on a hot reload or at the end of a test. */
  close(): void {
    clearTimeout(this.#idle);
    this.activity.close();
    void this.places.keep();
    this.#log.close();
    this.occurrences.stop();
    this.search.close();
    this.#unlisted.clear();
    this.#unfollow();
  }

  /** Other local pages can write into the storage, and disks flip bits: what is no longer sound is told, and left there. */
  tellUnsound(what: Unsound, count: number): void {
    const words = this.#sound.unsoundWords(what, count);
    if (words !== undefined) this.messages.alert(words);
  }

  #receive(change: Change): void {
    if (!this.#sound.isSoundChange(change, (id) => this.shelf.get(id)?.length))
      return this.tellUnsound('changes', 1);
    this.#meanwhile.receive(change);
    this.shelf.receive(change);
    this.#tellConflicts(this.open?.receive(change) ?? []);
    const wasHere = !this.#project.deleted;
    this.#project = projectAfter(this.#project, change);
    if (wasHere && this.#project.deleted)
      this.messages.alert(
        'This project was deleted. Restore it in the menu of projects, under “Deleted projects”.',
      );
    if (change.projectId === this.#project.id) {
      this.recent.receive(change);
      this.statistics.moved();
      this.names.receive(change);
      if (change.importId !== undefined && change.kind === 'undo') this.#setAside(change.importId);
      else if (change.importId !== undefined) {
        this.#isCopyDue = true;
        // Given to the second copy at once: when the change is there, all that it brings has been read.
        void this.#makeAlike(true);
        void this.shelve(change.importId);
      }
    }
    this.#rest();
  }

  /** What is no work could not be written. While work cannot be either, that is said already, and weighs more. */
  tellUnkept(what: string, error: unknown): void {
    const { kind, message } = storageProblem(error);
    // A transaction that was aborted is said to be closed too, while the database stands open.
    const isClosed = kind === 'closed' && !this.#database.isOpen();
    if (!isClosed && this.#log.saving.status !== 'failed') this.messages.alert(`${what}: ${message}`);
  }

  #tellConflicts([span, ...more]: readonly Span[]): void {
    if (!span || !this.open) return;
    this.shelf.recount(this.open.id, this.open.counts);
    const others = more.length > 0 ? ` and ${more.length} more` : '';
    this.messages.alert(
      `“${shortened(span.text)}”${others} was both changed and removed, in two places that did not know of each other. It stays as changed; remove it again if it should go.`,
    );
  }

  /** Saves what is half done: a moved end that is held, a note that is being written. */
  letGo(): void {
    this.ends.letGo();
    this.describing.keepNote();
  }

  settle(): Promise<boolean> {
    this.letGo();
    return this.#log.settled();
  }

  /** Leaves no trace of these documents behind that would be written later: where one is in them, and for how long. */
  async leave(documentIds: readonly string[]): Promise<void> {
    if (documentIds.includes(this.open?.id ?? '')) this.#opening.close();
    await this.activity.keep();
    this.activity.close();
    await this.places.keep();
  }

  async shelve(importId: string): Promise<void> {
    try {
      await this.#meanwhile.read(
        () => documentsOfImport(this.#database, importId),
        ({ documents, seq }, since) => this.shelf.add(documents, seq, since),
      );
      rememberDocumentCount(this.shelf.all.length);
      this.statistics.moved();
      this.#unlisted.delete(importId);
    } catch (error) {
      this.messages.alert(`Imported documents could not be listed: ${storageProblem(error).message}`);
      // They count all the same, and nobody else would ask for them before the next start.
      this.#unlisted.add(importId);
      setTimeout(() => this.#unlisted.has(importId) && void this.shelve(importId), listAgainMs);
    }
  }

  /** Without a document on screen that nobody can find any more. */
  #setAside(importId: string): void {
    this.#unlisted.delete(importId);
    const isOpen = this.shelf.get(this.open?.id ?? '')?.importId === importId;
    this.shelf.setAside(importId);
    if (isOpen) this.#opening.close();
    rememberDocumentCount(this.shelf.all.length);
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      startJob({ kind: 'upkeep' }).result.catch((error: unknown) => {
        this.messages.say(`The storage could not be tidied (${String(error)}). Nothing is lost by that.`);
      });
      if (this.#isCopyDue) void this.#makeAlike();
      // Fetched before it is needed: by then there may be nothing that it could be fetched from.
      void Promise.allSettled([import('./files/rescuing.ts')]);
    }, idleMs);
  }

  async #makeAlike(isImportOver = this.importing.progress === undefined): Promise<void> {
    // Both would want their memory and the disk at once.
    if (!isImportOver || this.exporting.progress !== undefined) return this.#rest();
    this.#isCopyDue = false;
    const { completeCopy } = await import('./second-copy.ts');
    this.#secondCopy = await completeCopy(this.messages);
    const { isLittle, keeper, roomIn } = await import('./keeping.ts');
    this.#isRoomLittle = isLittle(await roomIn(keeper()));
  }
}

function projectAfter(project: Project, { updated }: Edit): Project {
  return updated.reduce(
    (current, { before, after }) =>
      before.type === 'project' && after.type === 'project' && after.value.id === current.id
        ? mergeProject(current, before.value, after.value)
        : current,
    project,
  );
}
