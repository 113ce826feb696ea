import { invert, type Change, type Edit } from '../../core/change.ts';
import type { Label } from '../../core/scheme.ts';
import type { Recorder } from './recorder.ts';

/** A change as the list of what was done last shows it. */
export interface RecentChange {
  readonly change: Change;
  readonly isUndone: boolean;
}

const most = 200;

/** What was done last in the project, by anybody and in any tab, newest first; each can be taken back from here. */
export class RecentChanges {
  readonly #recorder: Recorder;
  readonly #read: (limit: number) => Promise<readonly Change[]>;
  readonly #onfailure: (error: unknown) => void;
  readonly #faultOf: (edit: Edit) => string | undefined;
  readonly #ofImport: (importId: string) => ReadonlySet<string>;
  readonly #usesElsewhere: (labelId: string, importId: string) => number;
  #changes = $state.raw<readonly Change[]>([]);
  #recalled: Promise<void> | undefined;

  readonly list = $derived.by(() => listed(this.#changes));

  constructor(
    recorder: Recorder,
    read: (limit: number) => Promise<readonly Change[]>,
    onfailure: (error: unknown) => void,
    faultOf: (edit: Edit) => string | undefined,
    ofImport: (importId: string) => ReadonlySet<string> = () => new Set(),
    usesElsewhere: (labelId: string, importId: string) => number = () => 0,
  ) {
    this.#usesElsewhere = usesElsewhere;
    this.#ofImport = ofImport;
    this.#recorder = recorder;
    this.#read = read;
    this.#onfailure = onfailure;
    this.#faultOf = faultOf;
  }

  receive(change: Change): void {
    this.#changes = [change, ...this.#changes].slice(0, most);
  }

  /** Reads what was done before this session; once, as the log tells of the rest. */
  recall(): Promise<void> {
    this.#recalled ??= this.#read(most)
      .then((changes) => this.#remember(changes))
      .catch((error: unknown) => {
        // Whoever asks next has it read again.
        this.#recalled = undefined;
        this.#onfailure(error);
      });
    return this.#recalled;
  }

  #remember(changes: readonly Change[]): void {
    const known = new Set(this.#changes.map(({ seq }) => seq));
    const all = [...this.#changes, ...changes.filter(({ seq }) => !known.has(seq))];
    this.#changes = all.sort((a, b) => b.seq - a.seq).slice(0, most);
  }

  /**
   * Takes a change back, or does it again when it was taken back. Resolves to the sentence that says why it cannot be, as
   * when a key has been given away meanwhile; `undefined` when it is done.
   */
  async toggle({ change, isUndone }: RecentChange): Promise<string | undefined> {
    await this.recall();
    await this.#recorder.settled();
    const now = this.list.find((step) => step.change.seq === change.seq);
    if (now && now.isUndone !== isUndone) return 'It was done already.';
    const standing = isUndone ? this.#standing(change) : change;
    if (!standing) return `“${change.title}” was changed in another tab meanwhile. Look at the list again.`;
    const edit = invert(standing);
    const fault = this.#builtUpon(standing) ?? this.#stillUsed(standing) ?? this.#faultOf(edit);
    if (fault === undefined)
      await this.#recorder.record(isUndone ? 'redo' : 'undo', change.title, edit, {
        undoes: standing.seq,
        ...(change.importId !== undefined && { importId: change.importId }),
      });
    return fault;
  }

  /** The newest change of the scheme that stands, and so is undone next; or the newest undone one, to be done again. */
  async schemeStep(direction: 'undo' | 'redo'): Promise<RecentChange | undefined> {
    await this.recall();
    const steps = this.list.filter(({ change }) => isOfScheme(change));
    if (direction === 'undo') return steps.find(({ isUndone }) => !isUndone);
    const standing = steps.findIndex(({ isUndone }) => !isUndone);
    return steps[(standing < 0 ? steps.length : standing) - 1];
  }

  /** What was said of a span since it was made would be lost with it: such changes are taken back first. */
  #builtUpon({ seq, added, importId }: Change): string | undefined {
    const made = new Set(added.flatMap((entry) => (entry.type === 'span' ? [entry.value.id] : [])));
    const brought = importId === undefined ? new Set<string>() : this.#ofImport(importId);
    if (made.size === 0 && brought.size === 0) return undefined;
    const later = this.list.find(
      ({ change, isUndone }) =>
        !isUndone &&
        change.seq > seq &&
        (buildsUpon(change, made) || change.documentIds.some((id) => brought.has(id))),
    );
    return later && `“${later.change.title}” builds on it. Take that back first.`;
  }

  /** A label that an import brought would go with it, and hide what was marked with it on documents that stay. */
  #stillUsed({ kind, importId, added, updated }: Change): string | undefined {
    if (kind !== 'import' || importId === undefined) return undefined;
    const own = ({ id }: Label) =>
      added.filter((entry) => entry.type === 'span' && entry.value.label === id).length;
    const label = updated
      .flatMap(labelsMade)
      .find((made) => this.#usesElsewhere(made.id, importId) > own(made));
    return (
      label &&
      `The label “${label.name}” came with it and is in use on other documents. Give those spans another label first.`
    );
  }

  /** The undo of a change that is itself not taken back. */
  #standing(change: Change): Change | undefined {
    const redone = new Set(this.#changes.flatMap(({ kind, undoes }) => (kind === 'redo' ? [undoes] : [])));
    return this.#changes.find(
      ({ kind, undoes, seq }) => kind === 'undo' && undoes === change.seq && !redone.has(seq),
    );
  }
}

function labelsMade({ before, after }: Edit['updated'][number]): readonly Label[] {
  if (before.type !== 'project' || after.type !== 'project') return [];
  const known = new Set(before.value.scheme.labels.map(({ id }) => id));
  return after.value.scheme.labels.filter(({ id }) => !known.has(id));
}

function buildsUpon({ added, updated, removed }: Change, spanIds: ReadonlySet<string>): boolean {
  const isOf = ({ type, value }: Change['added'][number]) =>
    (type === 'span' && spanIds.has(value.id)) ||
    (type === 'relation' && (spanIds.has(value.head) || spanIds.has(value.child)));
  return [...added, ...updated.map(({ after }) => after), ...removed].some(isOf);
}

/** Whether it changed its own project. To make another, or to bring one back, is a step of a kind of its own. */
function isOfScheme({ kind, updated, projectId }: Change): boolean {
  return (
    kind === 'scheme' && updated.some(({ after }) => after.type === 'project' && after.value.id === projectId)
  );
}

/** Whether all that it did was deleted for good. */
function isGone({ erased, importId, added, updated, removed }: Change): boolean {
  return erased === true && importId === undefined && added.length + updated.length + removed.length === 0;
}

function listed(changes: readonly Change[]): readonly RecentChange[] {
  const cancelled = new Set<number>();
  return changes.flatMap((change) => {
    const isCancelled = cancelled.has(change.seq);
    if (change.undoes !== undefined && !isCancelled) cancelled.add(change.undoes);
    if (isGone(change)) return [];
    return change.kind === 'do' || change.kind === 'scheme' || change.kind === 'import'
      ? [{ change, isUndone: isCancelled }]
      : [];
  });
}
