import { getContext, setContext } from 'svelte';
import type { Projects } from '../session/projects.svelte.ts';
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
  | 'occurrences'
  | 'recent-changes'
  | ProjectDialogName;
export type ProjectDialogName = 'new-project' | 'rename-project' | 'delete-project' | 'deleted-projects';

/** What the screen needs beside the session: where one is, and what lies over it. */
export class AppState {
  readonly session: Session;
  readonly projects: Projects;
  readonly navigation = new Navigation();
  /** The dialog that is open. */
  dialog = $state.raw<DialogName>();
  readonly panels: Panels;
  /** Documents ticked in the list. */
  ticked = $state.raw<ReadonlySet<string>>(new Set());
  /** A text on its way into the import dialog. */
  pasted = $state.raw('');

  constructor(session: Session, projects: Projects) {
    this.session = session;
    this.projects = projects;
    this.panels = new Panels(session.preferences);
  }

  openDocument(documentId: string): void {
    this.panels.closeSheet();
    this.navigation.go({ screen: 'annotate', documentId });
  }

  /** Imports the files and shows the first new document. */
  async importFiles(files: readonly File[]): Promise<void> {
    this.#show(await this.session.importing.files(files));
  }

  async importPasted(title: string, text: string): Promise<void> {
    const documentId = await this.session.importing.pastedText(title, text);
    // What was typed stays in the dialog until it is a document, or is known to be one already.
    if (documentId !== undefined || this.session.importing.report) this.#show(documentId);
  }

  async importSample(): Promise<void> {
    this.#show(await this.session.importing.sample());
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
