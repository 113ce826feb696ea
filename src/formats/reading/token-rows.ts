import type { Reading } from '../../core/transfer.ts';
import type { ReadContext, SourceFile } from '../format.ts';
import { outsideDocument, type OutsideSpan } from './outside-document.ts';
import { placeOnLine, type Checked, type Place } from './place.ts';
import { placeOfFile } from './place-of-file.ts';
import { lines, withoutByteOrderMark } from './source-text.ts';
import { decodeTags, taggingOf } from './tags.ts';

/** A token on a line of its own. */
export interface TokenRow {
  readonly form: string;
  readonly tag: string;
  /** Whether the line says more of the token, for which there is no place. */
  readonly hasMore: boolean;
}

interface PlacedRow extends TokenRow {
  readonly line: number;
}

/** What stands between the documents of such files. */
export const documentStart = '-DOCSTART-';

/**
 * Reads documents of tokens on lines, sentences parted by blank lines, documents by `-DOCSTART-` or `# id = …`. The text is
 * made of the tokens: a space between two, a new line for each sentence. `rowOf` gives `undefined` for what is no row.
 */
export async function* readTokenRows(
  file: SourceFile,
  context: ReadContext,
  rowOf: (line: string) => TokenRow | undefined,
): AsyncGenerator<Reading> {
  const reader = new RowReader(file.name, context, rowOf);
  for await (const line of lines(file)) {
    if ('problem' in line) yield { kind: 'problem', problem: line.problem };
    else yield* reader.take(line.text.replace(/\r$/, ''), line.number);
  }
  yield* reader.close();
}

class RowReader {
  readonly #file: string;
  readonly #context: ReadContext;
  readonly #rowOf: (line: string) => TokenRow | undefined;
  #sentences: PlacedRow[][] = [[]];
  #id: string | undefined;
  #isFirst = true;
  readonly #said = new Set<string>();

  constructor(file: string, { proof }: ReadContext, rowOf: (line: string) => TokenRow | undefined) {
    this.#file = file;
    // The ranges are ours, so no answer about other files' units is meant for them.
    this.#context = { proof, options: {}, companions: new Map() };
    this.#rowOf = rowOf;
  }

  *take(raw: string, number: number): Generator<Reading> {
    const line = number === 1 ? withoutByteOrderMark(raw) : raw;
    const id = /^#\s*(?:newdoc\s+)?(?:doc_?)?id\s*=\s*(\S.*)$/i.exec(line)?.[1];
    if (id !== undefined || line.split(/[ \t]/, 1)[0] === documentStart) {
      yield* this.close(false);
      // A document may have both lines before it.
      this.#id = id?.trim() ?? this.#id;
    } else if (/^[ \t]*$/.test(line)) this.#endSentence();
    else if (/^# ?[\w.]+ = /.test(line) || isComment(line, this.#rowOf))
      yield* this.#sayOnce(number, 'comments like the one on this line have no place here, and were skipped');
    else yield* this.#takeRow(line, number);
  }

  *#takeRow(line: string, number: number): Generator<Reading> {
    const row = this.#rowOf(line);
    if (row?.hasMore)
      yield* this.#sayOnce(
        number,
        'what stands between the words and their tags, such as parts of speech, has no place here, and was skipped',
      );
    if (!row) {
      const message = `this line is not a word and its tag; its words are kept without a mark.`;
      yield { kind: 'problem', problem: placeOnLine(this.#file, number).problem('adjusted', message) };
    }
    const form = line.trim().replace(/[ \t]+/g, ' ');
    this.#sentences.at(-1)!.push({ ...(row ?? { form, tag: 'O', hasMore: false }), line: number });
  }

  *#sayOnce(number: number, fault: string): Generator<Reading> {
    if (this.#said.has(fault)) return;
    this.#said.add(fault);
    yield { kind: 'problem', problem: placeOnLine(this.#file, number).problem('skipped', `${fault}.`) };
  }

  #endSentence(): void {
    if (this.#sentences.at(-1)!.length > 0) this.#sentences.push([]);
  }

  /** Yields the document that is open, if it has words. */
  *close(isLast = true): Generator<Reading> {
    const sentences = this.#sentences.filter((rows) => rows.length > 0);
    this.#sentences = [[]];
    if (sentences.length === 0) return;
    const isAlone = this.#isFirst && isLast && this.#id === undefined;
    const place = placeOnLine(this.#file, sentences[0]![0]!.line);
    yield* this.#document(sentences, isAlone ? placeOfFile(this.#file) : place, isAlone);
    this.#isFirst = false;
    this.#id = undefined;
  }

  *#document(sentences: readonly PlacedRow[][], place: Place, isAlone: boolean): Generator<Reading> {
    const tagging = taggingOf(sentences.map((rows) => rows.map(({ tag }) => tag)));
    const spans: OutsideSpan[] = [];
    const faults = this.#spansOf(sentences, tagging, spans);
    for (let step = faults.next(); !step.done; step = faults.next())
      yield { kind: 'problem', problem: step.value };
    const text = sentences.map((rows) => rows.map(({ form }) => form).join(' ')).join('\n');
    const title = isAlone ? this.#file : undefined;
    const meta = spans.length > 0 ? { tagging } : {};
    yield* outsideDocument({ id: this.#id, title, text, meta, spans }, place, this.#context, 'utf16');
  }

  *#spansOf(
    sentences: readonly PlacedRow[][],
    tagging: ReturnType<typeof taggingOf>,
    into: OutsideSpan[],
  ): Checked<void> {
    let at = 0;
    for (const rows of sentences) {
      const starts = rows.map(({ form }) => {
        const start = at;
        at += form.length + 1;
        return start;
      });
      const decoded = decodeTags(
        rows.map(({ tag }) => tag),
        tagging,
      );
      for (const { index, fault } of decoded.faults)
        yield placeOnLine(this.#file, rows[index]!.line).problem('adjusted', `${fault}.`);
      for (const { first, last, label } of decoded.spans) {
        const end = starts[last]! + rows[last]!.form.length;
        into.push({ start: starts[first]!, end, label, place: placeOnLine(this.#file, rows[first]!.line) });
      }
    }
  }
}

/** Whether a line is a comment; a number sign may be a word as well. */
function isComment(line: string, rowOf: (line: string) => TokenRow | undefined): boolean {
  return line.startsWith('# ') && rowOf(line) === undefined;
}

/** What the parts of data sets are called, for files such as `eng.testa`. */
export const partExtensions = ['train', 'dev', 'test', 'testa', 'testb', 'valid'];

/** How many of the first lines are rows, for telling what a file is, and whether tags stand anywhere in what is there. */
export function shareOfRows(
  text: string,
  rowOf: (line: string) => TokenRow | undefined,
): { readonly rows: number; readonly others: number; readonly hasTags: boolean } {
  // The last line may be cut.
  const all = text.split(/\r?\n/).slice(0, text.length > 60_000 ? -1 : undefined);
  const filled = all
    .slice(0, 50)
    .filter((line) => line.trim() !== '' && !isComment(line, rowOf) && !line.startsWith(documentStart));
  const rows = filled.flatMap((line) => rowOf(line) ?? []);
  // A text may well begin with sentences in which nothing is marked.
  const hasTags = text.startsWith(documentStart) || all.some((line) => (rowOf(line)?.tag ?? 'O') !== 'O');
  return { rows: rows.length, others: filled.length - rows.length, hasTags };
}
