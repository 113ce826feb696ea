/** What can be seen of the text on screen: its words, the selection in it, and where its characters stand. */
export interface TextOnScreen {
  /** The blocks of the textbox, joined by line feeds. */
  readonly text: string;
  /** The ends of the browser's selection as offsets into `text`; -1 when it is elsewhere. */
  readonly anchor: number;
  readonly head: number;
  /** Which way the line with `head` runs. */
  readonly direction: 'ltr' | 'rtl';
  /** A box for each of the ranges that were asked for, as the viewport has it: the first character and the last. */
  readonly boxes: readonly { readonly first: Box; readonly last: Box }[];
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What to look for: ranges of `[first, last]` characters, each half-open, in UTF-16 units. */
export interface Wish {
  readonly ranges?: readonly (readonly [first: readonly [number, number], last: readonly [number, number]])[];
  /** Scroll until this offset stands in the upper third of what is seen. */
  readonly reveal?: number;
}

/** Runs in the page, so it may use nothing from outside itself. */
export function lookAt(textbox: Element, { ranges = [], reveal }: Wish): TextOnScreen {
  const lines = [...textbox.querySelectorAll('div')].filter((block) => !block.querySelector('div'));
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.textContent.length + 1;
  }

  function pointAt(offset: number): [Node, number] {
    const index = starts.findLastIndex((start) => start <= offset);
    const walker = document.createTreeWalker(lines[index]!, NodeFilter.SHOW_TEXT);
    let rest = offset - starts[index]!;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { length: size } = node as Text;
      if (rest <= size) return [node, rest];
      rest -= size;
    }
    return [lines[index]!, 0];
  }

  function offsetOf(node: Node | null, inside: number): number {
    const index = lines.findIndex((line) => line.contains(node));
    if (index < 0 || !node) return -1;
    const before = document.createRange();
    before.selectNodeContents(lines[index]!);
    before.setEnd(node, inside);
    return starts[index]! + before.toString().length;
  }

  function boxOf([start, end]: readonly [number, number]): Box {
    const range = document.createRange();
    range.setStart(...pointAt(start));
    range.setEnd(...pointAt(end));
    const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
    const { left, right, top, bottom } = rects[0] ?? range.getBoundingClientRect();
    return { left, right, top, bottom };
  }

  if (reveal !== undefined) {
    let scroller: Element | null = textbox;
    while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY))
      scroller = scroller.parentElement;
    const window = (scroller ?? document.documentElement).getBoundingClientRect();
    const { top, bottom } = boxOf([reveal, reveal + 1]);
    if (scroller && (top < window.top + 40 || bottom > window.top + window.height * 0.6))
      scroller.scrollTop += top - window.top - window.height * 0.3;
  }

  const selection = getSelection();
  const head = offsetOf(selection?.focusNode ?? null, selection?.focusOffset ?? 0);
  const at = head < 0 ? textbox : lines[starts.findLastIndex((start) => start <= head)]!;
  return {
    text: lines.map((line) => line.textContent).join('\n'),
    anchor: offsetOf(selection?.anchorNode ?? null, selection?.anchorOffset ?? 0),
    head,
    direction: getComputedStyle(at).direction === 'rtl' ? 'rtl' : 'ltr',
    boxes: ranges.map(([first, last]) => ({ first: boxOf(first), last: boxOf(last) })),
  };
}
