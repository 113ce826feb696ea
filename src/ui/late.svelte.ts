import type { Component } from 'svelte';

let coming = 0;

/**
 * Fetches a part of the page that is not there from the start. Until it is there keys do nothing: they are meant for it,
 * and would mark something in the text behind.
 */
export async function late<Part>(fetchPart: () => Promise<Part>): Promise<Part> {
  if (coming++ === 0) window.addEventListener('keydown', swallow, { capture: true });
  try {
    return await fetchPart();
  } finally {
    if (--coming === 0) window.removeEventListener('keydown', swallow, { capture: true });
  }
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** A part of the page that is fetched early and kept, so that it is drawn at once when it is asked for. */
export class LatePart {
  readonly #fetchPart: () => Promise<{ default: Component }>;
  #component = $state.raw<Component>();

  constructor(fetchPart: () => Promise<{ default: Component }>) {
    this.#fetchPart = fetchPart;
  }

  /** Nothing until it has been fetched. */
  get component(): Component | undefined {
    return this.#component;
  }

  async fetch(): Promise<void> {
    this.#component ??= (await this.#fetchPart()).default;
  }
}

/** Does what is not needed for the first look at the page when that has been drawn. */
export function onceDrawn(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => (timer = setTimeout(work)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
