import { Editor } from '@tiptap/core';
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { LineKinds } from '../core/layout.ts';
import type { Range } from '../core/offset.ts';
import type { Span } from '../core/span.ts';
import { Arcs } from './arcs.ts';
import type { EditorEvents } from './editor-events.ts';
import { Guard, lockedAttributes } from './guard.ts';
import { Highlights } from './highlights.ts';
import { Lines } from './lines.ts';
import { overlayOf, paintsOf, type Marks } from './marks.ts';
import { NearWindow } from './near-window.ts';
import { Overlay } from './overlay.ts';
import { Pointer, type Ground } from './pointer.ts';
import { Positions } from './positions.ts';
import { emptyContent, schemaNodes, textDocument } from './schema.ts';
import { SightHolder, type Sight } from './sight.ts';

/**
 * The text on screen, with a caret but locked: a view of offsets, never the source of the text. One instance shows all
 * documents in turn.
 */
export class AnnotationEditor {
  readonly #editor: Editor;
  readonly #viewport: HTMLElement;
  readonly #events: EditorEvents;
  readonly #pointer: Pointer;
  readonly #overlay: Overlay;
  readonly #arcs: Arcs;
  readonly #highlights = new Highlights();
  readonly #near: NearWindow;
  readonly #sight: SightHolder;
  readonly #redrawn: MutationObserver;
  readonly #resized: ResizeObserver;
  readonly #listening = new AbortController();
  #text = '';
  #positions = new Positions('');
  #lines: Lines;
  #marks: Marks | undefined;

  /** Mounts into `place`; `viewport` is the element that scrolls. */
  constructor(place: HTMLElement, viewport: HTMLElement, events: EditorEvents) {
    this.#viewport = viewport;
    this.#events = events;
    this.#pointer = new Pointer(this.#ground, events);
    this.#editor = new Editor({
      element: place,
      extensions: [...schemaNodes, Guard],
      content: emptyContent,
      enableCoreExtensions: false,
      enableInputRules: false,
      enablePasteRules: false,
      injectCSS: false,
      onSelectionUpdate: ({ transaction }) => this.#onSelection(transaction),
      editorProps: {
        attributes: lockedAttributes,
        handleKeyDown: (_, event) => this.#onKeyDown(event),
        handleDOMEvents: {
          copy: (_, event) => this.#copy(event),
          cut: (_, event) => this.#copy(event),
          mousedown: (_, event) => this.#keepWhileLinking(event),
        },
      },
    });
    this.#overlay = new Overlay(
      (side, event) => {
        const offset = this.#offsetAt(event);
        if (offset !== undefined) events.ondrag(side, offset);
      },
      () => events.ondragend(),
    );
    this.#arcs = new Arcs((span) => events.onjump(span));
    place.append(this.#overlay.dom, this.#arcs.dom);
    this.#lines = new Lines(this.#root, this.#positions);
    const drawn = () => ({ lines: this.#lines, positions: this.#positions });
    const { signal } = this.#listening;
    this.#near = new NearWindow(viewport, drawn, () => this.#paint(), signal);
    // What meddles with the page, an input method or a translator, makes ProseMirror draw lines anew.
    this.#redrawn = new MutationObserver(() => this.#repaint());
    this.#redrawn.observe(this.#root, { childList: true, characterData: true, subtree: true });
    this.#sight = new SightHolder(viewport, drawn, signal);
    this.#resized = new ResizeObserver(() => this.#relaid());
    for (const element of [this.#root, viewport]) this.#resized.observe(element);
    // Letters may change their widths without any line changing its height.
    document.fonts?.addEventListener('loadingdone', () => this.#relaid(), { signal });
    this.#listen(place);
  }

  /** Shows another text, with the caret at its beginning, and its lines as what they are. */
  open(text: string, lineKinds: LineKinds = []): void {
    this.#text = text;
    this.#positions = new Positions(text);
    this.#lines = new Lines(this.#root, this.#positions);
    this.#highlights.clear();
    this.#overlay.forgetPlaces();
    this.#arcs.show([], this.#lines, this.#viewport);
    this.#marks = undefined;
    const doc = textDocument(this.#editor.schema, text, lineKinds);
    const { plugins } = this.#editor.state;
    this.#view.updateState(EditorState.create({ doc, plugins, selection: TextSelection.create(doc, 2) }));
    this.#sight.release();
    this.#viewport.scrollTop = 0;
    this.#near.reset();
    this.#redrawn.takeRecords();
  }

  /** Paints what is marked. Only the part of the text near the window is looked at. */
  show(marks: Marks): void {
    this.#marks = marks;
    this.#paint();
  }

  /** Puts the selection somewhere and, if asked, scrolls there. It is not reported back. */
  place({ anchor, head, scroll }: { anchor: number; head: number; scroll: 'into view' | 'still' }): void {
    const { doc } = this.#view.state;
    const selection = TextSelection.create(
      doc,
      this.#positions.toPosition(anchor),
      this.#positions.toPosition(head),
    );
    this.#view.dispatch(this.#view.state.tr.setSelection(selection).setMeta('placed', true));
    if (scroll === 'into view') this.reveal(Math.min(anchor, head));
  }

  /** Scrolls until the place is comfortably in view; nothing moves when it is already. */
  reveal(offset: number): void {
    const line = this.#lines.line(this.#positions.lineOf(offset));
    const place = () => this.#lines.rectAt(offset);
    if (!line || this.#isInView(place())) return;
    this.#sight.release();
    line.scrollIntoView({ block: 'center' });
    const rect = place();
    const window = this.#viewport.getBoundingClientRect();
    if (rect) this.#viewport.scrollTop += rect.top - window.top - window.height * 0.4;
  }

  /** What is in sight now; nothing when the text is not laid out. Not for the path of a key, as it asks for the layout. */
  get sight(): Sight | undefined {
    return this.#sight.now;
  }

  /** Scrolls to what was in sight, and stays there until the user looks elsewhere. */
  showSight(sight: Sight): void {
    this.#sight.hold(sight);
  }

  /** Whether a mouse or finger is down in the text. */
  get isPressed(): boolean {
    return this.#pointer.isPressed;
  }

  /** The boxes of the words in the range, one or more a line of the screen, in viewport coordinates. */
  boxesOf({ start, end }: Range): readonly DOMRect[] {
    return this.#lines.rects({ start, end });
  }

  /** Where the offset is on the screen. */
  rectAt(offset: number): DOMRect | undefined {
    return this.#lines.rectAt(offset);
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#listening.abort();
    this.#redrawn.disconnect();
    this.#resized.disconnect();
    this.#highlights.clear();
    this.#editor.destroy();
    this.#overlay.dom.remove();
    this.#arcs.destroy();
  }

  get #view(): EditorView {
    return this.#editor.view;
  }

  get #ground(): Ground {
    return {
      spansAt: (event) => this.#spansAt(event),
      isLayer: (node) => this.#overlay.dom.contains(node) || this.#arcs.dom.contains(node),
      isLinking: () => this.#marks?.linking !== undefined,
      isSelectionEmpty: () => this.#view.state.selection.empty,
      catchUp: () => this.#catchUp(),
    };
  }

  get #root(): HTMLElement {
    return this.#editor.view.dom;
  }

  #onSelection(transaction: Transaction): void {
    if (transaction.getMeta('placed')) return;
    const { selection } = this.#view.state;
    const anchor = this.#positions.toOffset(selection.anchor);
    const head = this.#positions.toOffset(selection.head);
    this.#pointer.selected(anchor === head);
    this.#events.onselect({ anchor, head, by: this.#pointer.by });
  }

  /**
   * Takes over what the browser has selected by now. It tells of a new selection some time after making it, and a label
   * key may come before the news: the span would be a character short.
   */
  #catchUp(): void {
    document.dispatchEvent(new Event('selectionchange'));
  }

  #onKeyDown(event: KeyboardEvent): boolean {
    this.#catchUp();
    this.#pointer.yield();
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyA' && !event.shiftKey)
      return this.#selectAll();
    return this.#events.onkeydown(event);
  }

  /** The browser's own way takes seconds on a long text. */
  #selectAll(): true {
    const { state } = this.#view;
    const end = this.#positions.toPosition(this.#text.length);
    this.#view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, 2, end)));
    return true;
  }

  /** Copies the slice of the text itself, whatever the page makes of its lines. Cutting copies. */
  #copy(event: ClipboardEvent): boolean {
    const { from, to } = this.#view.state.selection;
    event.preventDefault();
    const slice = this.#text.slice(this.#positions.toOffset(from), this.#positions.toOffset(to));
    if (slice !== '') event.clipboardData?.setData('text/plain', slice);
    return true;
  }

  #listen(place: HTMLElement): void {
    const { signal } = this.#listening;
    this.#pointer.listen(place, signal);
    this.#viewport.addEventListener('scroll', () => this.#arcs.follow(this.#lines, this.#viewport), {
      signal,
      passive: true,
    });
  }

  /** While a relation is on its way clicks choose its end, however fast they come, and select nothing. */
  #keepWhileLinking(event: MouseEvent): boolean {
    if (!this.#marks?.linking) return false;
    event.preventDefault();
    this.focus();
    return true;
  }

  #offsetAt({ clientX, clientY }: MouseEvent): number | undefined {
    const found = this.#view.posAtCoords({ left: clientX, top: clientY });
    return found ? this.#positions.toOffset(found.pos) : undefined;
  }

  /** The spans whose words lie under the pointer, innermost first. */
  #spansAt(event: MouseEvent): Span[] {
    const offset = this.#offsetAt(event);
    if (offset === undefined || !this.#marks) return [];
    const { clientX, clientY } = event;
    const character = { start: Math.max(0, offset - 1), end: Math.min(this.#text.length, offset + 1) };
    for (const start of [offset, offset - 1]) {
      if (start < character.start || start >= character.end) continue;
      const hit = this.#lines
        .rects({ start, end: start + 1 })
        .some((rect) => contains(rect, clientX, clientY));
      if (hit) return this.#marks.index.covering(start);
    }
    return [];
  }

  #isInView(rect: DOMRect | undefined): boolean {
    const window = this.#viewport.getBoundingClientRect();
    return rect !== undefined && rect.top >= window.top + 8 && rect.bottom <= window.bottom - 8;
  }

  /** The layout of the text has changed. */
  #relaid(): void {
    this.#sight.settle();
    this.#overlay.forgetPlaces();
    if (!this.#near.look()) this.#draw();
  }

  #repaint(): void {
    this.#highlights.clear();
    this.#overlay.forgetPlaces();
    this.#paint();
  }

  #paint(): void {
    if (!this.#marks) return;
    this.#highlights.paint(paintsOf(this.#marks, this.#near.range), this.#lines);
    this.#draw();
  }

  #draw(): void {
    if (!this.#marks) return;
    this.#overlay.show(overlayOf(this.#marks, this.#near.range), this.#lines);
    this.#arcs.show(this.#marks.arcs ?? [], this.#lines, this.#viewport);
  }
}

function contains({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean {
  return x >= left - 1 && x <= right + 1 && y >= top && y <= bottom;
}
