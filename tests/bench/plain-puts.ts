import type { Page } from '@playwright/test';

/**
 * Puts every record that the import has made into a second database of the same stores and indexes, by IndexedDB alone:
 * 500 documents a transaction, relaxed. Gives back the seconds that the transactions took; what it takes to read the
 * records is not counted.
 */
export function plainPuts(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const perTransaction = 500;
    const name = 'plain-puts';
    const stores = ['documents', 'texts', 'imported'] as const;
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error!));
      });
    const source = await done(indexedDB.open('locution-workspace'));
    const opening = indexedDB.open(name, 1);
    opening.addEventListener('upgradeneeded', () => {
      const made = opening.result;
      const documents = made.createObjectStore('documents', { keyPath: 'id' });
      documents.createIndex('projectId', 'projectId');
      documents.createIndex('importId', 'importId');
      documents.createIndex('[projectId+hash]', ['projectId', 'hash']);
      made.createObjectStore('texts', { keyPath: 'documentId' });
      const layers = made.createObjectStore('imported', { keyPath: ['documentId', 'annotator'] });
      layers.createIndex('documentId', 'documentId');
    });
    const target = await done(opening);
    let [spent, last] = [0, ''];
    for (;;) {
      const reading = source.transaction([...stores]);
      const range = IDBKeyRange.lowerBound(last, true);
      const documents = await done(reading.objectStore('documents').getAll(range, perTransaction));
      if (documents.length === 0) break;
      const until: string = documents.at(-1).id;
      const texts = await done(
        reading.objectStore('texts').getAll(IDBKeyRange.bound(last, until, true, false)),
      );
      const layers = await done(
        reading
          .objectStore('imported')
          .index('documentId')
          .getAll(IDBKeyRange.bound(last, until, true, false)),
      );
      last = until;
      const start = performance.now();
      const writing = target.transaction([...stores], 'readwrite', { durability: 'relaxed' });
      const complete = new Promise((resolve, reject) => {
        writing.addEventListener('complete', resolve);
        writing.addEventListener('abort', () => reject(writing.error!));
      });
      for (const [store, rows] of [
        ['documents', documents],
        ['texts', texts],
        ['imported', layers],
      ] as const)
        for (const row of rows) writing.objectStore(store).put(row);
      await complete;
      spent += performance.now() - start;
    }
    target.close();
    source.close();
    await done(indexedDB.deleteDatabase(name));
    return spent / 1_000;
  });
}
