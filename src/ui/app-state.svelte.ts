import { getContext, setContext, tick } from 'svelte';
import type { AnnotationEditor } from '../editor/annotation-editor.ts';
import type { Projects } from '../session/projects/projects.svelte.ts';
import type { ChosenBackup } from '../session/files/backups-among.ts';
import type { Session } from '../session/session.svelte.ts';
import { Panels } from './annotate/panels.svelte.ts';
import { Navigation } from './route.svelte.ts';

export type DialogName =
  | 'import'
  | 'export'
  | 'shortcuts'
  | 'licences'
  | 'commands'
  | 'go-to-document'
  | 'recent-changes'
  | 'occurrences'
  | 'restore'
  | 'remains'
  | ProjectDialogName;
export type ProjectDialogName =
  'new-project' | 'rename-project' | 'delete-project' | 'deleted-projects' | 'erase';

/** What is to be deleted for good once its name is typed. */
export interface Doomed {
  readonly name: string;
  readonly documentIds: readonly string[];
  readonly projectIds: readonly string[];
}
export type SideTab = 'spans' | 'document' | 'guidelines';

/** What the screen needs beside the session: where one is, and what lies over it. */
export class AppState {
  readonly session: Session;
  readonly projects: Projects;
  readonly navigation = new Navigation();
  /** The dialog that is open. */
  dialog = $state.raw<DialogName>();
  /** What the dialog about deleting for good is about. */
  doomed: Doomed | undefined;
  readonly panels: Panels;
  /** What the panel beside the text shows. */
  sideTab = $state.raw<SideTab>('spans');
  /** The list of all labels, while it is open: where it stands. */
  labelList = $state.raw<'selection' | HTMLElement>();
  /** The text on screen, once it is there. */
  editor = $state.raw<AnnotationEditor>();
  /** Whether the list of the spans at the caret is open. */
  spansHere = $state(false);
  /** Documents ticked in the list. */
  ticked = $state.raw<ReadonlySet<string>>(new Set());
  /** Backups on their way into the dialog that restores them. */
  backups = $state.raw<readonly ChosenBackup[]>([]);
  /** A text on its way into the import dialog. */
  pasted = $state.raw('');

  constructor(session: Session, projects: Projects) {
    this.session = session;
    this.projects = projects;
    this.panels = new Panels(session.preferences);
  }

  /** Goes back to the text with the keyboard, from wherever it is. */
  focusText(): void {
    const isBehind = this.panels.sheet !== undefined;
    this.panels.closeSheet();
    // What lies behind a sheet takes no focus until the page has been drawn without it.
    if (isBehind) void tick().then(() => this.editor?.focus());
    else this.editor?.focus();
  }

  /** Goes with the keyboard to a field of the focused span, whose panel is shown first where it is not. */
  async focusField(id: string): Promise<void> {
    this.sideTab = 'spans';
    if (!this.panels.isShown('spans')) this.panels.toggle('spans');
    await tick();
    focusWithin(document.getElementById(id));
  }

  /** Lists the spans at the caret, to choose one. */
  listSpansHere(): void {
    this.spansHere = this.session.stack.here.length > 0;
    if (!this.spansHere) this.session.messages.say('There is no span at the caret.');
  }

  openDocument(documentId: string): void {
    this.panels.closeSheet();
    this.navigation.go({ screen: 'annotate', documentId });
  }

  /** Imports the files and shows the first new document; backups among them are for another dialog. */
  async importFiles(files: Parameters<Session['importing']['files']>[0]): Promise<void> {
    const isPacked = files.some((file) => /\.(locution|zip)$/i.test('path' in file ? file.path : file.name));
    if (!isPacked) return this.importOnly(files);
    const { backupsAmong } = await import('../session/files/backups-among.ts');
    const { backups, others } = await backupsAmong(files);
    if (others.length > 0) await this.importOnly(others);
    if (backups.length > 0) this.restore(backups);
  }

  async importOnly(files: Parameters<Session['importing']['files']>[0]): Promise<void> {
    this.#show(await this.session.importing.files(files));
  }

  async importRest(): Promise<void> {
    this.#show(await this.session.importing.rest());
  }

  restore(backups: readonly ChosenBackup[]): void {
    this.backups = backups;
    this.dialog = 'restore';
  }

  async importPasted(title: string, text: string): Promise<void> {
    const documentId = await this.session.importing.pastedText(title, text);
    // What was typed stays in the dialog until it is a document, or is known to be one already.
    if (documentId !== undefined || this.session.importing.report) this.#show(documentId);
  }

  async importSample(): Promise<void> {
    this.#show(await this.session.importing.sample());
  }

  /** Asks whether it is to be deleted for good. */
  askToErase(doomed: Doomed): void {
    this.doomed = doomed;
    this.dialog = 'erase';
  }

  /** Opens the document `distance` further in the list. */
  openNeighbour(distance: 1 | -1): void {
    const next = this.session.shelf.neighbour(this.session.open?.id, distance);
    if (next) this.openDocument(next.id);
    else
      this.session.messages.say(distance > 0 ? 'This is the last document.' : 'This is the first document.');
  }

  /** Opens the list of documents, narrowed to these; “`name` in 12 documents” says why. */
  showOnly(name: string, documentIds: Iterable<string>): void {
    const only = { name, ids: new Set(documentIds) };
    this.session.shelf.narrow({ search: '', status: 'all', only });
    this.navigation.go({ screen: 'documents' });
  }

  /** Proposes to label all occurrences of what is looked for, selected or focused. */
  labelEverywhere(): void {
    const { finding, occurrences } = this.session;
    if (finding.isOpen && finding.words.trim() !== '')
      occurrences.start(finding.words.trim(), finding.options);
    else occurrences.start();
    this.dialog = 'occurrences';
  }

  /** Whether the guidelines are to be seen beside the text. */
  get guidelines(): boolean {
    return this.#isSeen('guidelines');
  }

  /** Shows the guidelines beside the text, in a sheet where the window is narrow, or the spans again. */
  toggleGuidelines(): void {
    this.#toggleTab('guidelines');
  }

  /** Opens the next document of the queue on which nothing is marked. */
  openNextWithoutSpans(): void {
    const next = this.session.shelf.nextWithoutSpans(this.session.open?.id);
    if (next) this.openDocument(next.id);
    else this.session.messages.say('Every other document of this queue has spans.');
  }

  /** Sets the open document to done and goes on with the next one of the queue, or tells what is missing. */
  async finishAndGoOn(): Promise<void> {
    const next = (await this.session.documents.finishOpen())?.next;
    if (next) this.openDocument(next.id);
  }

  /** Shows what is known of the document, or the spans again. */
  toggleFacts(): void {
    this.#toggleTab('document');
  }

  /** Undoes the last step on the document or the scheme in sight; elsewhere what the message offers to undo. */
  undo(): void {
    const { screen } = this.navigation.route;
    if (screen === 'annotate') this.session.marking.undo();
    else if (screen === 'labels') void this.session.scheme.undo();
    else this.session.messages.current?.action?.run();
  }

  redo(): void {
    if (this.navigation.route.screen === 'labels') void this.session.scheme.redo();
    else this.session.marking.redo();
  }

  #isSeen(tab: SideTab): boolean {
    return this.sideTab === tab && this.panels.isShown('spans');
  }

  #toggleTab(tab: SideTab): void {
    const wasSeen = this.#isSeen(tab);
    this.sideTab = wasSeen ? 'spans' : tab;
    if (wasSeen) this.panels.closeSheet();
    else if (!this.panels.isShown('spans')) this.panels.toggle('spans');
  }

  #show(documentId: string | undefined): void {
    this.dialog = undefined;
    if (documentId !== undefined) this.openDocument(documentId);
  }
}

const key = Symbol('app');

export function provideApp(app: AppState): AppState {
  return setContext(key, app);
}

export function useApp(): AppState {
  return getContext<AppState>(key);
}

/** Focuses the element, or what in it is chosen, or the first in it that can be focused. */
function focusWithin(element: HTMLElement | null): void {
  const inside = ['[aria-checked=true]', 'input, button, textarea'];
  const found = element?.matches('input, textarea')
    ? element
    : inside.map((selector) => element?.querySelector<HTMLElement>(selector)).find(Boolean);
  found?.focus();
}
