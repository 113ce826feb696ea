import type { Draft } from '../../core/change.ts';
import type { Document } from '../../core/document.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { Sheet } from '../../core/sheet.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import { jsonLines, oneLine } from '../../formats/json-lines.ts';
import { writtenDocument } from '../../formats/native/native-document.ts';
import type { Database } from '../../storage/database.ts';
import type { OpenedDocument } from '../../storage/documents.ts';
import { openMirror } from '../../storage/mirror.ts';

/** What a copy of the work is made from: the storage as far as it can be read, and what is in memory. */
export interface RescueSource {
  readonly database: Database;
  /** Reads documents. Given, as what the page starts with is not to be taken apart for what is fetched late. */
  readonly read: (database: Database, ids: readonly string[]) => Promise<OpenedDocument[]>;
  /** What is to be seen of a stored sheet, with what is not saved yet. */
  readonly marksOn: (documentId: string, stored: Sheet) => Sheet;
  /** The documents of the project, as the screen lists them. */
  readonly documents: readonly Document[];
  readonly scheme: Scheme;
  /** What is not saved yet. */
  readonly pending: readonly Draft[];
  /** What is on screen, and so needs no storage. */
  readonly open: { readonly id: string; readonly text: string; readonly sheet: Sheet } | undefined;
}

export interface RescueCopy {
  /** JSON Lines, a document a line, with everything that is not saved yet. */
  readonly blob: Blob;
  readonly documents: number;
  /** The titles of those that could be read nowhere. */
  readonly missing: readonly string[];
}

/** So many documents are read and written together. */
const together = 50;
/** A storage that does not answer for so long counts as one that cannot be read. */
const patienceMs = 4000;

/**
 * Writes all documents as JSON Lines: as the storage has them, or the second copy where the storage cannot be read, with
 * what is not saved yet on top. What is on screen comes from memory.
 */
export async function rescueCopy(source: RescueSource): Promise<RescueCopy> {
  const shelves = new Shelves(source);
  const parts: string[] = [];
  const missing: string[] = [];
  for (let at = 0; at < source.documents.length; at += together) {
    const documents = source.documents.slice(at, at + together);
    const found = await shelves.read(documents.flatMap(({ id }) => (id === source.open?.id ? [] : [id])));
    for (const document of documents) {
      const outgoing = outgoingOf(document, found.get(document.id), source);
      const line = outgoing && written(outgoing, source.scheme);
      if (line === undefined) missing.push(document.title);
      else parts.push(line);
    }
  }
  shelves.close();
  const blob = new Blob(parts, { type: jsonLines.mediaType });
  return { blob, documents: parts.length, missing };
}

/** The steps that are not saved, each on a line, as the log would have held them. */
export function unsavedSteps(pending: readonly Draft[]): Blob {
  return new Blob(
    pending.map((draft) => `${oneLine(JSON.stringify(draft))}\n`),
    { type: jsonLines.mediaType },
  );
}

function outgoingOf(
  document: Document,
  stored: OpenedDocument | undefined,
  { open, marksOn }: RescueSource,
): OutgoingDocument | undefined {
  if (open?.id === document.id) return { document, text: open.text, ...open.sheet };
  return stored && { document, text: stored.text, ...marksOn(document.id, stored.sheet) };
}

/** A document that cannot be written as it is must not keep the others back. */
function written(document: OutgoingDocument, scheme: Scheme): string | undefined {
  try {
    return `${oneLine(JSON.stringify(writtenDocument(document, { scheme, unit: 'codepoint' })))}\n`;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The storage, and its second copy for what the storage does not give. */
class Shelves {
  readonly #database: Database;
  readonly #read: RescueSource['read'];
  #isReadable = true;
  #mirror: Promise<Database | undefined> | undefined;

  constructor({ database, read }: RescueSource) {
    [this.#database, this.#read] = [database, read];
  }

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, OpenedDocument>> {
    const rows = this.#isReadable ? await inTime(this.#read(this.#database, ids)) : undefined;
    this.#isReadable = rows !== undefined;
    const found = new Map(rows?.map((row) => [row.document.id, row]));
    const lacking = ids.filter((id) => !found.has(id));
    for (const row of await this.#readCopy(lacking)) found.set(row.document.id, row);
    return found;
  }

  close(): void {
    void this.#mirror?.then((mirror) => mirror?.close({ disableAutoOpen: true }));
  }

  async #readCopy(ids: readonly string[]): Promise<OpenedDocument[]> {
    if (ids.length === 0) return [];
    this.#mirror ??= inTime(openMirror(this.#database.openedWith));
    const mirror = await this.#mirror;
    return (mirror && (await inTime(this.#read(mirror, ids)))) ?? [];
  }
}

/** `undefined` when it fails or takes too long: then there is another place to look, and in the end the title is told. */
async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
