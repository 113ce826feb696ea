const cacheName = 'earlier-parts';

/**
 * Keeps the parts of the page as it is now for tabs that go on with it, when a new version takes over and its service
 * worker lets go of everything that is not its own. What was kept of a version before goes: it is two behind by then.
 */
export async function keepParts(): Promise<void> {
  const names = await caches.keys();
  const precache = names.find((name) => name.includes('-precache-'));
  if (precache === undefined) return;
  const [own, kept] = await Promise.all([caches.open(precache), caches.open(cacheName)]);
  const parts = (await own.keys()).filter(({ url }) => url.includes('/assets/'));
  for (const part of parts) {
    const response = await own.match(part);
    if (response) await kept.put(part, response);
  }
  const current = new Set(parts.map(({ url }) => url));
  for (const part of await kept.keys()) if (!current.has(part.url)) await kept.delete(part);
}
