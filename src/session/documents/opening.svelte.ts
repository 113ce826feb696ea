import { wholeCharacters } from '../../core/boundaries.ts';
import type { Change } from '../../core/change.ts';
import type { Range } from '../../core/offset.ts';
import type { Unsound } from '../../core/sound.ts';
import type { Database } from '../../storage/database.ts';
import { openDocument, type OpenedDocument } from '../../storage/documents.ts';
import { storageProblem } from '../../storage/failure.ts';
import { historyOf } from '../../storage/log.ts';
import type { Places, Place as KeptPlace } from '../flow/places.ts';
import type { ChangeLog } from '../log/change-log.svelte.ts';
import type { Meanwhile } from '../log/meanwhile.ts';
import type { Ends } from '../spans/ends.ts';
import type { Marking } from '../spans/marking.ts';
import type { Workplace } from '../workplace.ts';
import { OpenDocument } from './open-document.svelte.ts';

/** Where in a document one wants to be: at a span, or failing that at a range. */
export interface Place extends Range {
  readonly spanId?: string;
}

type Sound = typeof import('../../core/sound.ts');

/** What opening a document has to do with. */
interface Desk extends Pick<Workplace, 'project' | 'preferences' | 'messages' | 'shelf'> {
  readonly places: Places;
  readonly ends: Ends;
  readonly marking: Marking;
  letGo(): void;
  tellUnsound(what: Unsound, count: number): void;
}

/** The document on screen, and going over to another one. */
export class Opening {
  readonly #desk: Desk;
  readonly #database: Database;
  readonly #log: ChangeLog;
  readonly #meanwhile: Meanwhile;
  readonly #sound: Sound;
  #open = $state.raw<OpenDocument>();
  #turn = 0;

  constructor(desk: Desk, database: Database, log: ChangeLog, meanwhile: Meanwhile, sound: Sound) {
    this.#desk = desk;
    this.#database = database;
    this.#log = log;
    this.#meanwhile = meanwhile;
    this.#sound = sound;
  }

  get open(): OpenDocument | undefined {
    return this.#open;
  }

  /**
   * Puts the document on screen; a later call wins over one that is still reading. Resolves when the history that Undo
   * needs is here as well. With a place, that is where one then is in it.
   */
  async show(documentId: string, place?: Place): Promise<void> {
    const turn = ++this.#turn;
    if (documentId === this.#open?.id) return this.#goTo(place);
    this.#desk.letGo();
    try {
      await this.#meanwhile.read(
        () => this.#openAtPlace(documentId),
        ({ opened, kept }, since) => {
          if (turn !== this.#turn) return;
          this.#show(opened, kept, since);
          this.#goTo(place);
        },
      );
      await this.#open?.recalled;
    } catch (error) {
      this.#desk.messages.alert(`The document could not be read: ${storageProblem(error).message}`);
    }
  }

  /** Leaves no document open. */
  close(): void {
    this.#turn++;
    this.#open = undefined;
  }

  async #openAtPlace(
    documentId: string,
  ): Promise<{ opened: OpenedDocument | undefined; kept: KeptPlace | undefined }> {
    const opened = this.#soundly(await openDocument(this.#database, documentId));
    const kept = opened && (await this.#desk.places.recall(documentId, opened.text.length));
    return { opened, kept };
  }

  #soundly(opened: OpenedDocument | undefined): OpenedDocument | undefined {
    if (!opened) return undefined;
    if (typeof opened.text !== 'string') throw new TypeError('its text is damaged in the storage.');
    const { sheet, unsound } = this.#sound.soundSheet(opened.sheet, opened.text.length);
    this.#desk.tellUnsound('spans', unsound);
    return { ...opened, sheet };
  }

  #show(opened: OpenedDocument | undefined, place: KeptPlace | undefined, since: readonly Change[]): void {
    // A document of another project has another scheme.
    // Nor is one whose import was taken back.
    const isOurs =
      opened?.document.projectId === this.#desk.project.id &&
      this.#desk.shelf.get(opened.document.id) !== undefined;
    const open = isOurs ? new OpenDocument(opened, this.#log, () => this.#desk.project.scheme) : undefined;
    if (place) open?.resume(place.caret);
    for (const change of since) open?.receive(change);
    this.#open = open;
    if (!open) return;
    const { lastDocuments } = this.#desk.preferences.values;
    this.#desk.preferences.set({ lastDocuments: { ...lastDocuments, [this.#desk.project.id]: open.id } });
    open.recall(this.#historyOf(open.id));
  }

  /** Focuses the span, or selects the words. Anybody may have typed the place, so it need not exist. */
  #goTo(place: Place | undefined): void {
    const open = this.#open;
    if (!open || !place) return;
    const span = open.spans.find(({ id }) => id === place.spanId);
    if (span) return this.#desk.marking.goTo(span);
    const { length } = open.text;
    const [start, end] = [Math.min(place.start, length), Math.min(place.end, length)];
    const whole = start < end ? wholeCharacters(open.text, { start, end }) : { start, end: start };
    this.#desk.ends.letGo();
    open.focus(undefined);
    open.place({ anchor: whole.start, head: whole.end, focus: true });
  }

  async #historyOf(documentId: string): Promise<readonly Change[]> {
    try {
      const changes = await historyOf(this.#database, documentId);
      return changes.filter((change) => this.#sound.isSoundChange(change));
    } catch (error) {
      this.#desk.messages.alert(`What can be undone could not be read: ${storageProblem(error).message}`);
      return [];
    }
  }
}
