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
