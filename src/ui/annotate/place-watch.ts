import type { AnnotationEditor } from '../../editor/annotation-editor.ts';
import type { Places } from '../../session/flow/places.ts';
import type { OpenDocument } from '../../session/documents/open-document.svelte.ts';

/** How long after moving it is looked where one is, since that asks for the layout. */
const lookAfterMs = 250;

/** Watches where in the document somebody is, and brings them there again. */
export class PlaceWatch {
  readonly #editor: AnnotationEditor;
  readonly #places: Places;
  #shown: OpenDocument | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(editor: AnnotationEditor, places: Places) {
    this.#editor = editor;
    this.#places = places;
  }

  /** Shows another document at the place where one left it, unless one is led elsewhere in it. */
  show(open: OpenDocument): void {
    this.leave();
    this.#shown = open;
    this.#editor.open(open.text, open.lineKinds);
    const place = this.#places.of(open.id);
    const isBack = place !== undefined && place.caret === open.caret && !open.selection;
    const { start, end } = open.selection ?? { start: open.caret, end: open.caret };
    this.#editor.place({ anchor: start, head: end, scroll: isBack ? 'still' : 'into view' });
    if (isBack) this.#editor.showSight(place);
  }

  /** The caret or the text has moved. Costs next to nothing, as every key may say so. */
  moved(): void {
    this.#timer ??= setTimeout(() => this.#look(), lookAfterMs);
  }

  /** Looks once more and keeps the place, as one goes away. */
  leave(): void {
    if (this.#timer !== undefined) this.#look();
    this.#places.keep();
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { sight } = this.#editor;
    if (this.#shown && sight) this.#places.note(this.#shown.id, { caret: this.#shown.caret, ...sight });
  }
}
