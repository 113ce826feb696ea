import type { AppState } from './app-state.svelte.ts';

/** The bundler's event for a part of the page that could not be fetched. */
const event = 'vite:preloadError';

/** Says so when a part of the page cannot be fetched, as when its server is gone. Gives back the function that ends it. */
export function tellMissingParts(app: AppState): () => void {
  const tell = () => {
    // Nothing would be drawn for it, and the page would wait for it for ever.
    app.dialog = undefined;
    app.session.messages.alert(
      'A part of Locution could not be loaded: its server cannot be reached, or has a newer version. Your work is kept. Reload the page.',
    );
  };
  window.addEventListener(event, tell);
  return () => window.removeEventListener(event, tell);
}
