/*
 * What browsers have and jsdom lacks, as far as the app asks for it. Nothing is laid out here: every box is empty, and
 * whatever watches boxes sees nothing.
 */
import { Blob, File } from 'node:buffer';
import { configure } from '@testing-library/svelte';

// Machines that run other things as well take longer than the default of one second.
configure({ asyncUtilTimeout: 20_000 });

class Watcher {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}

class Highlight extends Set<AbstractRange> {
  priority = 0;
}

const missing = {
  ResizeObserver: Watcher,
  IntersectionObserver: Watcher,
  Highlight,
  CSS: { highlights: new Map<string, Highlight>() },
  // A wide window that prefers nothing.
  matchMedia: () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
  // Those of jsdom cannot be read as streams.
  Blob,
  File,
};
for (const [name, value] of Object.entries(missing))
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });

Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();
Element.prototype.scrollIntoView = () => undefined;
document.elementFromPoint = () => null;
