import type { KeptLayer } from '../../core/backup/records.ts';
import { rehomedLayer } from '../../core/backup/rehoming.ts';
import type { Counts, Document } from '../../core/document.ts';
import { fileProblem, type FileProblem } from '../../core/problem.ts';
import { countSpans } from '../../core/sheet.ts';
import { backupRecords, lineProblem, type BackupRecord } from '../../formats/backup/backup-records.ts';
import { BackupReading } from '../../formats/backup/backup-reading.ts';
import type { Database, LayerRow, TextRow } from '../../storage/database.ts';
import { stageTexts } from '../../storage/restoring/staged-texts.ts';
import { textsOf } from '../../storage/texts.ts';
import type { Incoming } from './incoming.ts';
import { soundLayer } from './sound-records.ts';

/** About how much text, and how many rows, one transaction takes. */
const batchLength = 2_000_000;
const batchRows = 300;

/** Reads a backup once more, and writes the texts and layers of documents that are not here. */
export class TextStaging {
  readonly #database: Database;
  readonly #id: string;
  readonly #name: string;
  readonly #incoming: Incoming;
  readonly #problems: FileProblem[] = [];
  /** By document, how many spans of each label files brought. */
  readonly #counts = new Map<string, Counts>();
  /** By document, the ids of marks that came so far. */
  readonly #taken = new Map<string, Set<string>>();
  readonly #sound: { here: KeptLayer; incoming: KeptLayer }[] = [];
  #texts = new Map<string, TextRow>();
  #layers: { layer: KeptLayer; line: number }[] = [];
  #length = 0;
  #batch = 0;
  #left = 0;

  constructor(database: Database, id: string, name: string, incoming: Incoming) {
    [this.#database, this.#id, this.#name, this.#incoming] = [database, id, name, incoming];
  }

  get problems(): FileProblem[] {
    if (this.#left === 0) return this.#problems;
    const message = `${this.#left} from files that do not stand where their words are, or whose ids come twice, were left out.`;
    return [...this.#problems, fileProblem('refused', 'Spans', message)];
  }

  /** The layers that are here and say something else, without what makes no sense. */
  get soundPairs(): Incoming['layers'] {
    return this.#sound;
  }

  /** The row with the counts of what files brought; what the log says is counted after it. */
  counted(document: Document): Document {
    const counts = this.#counts.get(document.id);
    return counts ? { ...document, counts } : document;
  }

  async stage(file: Blob, onprogress: (progress: { done: number; total: number }) => void): Promise<void> {
    const total = this.#incoming.documents.size;
    let done = 0;
    const reading = new BackupReading(file, this.#name);
    for await (const record of backupRecords(reading, this.#name)) {
      if (record.kind === 'document') {
        this.#takeText(record);
        onprogress({ done: Math.min(++done, total), total });
      } else if (record.kind === 'layer') this.#takeLayer(record);
      if (this.#length > batchLength || this.#texts.size + this.#layers.length > batchRows)
        await this.#flush();
    }
    await this.#flush();
    for (const pair of this.#incoming.layers) await this.#takePair(pair);
  }

  #takeText({ value, line }: Extract<BackupRecord, { kind: 'document' }>): void {
    const known = this.#incoming.documents.get(value.document.id);
    if (!known || known.here || known.line !== line) return;
    const { text, lineKinds } = value;
    this.#texts.set(known.document.id, {
      documentId: known.document.id,
      text,
      ...(lineKinds?.length && { lineKinds }),
    });
    this.#counts.set(known.document.id, countSpans([]));
    this.#length += text.length;
  }

  #takeLayer({ value, line }: Extract<BackupRecord, { kind: 'layer' }>): void {
    const known = this.#incoming.documents.get(value.documentId);
    // What files brought to documents that are here is here as well, or was compared.
    if (known?.here) return;
    const layer = rehomedLayer(value, this.#incoming.homes);
    if (!known) return this.#refuse(line, 'its document is not in the backup');
    this.#layers.push({ layer, line });
    this.#length += 200 * layer.spans.length;
  }

  async #flush(): Promise<void> {
    const [texts, layers] = [[...this.#texts.values()], this.#layers];
    [this.#texts, this.#layers, this.#length] = [new Map(), [], 0];
    if (texts.length + layers.length === 0) return;
    const here = await textsOf(this.#database, [...new Set(layers.map(({ layer }) => layer.documentId))]);
    const words = new Map([...here, ...texts.map(({ documentId, text }) => [documentId, text] as const)]);
    const rows = layers.flatMap(({ layer, line }) =>
      this.#soundRow(layer, words.get(layer.documentId), line),
    );
    await stageTexts(this.#database, this.#id, this.#batch++, texts, rows, this.#incoming.leftovers);
  }

  #soundRow(layer: KeptLayer, text: string | undefined, line: number): LayerRow[] {
    if (text === undefined) {
      this.#refuse(line, 'the text that it marks is missing');
      return [];
    }
    const sound = this.#soundLayer(layer, text);
    this.#count(sound);
    return [{ ...sound, seq: 0 }];
  }

  #soundLayer(layer: KeptLayer, text: string): KeptLayer {
    const taken = this.#taken.get(layer.documentId) ?? new Set();
    this.#taken.set(layer.documentId, taken);
    const { layer: sound, left } = soundLayer(layer, text, taken);
    this.#left += left;
    return sound;
  }

  #count({ documentId, spans }: KeptLayer): void {
    const known = this.#counts.get(documentId) ?? countSpans([]);
    const more = countSpans(spans);
    const byLabel = { ...known.byLabel };
    for (const [label, count] of Object.entries(more.byLabel)) byLabel[label] = (byLabel[label] ?? 0) + count;
    this.#counts.set(documentId, { spans: known.spans + more.spans, byLabel });
  }

  async #takePair({ here, incoming }: Incoming['layers'][number]): Promise<void> {
    const text = (await textsOf(this.#database, [here.documentId])).get(here.documentId);
    if (text !== undefined) this.#sound.push({ here, incoming: this.#soundLayer(incoming, text) });
  }

  #refuse(line: number, fault: string): void {
    this.#problems.push(lineProblem(this.#name, 'imported', line, fault));
  }
}
