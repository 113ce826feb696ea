import type { OutgoingDocument } from '../../core/transfer.ts';
import type { SourceFile, WriteOptions, WrittenText } from '../format.ts';
import { lines } from '../reading/source-text.ts';
import { unitMap, type OffsetUnit } from '../units.ts';
import { spansInFile } from '../writing/marks.ts';
import { textOf } from './read-back.ts';

/** The values of a file with JSON on every line. */
async function* values(file: SourceFile): AsyncGenerator<unknown> {
  if (file.size === 0) return;
  for await (const line of lines(file)) {
    if ('problem' in line) throw new RangeError(line.problem.message);
    if (line.text !== '') yield JSON.parse(line.text);
  }
}

interface ChatLine {
  readonly messages: readonly { readonly content: string }[];
}

/** The texts of conversations, and where in them the quotes of the answers stand first. */
export async function* readChat(file: SourceFile): AsyncGenerator<WrittenText> {
  for await (const line of values(file)) {
    const [, { content: text }, { content }] = (line as ChatLine).messages as [
      unknown,
      { content: string },
      { content: string },
    ];
    const answer = JSON.parse(content) as { spans: { quote: string; label: string }[] };
    const spans = answer.spans.map(({ quote, label }) => {
      const start = text.indexOf(quote);
      if (start < 0) throw new RangeError(`“${quote}” is not in its text`);
      return { start, end: start + quote.length, label };
    });
    yield { text, spans };
  }
}

interface SpanRow {
  readonly text: string;
  readonly context: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly offset_unit: OffsetUnit;
}

/** The spans of rows that have one each, on the lines in which they stand. */
export async function* readSpanRows(file: SourceFile): AsyncGenerator<WrittenText> {
  for await (const row of values(file)) {
    const { text, context, label, start, end, offset_unit: unit } = row as SpanRow;
    const map = unitMap(context, unit);
    const [from, to] = [map.toOffset(start), map.toOffset(end)];
    if (from === undefined || to === undefined || context.slice(from, to) !== text)
      throw new RangeError(`“${text}” is not where its row says`);
    yield { text: context, spans: [{ start: from, end: to, label }] };
  }
}

interface MinItem {
  readonly text: string;
  readonly label: readonly { start: number; end: number; text: string; labels: readonly string[] }[];
}

/** The texts and spans of Label Studio's short form, whose offsets count code points. */
export async function* readMin(file: SourceFile): AsyncGenerator<WrittenText> {
  for (const { text, label } of JSON.parse(await textOf(file)) as MinItem[]) {
    const map = unitMap(text, 'codepoint');
    const spans = label.map(({ start, end, text: words, labels }) => {
      const [from, to] = [map.toOffset(start), map.toOffset(end)];
      if (from === undefined || to === undefined || text.slice(from, to) !== words)
        throw new RangeError(`“${words}” is not where its item says`);
      return { start: from, end: to, label: labels[0]! };
    });
    yield { text, spans };
  }
}

/** The lines in which spans stand, once for each span, as rows have them. */
export function spanRowsOf(outgoing: OutgoingDocument, { scheme }: WriteOptions): WrittenText[] {
  const { text } = outgoing;
  return spansInFile(outgoing, scheme, 'utf16').map(({ start, end, label }) => {
    const from = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
    const feed = text.indexOf('\n', end - 1);
    const context = text.slice(from, feed < 0 ? text.length : Math.max(end, feed));
    return { text: context, spans: [{ start: start - from, end: end - from, label }] };
  });
}
