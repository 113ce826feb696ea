/** The event from which it is counted. */
export type Begin = 'click' | 'keydown' | 'change';

/** What the bench waits for in the page. */
export type Awaited =
  /** A document with these first and last lines stands in the text box, and highlights lie on it. */
  | { readonly kind: 'opened'; readonly first: string; readonly last: string }
  /** The number of painted spans changes by that much. */
  | { readonly kind: 'painted'; readonly more: 1 | -1 }
  /** As many spans are painted as before, but not with the same labels. */
  | { readonly kind: 'relabelled' }
  /** Something that the selector finds ends with these words and is in the page. */
  | { readonly kind: 'shown'; readonly selector: string; readonly last: string }
  /** The number of elements that the selector finds changes by that much. */
  | { readonly kind: 'counted'; readonly selector: string; readonly more: number }
  /** What the selector finds says these words. */
  | { readonly kind: 'says'; readonly selector: string; readonly words: string }
  /** The named range of highlight covers words in view. */
  | { readonly kind: 'focused' }
  /** Anything in the page is drawn anew, or a field has taken what was typed and nothing needs to be. */
  | { readonly kind: 'drawn' };

/** Milliseconds from the time stamp that the browser gave the input event. */
export interface Timing {
  /** Until the first frame that shows what was awaited has been laid out and painted by the main thread. */
  readonly painted: number;
  /** Until the beginning of the frame after that one, when it is on its way to the screen. */
  readonly nextFrame: number;
  /** Until the status named `Saving`, after it read otherwise, reads `Saved` again. */
  readonly saved?: number;
  /** Durations of the main thread's tasks over 50 ms from the event on, until a moment after all of the above. */
  readonly longTasks: readonly number[];
}

export interface Scrolling {
  /** The time from each frame to the next. */
  readonly frames: readonly number[];
  /** For how long at a stretch a line in view was not drawn, each time that one was not. */
  readonly blanks: readonly number[];
  readonly longTasks: readonly number[];
}

/** What the bench puts into the page beside the app, which knows nothing of it. */
interface Probe {
  /** Measures from the next click, or key that is no modifier; `timing` then resolves. */
  arm(event: Begin, awaited: Awaited, andSaved: boolean): void;
  timing(): Promise<Timing>;
  startScrolling(): void;
  stopScrolling(): Promise<Scrolling>;
  /** Resolves when some frames in a row have come nearly as fast as they should, or after a while without that. */
  calm(): Promise<void>;
  /** A place in the words in view, `share` of the way down the window, with words enough after it in its line. */
  wordsAt(share: number): { readonly x: number; readonly y: number } | undefined;
  /** A place on a span in view that has not the focus, from `share` of the way down the window on. */
  spanAt(share: number): { readonly x: number; readonly y: number } | undefined;
  /** How much the window on the text shows, how far it can scroll, and where it is on the page. */
  scroller(): { readonly height: number; readonly range: number; readonly x: number; readonly y: number };
}

declare global {
  interface Window {
    locutionBench: Probe;
  }
}

/** Runs in the page before anything of the app does. Must be whole in itself, as it is sent there as source. */
export function installProbe(): void {
  const calmWithinMs = 2_000;
  const patienceMs = 30_000;
  const tasks: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => void tasks.push(...list.getEntries()));
  observer.observe({ type: 'longtask', buffered: true });
  let timing: Promise<Timing> | undefined;
  let frames: number[] | undefined;
  let blanks: number[] = [];

  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const wait = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

  /** A message posted from a frame's callback comes when that frame has been laid out and painted. */
  const endOfFrame = () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => resolve(), { once: true });
      port1.start();
      port2.postMessage('');
    });

  const longTasks = async (from: number): Promise<number[]> => {
    await wait(50);
    tasks.push(...observer.takeRecords());
    return tasks
      .filter(({ startTime, duration }) => startTime + duration > from)
      .map(({ duration }) => duration);
  };

  const textbox = () => document.querySelector<HTMLElement>('[role="textbox"][aria-label="Document text"]');
  const savingStatus = () => document.querySelector('[role="status"][aria-label="Saving"]');

  const endmostText = (root: Node, side: 'firstChild' | 'lastChild'): string => {
    let node = root;
    for (let child = node[side]; child; child = node[side]) node = child;
    return node.textContent ?? '';
  };

  /** How many ranges are painted for each label, whatever lane they are in. */
  const paintedByLabel = (): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const [name, { size }] of CSS.highlights) {
      const label = /^label-\d+/.exec(name)?.[0];
      if (label) counts.set(label, (counts.get(label) ?? 0) + size);
    }
    return counts;
  };
  const total = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);

  const isHighlighted = (root: Node) =>
    [...CSS.highlights.values()].some((highlight) =>
      [...highlight].some(({ startContainer }) => root.contains(startContainer)),
    );

  /** Whether at the top, in the middle or at the bottom of the window stands a section that is not drawn. */
  const hasBlank = (): boolean => {
    const box = textbox();
    const view = box?.closest('.viewport')?.getBoundingClientRect();
    if (!box || !view) return false;
    const x = box.getBoundingClientRect().left + 40;
    return [view.top + 8, view.top + view.height / 2, view.bottom - 8].some((y) => {
      const section = document.elementFromPoint(x, y)?.closest('.section');
      return section?.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) === false;
    });
  };

  const focusedRange = (): AbstractRange | undefined => {
    for (const [name, highlight] of CSS.highlights)
      if (name.startsWith('focus-')) for (const range of highlight) return range;
    return undefined;
  };

  const boxOf = ({ startContainer, startOffset, endContainer, endOffset }: AbstractRange): DOMRect => {
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range.getBoundingClientRect();
  };

  const condition = (awaited: Awaited): (() => boolean) => {
    if (awaited.kind === 'opened')
      return () => {
        const root = textbox();
        return (
          root !== null &&
          endmostText(root, 'lastChild') === awaited.last &&
          endmostText(root, 'firstChild') === awaited.first &&
          isHighlighted(root)
        );
      };
    if (awaited.kind === 'shown')
      return () => {
        const root = document.querySelector(awaited.selector);
        return root !== null && endmostText(root, 'lastChild') === awaited.last;
      };
    if (awaited.kind === 'says')
      return () =>
        [...document.querySelectorAll(awaited.selector)].some((one) =>
          one.textContent?.includes(awaited.words),
        );
    if (awaited.kind === 'counted') {
      const all = document.querySelectorAll(awaited.selector).length;
      return () => document.querySelectorAll(awaited.selector).length === all + awaited.more;
    }
    if (awaited.kind === 'focused') {
      const before = focusedRange();
      return () => {
        const range = focusedRange();
        if (!range || range === before) return false;
        const box = boxOf(range);
        const view = textbox()?.parentElement?.closest('.viewport')?.getBoundingClientRect();
        return view !== undefined && box.bottom > view.top && box.top < view.bottom;
      };
    }
    if (awaited.kind === 'drawn') {
      let isDrawn = false;
      const watcher = new MutationObserver(() => {
        isDrawn = true;
        watcher.disconnect();
      });
      addEventListener('input', () => (isDrawn = true), { capture: true, once: true });
      watcher.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      return () => isDrawn;
    }
    const before = paintedByLabel();
    if (awaited.kind === 'painted') return () => total(paintedByLabel()) === total(before) + awaited.more;
    return () => {
      const now = paintedByLabel();
      return total(now) === total(before) && [...now].some(([label, count]) => before.get(label) !== count);
    };
  };

  const painted = async (start: number, holds: () => boolean) => {
    do await frame();
    while (!holds());
    await endOfFrame();
    const end = performance.now();
    await frame();
    return { painted: end - start, nextFrame: performance.now() - start };
  };

  const saved = (start: number) =>
    new Promise<{ saved: number }>((resolve) => {
      let left = false;
      const watcher = new MutationObserver(() => {
        const isSaved = savingStatus()?.textContent === 'Saved';
        left ||= !isSaved;
        if (!left || !isSaved) return;
        watcher.disconnect();
        resolve({ saved: performance.now() - start });
      });
      watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    });

  const measure = async (start: number, awaited: Awaited, andSaved: boolean): Promise<Timing> => {
    const [seen, kept] = await Promise.all([
      painted(start, condition(awaited)),
      andSaved ? saved(start) : undefined,
    ]);
    await wait(250);
    return { ...seen, ...kept, longTasks: await longTasks(start) };
  };

  window.locutionBench = {
    arm(event, awaited, andSaved) {
      timing = new Promise((resolve) => {
        const listen = (input: Event) => {
          if (input instanceof KeyboardEvent && ['Control', 'Shift', 'Alt', 'Meta'].includes(input.key))
            return;
          removeEventListener(event, listen, true);
          resolve(measure(input.timeStamp, awaited, andSaved));
        };
        addEventListener(event, listen, true);
      });
    },

    timing() {
      if (!timing) throw new RangeError('nothing is being measured');
      const late = wait(patienceMs).then(() => {
        const ranges = JSON.stringify([...paintedByLabel()]);
        throw new RangeError(
          `not seen in ${patienceMs} ms; painted: ${ranges}, saving: ${savingStatus()?.textContent}`,
        );
      });
      return Promise.race([timing, late]);
    },

    startScrolling() {
      const recorded: number[] = [];
      frames = recorded;
      blanks = [];
      let blankSince: number | undefined;
      const record = (time: number) => {
        recorded.push(time);
        if (frames === recorded) requestAnimationFrame(record);
        void endOfFrame().then(() => {
          const isBlank = hasBlank();
          if (isBlank) blankSince ??= time;
          else if (blankSince !== undefined) {
            blanks.push(time - blankSince);
            blankSince = undefined;
          }
        });
      };
      requestAnimationFrame(record);
    },

    async stopScrolling() {
      const times = frames ?? [];
      frames = undefined;
      const intervals = times.slice(1).map((time, index) => time - times[index]!);
      return { frames: intervals, blanks, longTasks: await longTasks(times[0] ?? performance.now()) };
    },

    async calm() {
      const start = performance.now();
      await wait(50);
      for (let calmFrames = 0; calmFrames < 3 && performance.now() - start < calmWithinMs;) {
        const before = performance.now();
        await frame();
        calmFrames = performance.now() - before < 34 ? calmFrames + 1 : 0;
      }
    },

    wordsAt(share) {
      const box = textbox()?.getBoundingClientRect();
      const window = this.scroller();
      if (!box) return undefined;
      // Better in a long line; in short ones words of the next are taken too.
      for (const after of [60, 5])
        for (let down = 0; down < window.height * 0.8; down += 14) {
          const x = box.left + (after > 10 ? 60 : 8);
          const y =
            window.y - window.height / 2 + 30 + ((share * window.height + down) % (window.height * 0.8));
          const place = document.caretPositionFromPoint(x, y);
          const node = place?.offsetNode;
          if (node instanceof Text && node.length - place!.offset > after) return { x, y };
        }
      return undefined;
    },

    spanAt(share) {
      const window = this.scroller();
      const [top, bottom] = [window.y - window.height / 2, window.y + window.height / 2];
      const focused = focusedRange();
      const boxes = [...CSS.highlights]
        .filter(([name]) => name.startsWith('label-'))
        .flatMap(([, highlight]) => [...highlight])
        .filter(
          (range) =>
            range.startOffset !== focused?.startOffset || range.startContainer !== focused.startContainer,
        )
        .map((range) => {
          const whole = document.createRange();
          whole.setStart(range.startContainer, range.startOffset);
          whole.setEnd(range.endContainer, range.endOffset);
          return whole.getClientRects()[0];
        })
        .filter(
          (box) => box !== undefined && box.top > top + share * window.height && box.bottom < bottom - 20,
        )
        .sort((a, b) => a!.top - b!.top || a!.left - b!.left);
      const box = boxes[0];
      return box && { x: box.left + Math.min(10, box.width / 2), y: box.top + box.height / 2 };
    },

    scroller() {
      let element: Element | null = textbox();
      while (element && element.scrollHeight <= element.clientHeight) element = element.parentElement;
      const shown = element ?? document.documentElement;
      const { left, top, width, height } = shown.getBoundingClientRect();
      return {
        height,
        range: shown.scrollHeight - shown.clientHeight,
        x: left + width / 2,
        y: top + height / 2,
      };
    },
  };
}
