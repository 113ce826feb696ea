import { documentUpdate, noEdit } from '../core/change.ts';
import type { Document, Status } from '../core/document.ts';
import type { Recorder } from './recorder.ts';
import type { Workplace } from './workplace.ts';

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
  readonly #place: Workplace;
  readonly #recorder: Recorder;

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
  }

  rename(documentId: string, typed: string): void {
    const title = typed.replace(/\s+/gu, ' ').trim();
    const document = this.#place.shelf.get(documentId);
    if (!document || title === '' || title === document.title) return;
    this.#update([document], (before) => ({ ...before, title }), `Renamed “${document.title}” to “${title}”`);
  }

  setStatus(documentIds: readonly string[], status: Status): void {
    const documents = this.#found(documentIds).filter((document) => document.status !== status);
    this.#update(
      documents,
      (before) => ({ ...before, status }),
      `Set ${named(documents)} to ${statusName(status)}`,
    );
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
