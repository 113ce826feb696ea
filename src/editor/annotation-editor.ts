import { Editor } from '@tiptap/core';
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Range } from '../core/offset.ts';
import type { Span } from '../core/span.ts';
import { Arcs } from './arcs.ts';
import { Guard } from './guard.ts';
import { Highlights } from './highlights.ts';
import { Lines } from './lines.ts';
import { overlayOf, paintsOf, type Marks } from './marks.ts';
import { Overlay } from './overlay.ts';
import { Positions } from './positions.ts';
import { emptyContent, schemaNodes, textDocument } from './schema.ts';
import { SectionWindow } from './section-window.ts';
import { SightHolder, type Sight } from './sight.ts';

/** A selection as the user made it: by mouse or finger, by keyboard, or to the character with Alt held. */
export interface Selected {
  readonly anchor: number;
  readonly head: number;
  readonly by: 'hand' | 'keyboard' | 'exact';
}

/** What the user does in the text, told in offsets. */
export interface EditorEvents {
  onselect(selected: Selected): void;
  /** A mouse or finger has let go, after a click or a drag; `selected` when it has selected something by that. */
  onrelease(selected: boolean): void;
  /** The spans under a click, innermost first; none for a click on bare text. */
  onpick(spans: readonly Span[]): void;
  onhover(span: Span | undefined): void;
  /** An edge of the focused span is dragged to an offset. */
  ondrag(side: 'start' | 'end', offset: number): void;
  ondragend(): void;
  /** A relation's end out of view is asked for. */
  onjump(span: Span): void;
  /** Several spans that lie over each other are asked for, with the other mouse button or a long press. */
  onstack(spans: readonly Span[]): void;
  /** A key before anything else sees it; `true` when it was taken. */
  onkeydown(event: KeyboardEvent): boolean;
}

/**
 * The text on screen, with a caret but locked: a view of offsets, never the source of the text. One instance shows all
 * documents in turn.
 */
export class AnnotationEditor {
  readonly #editor: Editor;
  readonly #viewport: HTMLElement;
  readonly #events: EditorEvents;
  readonly #overlay: Overlay;
  readonly #arcs: Arcs;
  readonly #highlights = new Highlights();
  readonly #near: SectionWindow;
  readonly #sight: SightHolder;
  readonly #redrawn: MutationObserver;
  readonly #resized: ResizeObserver;
  readonly #listening = new AbortController();
  #text = '';
  #positions = new Positions('');
  #lines: Lines;
  #marks: Marks | undefined;
  #by: Selected['by'] = 'keyboard';
  #pressed = false;
  #selectedByPress = false;

  /** Mounts into `place`; `viewport` is the element that scrolls. */
  constructor(place: HTMLElement, viewport: HTMLElement, events: EditorEvents) {
    this.#viewport = viewport;
    this.#events = events;
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
        attributes: textboxAttributes,
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
    this.#near = new SectionWindow(viewport, () => this.#paint());
    // What meddles with the page, an input method or a translator, makes ProseMirror draw lines anew.
    this.#redrawn = new MutationObserver(() => this.#repaint());
    this.#redrawn.observe(this.#root, { childList: true, characterData: true, subtree: true });
    this.#sight = new SightHolder(
      viewport,
      () => ({ lines: this.#lines, positions: this.#positions }),
      this.#listening.signal,
    );
    this.#resized = new ResizeObserver(() => {
      this.#sight.settle();
      this.#draw();
    });
    this.#resized.observe(this.#root);
    this.#listen(place);
  }

  /** Shows another text, with the caret at its beginning. */
  open(text: string): void {
    this.#text = text;
    this.#positions = new Positions(text);
    this.#lines = new Lines(this.#root, this.#positions);
    this.#highlights.clear();
    this.#arcs.show([], this.#lines, this.#viewport);
    this.#marks = undefined;
    const doc = textDocument(this.#editor.schema, text);
    const { plugins } = this.#editor.state;
    this.#view.updateState(EditorState.create({ doc, plugins, selection: TextSelection.create(doc, 2) }));
    this.#sight.release();
    this.#viewport.scrollTop = 0;
    this.#near.watch(this.#root.children);
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
    return this.#pressed;
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
    this.#near.disconnect();
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

  get #root(): HTMLElement {
    return this.#editor.view.dom;
  }

  #onSelection(transaction: Transaction): void {
    if (transaction.getMeta('placed')) return;
    const { selection } = this.#view.state;
    const anchor = this.#positions.toOffset(selection.anchor);
    const head = this.#positions.toOffset(selection.head);
    if (this.#pressed) this.#selectedByPress = anchor !== head;
    this.#events.onselect({ anchor, head, by: this.#by });
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
    this.#by = 'keyboard';
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
    document.addEventListener('pointerdown', () => this.#catchUp(), { signal, capture: true });
    place.addEventListener('pointerdown', (event) => this.#onPress(event), { signal, capture: true });
    document.addEventListener('pointerup', (event) => this.#onRelease(event), { signal });
    document.addEventListener('pointercancel', () => (this.#pressed = false), { signal });
    place.addEventListener('pointermove', (event) => this.#onMove(event), { signal });
    place.addEventListener('pointerleave', () => this.#events.onhover(undefined), { signal });
    place.addEventListener('click', (event) => this.#onClick(event), { signal });
    place.addEventListener('contextmenu', (event) => this.#onMenu(event), { signal });
    this.#viewport.addEventListener('scroll', () => this.#arcs.follow(this.#lines, this.#viewport), {
      signal,
      passive: true,
    });
  }

  #onPress(event: PointerEvent): void {
    if (event.target instanceof Node && this.#isLayer(event.target)) return;
    this.#pressed = event.button === 0;
    this.#selectedByPress = false;
    this.#by = event.altKey ? 'exact' : 'hand';
  }

  #onRelease(event: PointerEvent): void {
    if (!this.#pressed) return;
    if (event.altKey) this.#by = 'exact';
    this.#catchUp();
    this.#pressed = false;
    this.#events.onrelease(this.#selectedByPress);
  }

  #onMove(event: PointerEvent): void {
    if (this.#pressed) this.#by = event.altKey ? 'exact' : 'hand';
    else if (event.pointerType === 'mouse') this.#events.onhover(this.#spansAt(event)[0]);
  }

  #isLayer(node: Node): boolean {
    return this.#overlay.dom.contains(node) || this.#arcs.dom.contains(node);
  }

  #onClick(event: MouseEvent): void {
    const isPick = this.#view.state.selection.empty && event.detail === 1;
    if (isPick || this.#marks?.linking) this.#events.onpick(this.#spansAt(event));
  }

  /** While a relation is on its way clicks choose its end, however fast they come, and select nothing. */
  #keepWhileLinking(event: MouseEvent): boolean {
    if (!this.#marks?.linking) return false;
    event.preventDefault();
    this.focus();
    return true;
  }

  /** The browser's own menu stays where there is nothing to choose from. */
  #onMenu(event: MouseEvent): void {
    const spans = this.#spansAt(event);
    if (spans.length < 2) return;
    event.preventDefault();
    this.#events.onstack(spans);
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

  #repaint(): void {
    this.#highlights.clear();
    this.#paint();
  }

  #paint(): void {
    if (!this.#marks) return;
    this.#highlights.paint(paintsOf(this.#marks, this.#window), this.#lines);
    this.#draw();
  }

  #draw(): void {
    if (!this.#marks) return;
    this.#overlay.show(overlayOf(this.#marks, this.#window), this.#lines);
    this.#arcs.show(this.#marks.arcs ?? [], this.#lines, this.#viewport);
  }

  /** The offsets of the sections near the window. */
  get #window(): Range {
    const { first, last } = this.#near;
    return this.#positions.sectionsRange(first, Math.min(last, this.#positions.sectionCount - 1));
  }
}

function contains({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean {
  return x >= left - 1 && x <= right + 1 && y >= top && y <= bottom;
}

const textboxAttributes = {
  class: 'text',
  role: 'textbox',
  tabindex: '0',
  'aria-label': 'Document text',
  'aria-multiline': 'true',
  'aria-readonly': 'true',
  translate: 'no',
  spellcheck: 'false',
  inputmode: 'none',
  autocorrect: 'off',
  autocapitalize: 'off',
  'data-gramm': 'false',
};
