import type { Answer, FoundDocument } from '../../workers/catalogue.ts';
import type { Progress } from '../../workers/jobs.ts';
import { hireLibrarian, type Librarian } from '../job.ts';
import type { Workplace } from '../workplace.ts';

export type { FoundDocument };

export type SearchState =
  | { readonly status: 'idle' }
  /** While the index is built, with how far that is: what is found so far is there already. */
  | { readonly status: 'searching'; readonly progress?: Progress }
  | { readonly status: 'answered' }
  | { readonly status: 'failed'; readonly message: string };

const typingPauseMs = 150;
const pageSize = 50;
const none: Answer = { documents: [], total: 0, isExact: true };

/** Searches all documents of the project, as one types. The index is built when one gets ready to search. */
export class Search {
  readonly #place: Workplace;
  #librarian: Librarian | undefined;
  #query = $state.raw('');
  #answer = $state.raw<Answer>(none);
  #state = $state.raw<SearchState>({ status: 'idle' });
  #limit = pageSize;
  #turn = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** What was found, in documents that are still there. */
  readonly found = $derived.by<readonly FoundDocument[]>(() =>
    this.#answer.documents.filter(({ documentId }) => {
      const document = this.#place.shelf.get(documentId);
      return document !== undefined && !document.deleted;
    }),
  );

  constructor(place: Workplace) {
    this.#place = place;
  }

  get query(): string {
    return this.#query;
  }

  get answer(): Answer {
    return this.#answer;
  }

  get state(): SearchState {
    return this.#state;
  }

  /** Searches for what was typed, after a pause in the typing. */
  look(query: string): void {
    this.#query = query;
    this.#limit = pageSize;
    this.#later(typingPauseMs);
  }

  /** Gets ready for questions; asks the last one again, as something may have changed. */
  again(): void {
    this.#later(0);
    if (this.#query.trim() === '') void this.#prepare();
  }

  more(): void {
    this.#limit += pageSize;
    this.#later(0);
  }

  /** Lets the index go. */
  close(): void {
    clearTimeout(this.#pause);
    this.#turn++;
    this.#letGo();
  }

  #later(ms: number): void {
    clearTimeout(this.#pause);
    const turn = ++this.#turn;
    if (this.#query.trim() === '') {
      this.#answer = none;
      this.#state = { status: 'idle' };
    } else {
      this.#state = { status: 'searching' };
      this.#pause = setTimeout(() => void this.#ask(turn), ms);
    }
  }

  /** A question for nothing has the index built. What goes wrong is said when something is asked. */
  async #prepare(): Promise<void> {
    const turn = this.#turn;
    try {
      await this.#place.settle();
      if (turn !== this.#turn) return;
      this.#librarian ??= hireLibrarian();
      await this.#librarian.ask(this.#question);
    } catch {
      if (turn === this.#turn) this.#letGo();
    }
  }

  #letGo(): void {
    this.#librarian?.dismiss();
    this.#librarian = undefined;
  }

  async #ask(turn: number): Promise<void> {
    const isCurrent = () => turn === this.#turn;
    try {
      await this.#place.settle();
      if (!isCurrent()) return;
      this.#librarian ??= hireLibrarian();
      const answer = await this.#librarian.ask(this.#question, (part) => {
        if (!isCurrent()) return;
        this.#answer = part.answer;
        this.#state = { status: 'searching', progress: part.progress };
      });
      if (!isCurrent()) return;
      this.#answer = answer;
      this.#state = { status: 'answered' };
    } catch (error) {
      // A worker that failed may be dead; the next question gets a new one.
      this.#letGo();
      if (isCurrent()) this.#state = { status: 'failed', message: String(error) };
    }
  }

  get #question() {
    const { id: projectId, scheme } = this.#place.project;
    const shown = scheme.labels.map(({ id }) => ({ id, shown: this.#place.label(id) }));
    return {
      projectId,
      query: this.#query,
      labels: shown.flatMap(({ id, shown: { name, value, deleted } }) =>
        deleted ? [] : [{ id, names: [value, name] }],
      ),
      deletedLabels: shown.flatMap(({ id, shown: { deleted } }) => (deleted ? [id] : [])),
      limit: this.#limit,
    };
  }
}
