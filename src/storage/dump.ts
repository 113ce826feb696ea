/** Where a database is: its name, and the factory that knows it. */
export interface Place {
  readonly name: string;
  readonly factory: IDBFactory;
  readonly keyRange: typeof IDBKeyRange;
}

/** A row as it stands, or what kept the rest of a table from being read. */
export type Dumped =
  | { readonly table: string; readonly key: IDBValidKey; readonly value: unknown }
  | { readonly table: string; readonly problem: string };

/** How many rows are read in one look. */
const rowsTogether = 100;

/**
 * Every row that can be read of a database, whoever has written it and however old or new it is. Nothing is changed, and
 * where there is no such database none is made.
 */
export async function* dump({ name, factory, keyRange }: Place): AsyncGenerator<Dumped> {
  const database = await openAsItIs(factory, name);
  if (!database) return;
  try {
    for (const table of database.objectStoreNames) yield* rowsOf(database, table, keyRange);
  } finally {
    database.close();
  }
}

function openAsItIs(factory: IDBFactory, name: string): Promise<IDBDatabase | undefined> {
  const request = factory.open(name);
  return new Promise((resolve, reject) => {
    let isNew = false;
    request.addEventListener('upgradeneeded', () => {
      isNew = true;
      request.transaction?.abort();
    });
    request.addEventListener('success', () => {
      const database = request.result;
      // It is only read, and must stand in nobody's way.
      database.addEventListener('versionchange', () => database.close());
      resolve(database);
    });
    request.addEventListener('error', () => (isNew ? resolve(undefined) : reject(request.error as Error)));
  });
}

async function* rowsOf(
  database: IDBDatabase,
  table: string,
  keyRange: typeof IDBKeyRange,
): AsyncGenerator<Dumped> {
  let range: IDBKeyRange | null = null;
  for (;;) {
    const rows: { key: IDBValidKey; value: unknown }[] = [];
    try {
      await readSome(database, table, range, rows);
    } catch (error) {
      yield* rows.map((row) => ({ table, ...row }));
      yield { table, problem: error instanceof Error ? error.message : String(error) };
      return;
    }
    yield* rows.map((row) => ({ table, ...row }));
    if (rows.length < rowsTogether) return;
    range = keyRange.lowerBound(rows.at(-1)!.key, true);
  }
}

/** By a cursor, so that what comes before a row that cannot be read is there all the same. */
function readSome(
  database: IDBDatabase,
  table: string,
  range: IDBKeyRange | null,
  rows: { key: IDBValidKey; value: unknown }[],
): Promise<void> {
  const request = database.transaction(table).objectStore(table).openCursor(range);
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      const cursor = request.result;
      if (!cursor) return resolve();
      rows.push({ key: cursor.primaryKey, value: cursor.value });
      if (rows.length < rowsTogether) cursor.continue();
      else resolve();
    });
    request.addEventListener('error', () => reject(request.error as Error));
  });
}
