import type { Span } from '../core/span.ts';

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
