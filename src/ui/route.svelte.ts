/** A screen of the app, as the part of the address after `#` names it. */
export type Route =
  | { readonly screen: 'annotate'; readonly documentId?: string }
  | { readonly screen: 'documents' }
  | { readonly screen: 'labels' }
  | { readonly screen: 'settings' };

export function parseRoute(hash: string): Route {
  const [screen, argument] = hash.replace(/^#?\/?/, '').split('/');
  if (screen === 'documents' || screen === 'labels' || screen === 'settings') return { screen };
  const documentId = argument && decoded(argument);
  return documentId ? { screen: 'annotate', documentId } : { screen: 'annotate' };
}

export function addressOf(route: Route): string {
  if (route.screen !== 'annotate' || route.documentId === undefined) return `#/${route.screen}`;
  return `#/annotate/${encodeURIComponent(route.documentId)}`;
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

  constructor() {
    addEventListener('hashchange', () => (this.#route = parseRoute(location.hash)));
  }

  get route(): Route {
    return this.#route;
  }

  go(route: Route): void {
    location.hash = addressOf(route);
    this.#route = route;
  }
}
