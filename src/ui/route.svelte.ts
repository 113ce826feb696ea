import { finishTyping } from './finish-typing.ts';
import type { Place } from '../session/documents/opening.svelte.ts';

/** A screen of the app, as the part of the address after `#` names it. */
export type Route =
  | { readonly screen: 'annotate'; readonly documentId?: string; readonly place?: Place }
  | { readonly screen: 'documents' }
  | { readonly screen: 'labels' }
  | { readonly screen: 'statistics' }
  | { readonly screen: 'search' }
  | { readonly screen: 'settings' };

const screens = ['documents', 'labels', 'statistics', 'search', 'settings'] as const;

export function parseRoute(hash: string): Route {
  const [screen, argument, range, span] = hash.replace(/^#?\/?/, '').split('/');
  const plain = screens.find((name) => name === screen);
  if (plain) return { screen: plain };
  const documentId = argument && decoded(argument);
  if (!documentId) return { screen: 'annotate' };
  const place = placeIn(range, span);
  return { screen: 'annotate', documentId, ...(place && { place }) };
}

/** `120-134`, and after it perhaps the id of a span. */
function placeIn(range = '', span = ''): Place | undefined {
  const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(range) ?? [];
  if (start === undefined || end === undefined || Number(start) > Number(end)) return undefined;
  const spanId = decoded(span);
  return { start: Number(start), end: Number(end), ...(spanId && { spanId }) };
}

export function addressOf(route: Route): string {
  if (route.screen !== 'annotate' || route.documentId === undefined) return `#/${route.screen}`;
  const { start, end, spanId } = route.place ?? {};
  const parts = [route.documentId, ...(route.place ? [`${start}-${end}`, ...(spanId ? [spanId] : [])] : [])];
  return `#/annotate/${parts.map(encodeURIComponent).join('/')}`;
}

/** Anybody may type anything into the address. */
function decoded(argument: string): string | undefined {
  try {
    return decodeURIComponent(argument);
  } catch {
    return undefined;
  }
}

/** Where the app is. The address is the truth, so that back, forward and bookmarks work, from a file as well. */
export class Navigation {
  #route = $state.raw<Route>(parseRoute(location.hash));

  readonly #listening = new AbortController();

  constructor() {
    const follow = () => {
      // The browser tells late of where `go` has gone, and one types there already.
      if (addressOf(parseRoute(location.hash)) === addressOf(this.#route)) return;
      finishTyping();
      this.#route = parseRoute(location.hash);
    };
    addEventListener('hashchange', follow, { signal: this.#listening.signal });
  }

  close(): void {
    this.#listening.abort();
  }

  get route(): Route {
    return this.#route;
  }

  go(route: Route): void {
    finishTyping();
    location.hash = addressOf(route);
    this.#route = route;
  }
}
