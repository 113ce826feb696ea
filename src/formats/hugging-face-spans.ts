import { compareSpans, type Attributes, type AttributeValue } from '../core/span.ts';
import type { OutgoingDocument } from '../core/transfer.ts';
import { readSpanRows, spanRowsOf } from './checking/rows.ts';
import {
  certainty,
  type Certainty,
  type Format,
  type Opening,
  type WriteOptions,
  type Written,
} from './format.ts';
import { readSpanLines } from './hugging-face/span-lines.ts';
import { firstSpanRow } from './native/foreign-marks.ts';
import { oneLine } from './json-lines.ts';
import { isAbsent, isList } from './reading/json-value.ts';
import { unitMap } from './units.ts';
import { loss, lossesOf } from './writing/losses.ts';
import { spansInFile } from './writing/marks.ts';
import { placeIn } from './writing/places.ts';

/**
 * A line a span, for classifying spans: its words, the lines of the text that it stands in as `context`, and its place there, so
 * that `context[start:end]` is `text`. Every line has the same columns of the same types.
 */
export const huggingFaceSpans: Format = {
  name: 'Hugging Face spans',
  extensions: ['jsonl'],
  mediaType: 'application/jsonl',
  recognise,
  units: ['codepoint'],
  read: (file, context) => readSpanLines(file, context),
  readBack: readSpanRows,
  pieces: spanRowsOf,
  choices: ['unit'],
  write,
  losses: [
    'Of the texts only those lines are in the file in which spans stand.',
    'Of the scheme only the machine names of the labels are in the file.',
    'The history is not in the file: when a span was made or changed, and what could be undone.',
  ],
};

/** Every line says so itself: a span with its context, and no document with spans. */
function recognise({ extension, text }: Opening): Certainty {
  const first = firstSpanRow(text);
  if (!first || ['txt', 'md'].includes(extension)) return certainty.no;
  return Object.hasOwn(first, 'offset_unit') ? certainty.bySignature : certainty.byShape;
}

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme, unit }: WriteOptions,
): AsyncGenerator<Written> {
  for await (const outgoing of documents) {
    const { document, text, spans } = outgoing;
    const inOrder = [...spans].sort(compareSpans);
    for (const [index, span] of spansInFile(outgoing, scheme, 'utf16').entries()) {
      const { start, end } = inOrder[index]!;
      const lineStart = text.lastIndexOf('\n', start - 1) + 1;
      const lineEnd = text.indexOf('\n', end - 1);
      const context = text.slice(
        start === 0 ? 0 : lineStart,
        lineEnd < 0 ? text.length : Math.max(end, lineEnd),
      );
      const offset = start === 0 ? 0 : lineStart;
      const map = unitMap(context, unit);
      const row = {
        ...{ text: span.text, context, label: span.label },
        ...{ start: placeIn(map, start - offset), end: placeIn(map, end - offset), offset_unit: unit },
        ...{ speaker: namesIn(span.attributes, 'speaker'), target: namesIn(span.attributes, 'target') },
        ...{ attributes: JSON.stringify(span.attributes), note: span.note ?? '', annotator: span.annotator },
        ...{ id: span.id, document: document.id, title: document.title },
      };
      yield `${oneLine(JSON.stringify(row))}\n`;
    }
    yield* lossesOf(outgoing, { attributes: true, notes: true, annotators: true });
    if (spans.length === 0) yield loss(1, 'documents without spans');
  }
}

/** The texts of an attribute as a list. */
function namesIn(attributes: Attributes, key: string): string[] {
  const value: AttributeValue | undefined = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  const all = isAbsent(value) ? [] : isList(value) ? value : [value];
  return all.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
}
