import { placeOnLine, type Place } from '../reading/place.ts';
import { withoutByteOrderMark } from '../reading/source-text.ts';
import { unitMap, type OffsetUnit } from '../units.ts';
import { unescaped } from './escapes.ts';

/** What a header line defines: a layer and the columns of its features. */
export interface Layer {
  readonly kind: 'SP' | 'RL' | 'CH';
  readonly name: string;
  readonly features: readonly string[];
  /** For relations: the layer that they join. */
  readonly base?: string;
  /** The number of its first column among those of the layers. */
  readonly column: number;
}

/** A token, or a part of one. */
export interface Row {
  /** `2-1`, or `2-1.1` for a part of a token. */
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly cells: readonly string[];
  readonly place: Place;
}

export interface TsvFile {
  readonly layers: readonly Layer[];
  readonly rows: readonly Row[];
  readonly text: string;
  readonly problems: readonly ReturnType<Place['problem']>[];
}

/** Takes a file apart. Its text is that of the sentences, line breaks where nothing is said of what stands between them. */
export function tsvFile(file: string, raw: string, unit: OffsetUnit): TsvFile {
  const reader = new TsvReader(unit);
  const lines = withoutByteOrderMark(raw).split(/\r?\n/);
  for (const [index, line] of lines.entries()) reader.take(line, placeOnLine(file, index + 1));
  reader.endSentence();
  return reader;
}

/** More than stands between two sentences, so that no offset makes a text of gigabytes. */
const longestGap = 100_000;

class TsvReader implements TsvFile {
  readonly layers: Layer[] = [];
  readonly rows: Row[] = [];
  readonly problems: ReturnType<Place['problem']>[] = [];
  text = '';
  readonly #unit: OffsetUnit;
  readonly #said = new Set<string>();
  #length = 0;
  #sentence: string[] = [];
  #sentenceRows: Row[] = [];
  #columns = 0;

  constructor(unit: OffsetUnit) {
    this.#unit = unit;
  }

  take(line: string, place: Place): void {
    if (line.trim() === '') this.endSentence();
    else if (line.startsWith('#Text=')) {
      if (this.#sentenceRows.length > 0) this.endSentence();
      this.#sentence.push(line.slice('#Text='.length));
    } else if (/^\d+-\d+(\.\d+)?\t/.test(line)) this.#takeRow(line, place);
    else if (line.startsWith('#T_')) this.#takeLayer(line, place);
    else if (!line.startsWith('#FORMAT=')) this.#sayOnce(line, place);
  }

  #sayOnce(line: string, place: Place): void {
    const name = /^#([\w.]+)=/.exec(line)?.[1];
    if (name !== undefined && this.#said.has(name)) return;
    if (name !== undefined) this.#said.add(name);
    const what = name === undefined ? 'this line follows no rule of the format' : `${name} has no place here`;
    this.problems.push(place.problem('skipped', `${what}, and was skipped.`));
  }

  #takeLayer(line: string, place: Place): void {
    const parts = /^#T_(SP|RL|CH)=([^|]+)(?:\|(.*))?$/.exec(line);
    if (!parts) return this.#sayOnce(line, place);
    const kind = parts[1] as Layer['kind'];
    const names = parts[3] === undefined ? [] : parts[3].split('|');
    const base = kind === 'RL' ? names.findLast((name) => name.startsWith('BT_'))?.slice(3) : undefined;
    const features = names.filter((name) => !name.startsWith('BT_'));
    const layer = { kind, name: parts[2]!, features, column: this.#columns };
    this.layers.push({ ...layer, ...(base !== undefined && { base }) });
    this.#columns += Math.max(1, names.length);
    if (kind === 'CH')
      this.problems.push(
        place.problem('skipped', `the chains of ${parts[2]} are not read, and were skipped.`),
      );
  }

  #takeRow(line: string, place: Place): void {
    const [id, range, words = '', ...cells] = line.split('\t');
    const parts = /^(\d+)-(\d+)$/.exec(range ?? '');
    if (!parts) {
      const fault = `this row was left out: “${range}” are no offsets.`;
      this.problems.push(place.problem('refused', fault));
      return;
    }
    this.#sentenceRows.push({
      ...{ id: id!, start: Number(parts[1]), end: Number(parts[2]), words: unescaped(words), cells, place },
    });
  }

  /** Puts the sentence behind what there is of the text, as far behind as its first token says. */
  endSentence(): void {
    const rows = this.#sentenceRows;
    const said = this.#sentence.map((line) => unescaped(line)).join('\n');
    const raw = this.#sentence.join('\n');
    this.#sentence = [];
    this.#sentenceRows = [];
    this.rows.push(...rows);
    if (rows.length === 0 && raw === '') return;
    const start = rows[0]?.start ?? this.#length;
    const fits = (sentence: string) => rows.every((row) => this.#isAt(row, sentence, start));
    // Some writers leave backslashes in the text as they are.
    const sentence = raw !== said && !fits(said) && fits(raw) ? raw : said;
    const least = this.text === '' ? 0 : 1;
    const gap = start === this.#length ? 0 : Math.min(Math.max(least, start - this.#length), longestGap);
    this.text += '\n'.repeat(gap) + sentence;
    this.#length += gap + unitMap(sentence, this.#unit).length;
  }

  #isAt({ start, end, words }: Row, sentence: string, from: number): boolean {
    const map = unitMap(sentence, this.#unit);
    const [first, last] = [map.toOffset(start - from), map.toOffset(end - from)];
    return first !== undefined && last !== undefined && sentence.slice(first, last) === words;
  }
}
