import { documentUpdate, noEdit } from '../../core/change.ts';
import type { Document, Status } from '../../core/document.ts';
import { Completing } from '../flow/completing.svelte.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

const statusNames: Record<Status, string> = {
  todo: 'to do',
  in_progress: 'in progress',
  done: 'done',
  skipped: 'skipped',
};

export function statusName(status: Status): string {
  return statusNames[status];
}

/** What can be done to whole documents, one or several in one step. Deleting is soft: it can always be taken back. */
export class DocumentVerbs {
  /** What keeps documents from being done. */
  readonly completing: Completing;
  readonly #place: Workplace;
  readonly #recorder: Recorder;

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
    this.completing = new Completing(place);
  }

  rename(documentId: string, typed: string): void {
    const title = typed.replace(/\s+/gu, ' ').trim();
    const document = this.#place.shelf.get(documentId);
    if (!document || title === '' || title === document.title) return;
    this.#update([document], (before) => ({ ...before, title }), `Renamed “${document.title}” to “${title}”`);
  }

  /**
   * Sets the status of those documents that may have it: none is done while one of its spans lacks a required attribute.
   * Resolves to whether all have it.
   */
  async setStatus(documentIds: readonly string[], status: Status): Promise<boolean> {
    const documents = this.#found(documentIds).filter((document) => document.status !== status);
    const incomplete = status === 'done' && this.completing.isNeeded ? await this.#incomplete(documents) : [];
    if (incomplete === undefined) return false;
    const ready = documents.filter((document) => !incomplete.includes(document));
    this.#update(ready, (before) => ({ ...before, status }), `Set ${named(ready)} to ${statusName(status)}`);
    if (incomplete.length > 0) this.#tellIncomplete(incomplete, ready.length);
    return incomplete.length === 0;
  }

  /** Sets the open document to done. Resolves to the one to go on with, and to none when it may not be done yet. */
  async finishOpen(): Promise<{ readonly next: Document | undefined } | undefined> {
    const { open, shelf, messages } = this.#place;
    if (!open) return undefined;
    // Looked for before, as a document that is done may be in the queue no longer.
    const next = shelf.nextUnfinished(open.id);
    if (!(await this.setStatus([open.id], 'done'))) return undefined;
    if (!next) messages.say('Done. There is nothing left to do in this queue.');
    return { next };
  }

  delete(documentIds: readonly string[]): void {
    const documents = this.#found(documentIds).filter((document) => !document.deleted);
    this.#update(documents, (before) => ({ ...before, deleted: true }), `Deleted ${named(documents)}`);
    if (documents.length > 0)
      this.#place.messages.say(`Deleted ${named(documents)}.`, {
        name: 'Undo',
        run: () => this.restore(documentIds),
      });
  }

  restore(documentIds: readonly string[]): void {
    const documents = this.#found(documentIds).filter((document) => document.deleted);
    this.#update(documents, ({ deleted: _, ...rest }) => rest, `Restored ${named(documents)}`);
  }

  #found(documentIds: readonly string[]): Document[] {
    return documentIds.flatMap((id) => this.#place.shelf.get(id) ?? []);
  }

  async #incomplete(documents: readonly Document[]): Promise<readonly Document[] | undefined> {
    try {
      return await this.completing.incomplete(documents);
    } catch (error) {
      this.#place.messages.alert(
        `Nothing was set to done, as what is missing could not be looked up: ${error instanceof Error ? error.message : String(error)}`,
      );
      return undefined;
    }
  }

  #tellIncomplete(incomplete: readonly Document[], ready: number): void {
    const { open, messages } = this.#place;
    if (incomplete.length === 1 && ready === 0 && incomplete[0]!.id === open?.id)
      return this.completing.tell();
    const titles = incomplete.slice(0, 3).map(({ title }) => `“${title}”`);
    const more = incomplete.length > titles.length ? ` and ${incomplete.length - titles.length} more` : '';
    const stay =
      incomplete.length === 1 ? '1 document stays as it is' : `${incomplete.length} stay as they are`;
    const done = ready === 0 ? '' : `Set ${ready} to done. `;
    messages.say(`${done}${stay}, as required attributes are missing: ${titles.join(', ')}${more}.`);
  }

  #update(documents: readonly Document[], change: (before: Document) => Document, title: string): void {
    if (documents.length === 0) return;
    const updated = documents.map((before) => documentUpdate(before, change(before)));
    this.#place.messages.say(`${title}.`);
    void this.#recorder.record('do', title, { ...noEdit, updated });
  }
}

function named(documents: readonly Document[]): string {
  return documents.length === 1 ? `“${documents[0]!.title}”` : `${documents.length} documents`;
}
