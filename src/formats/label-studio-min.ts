import { labelOf } from '../core/scheme.ts';
import { compareSpans } from '../core/span.ts';
import type { OutgoingDocument } from '../core/transfer.ts';
import { readMin } from './checking/rows.ts';
import type { Format, WriteOptions, Written } from './format.ts';
import { oneLine } from './json-lines.ts';
import { writtenLabels } from './native/native-document.ts';
import type { JsonObject } from './reading/json-value.ts';
import { unitMap } from './units.ts';
import { lossesOf } from './writing/losses.ts';
import { checkSpan, placeIn } from './writing/places.ts';

/** The short form of Label Studio's export, for scripts that read it: an item for each annotator of each document. */
export const labelStudioMin: Format = {
  name: 'Label Studio JSON_MIN',
  extensions: ['json'],
  mediaType: 'application/json',
  readBack: readMin,
  write,
  losses: [
    'Spans have no ids in this form, so nothing can refer to them: relations, attributes and notes are not in the file.',
    'Neither Label Studio nor Locution can read it back.',
    'A document that several people annotated stands in the file once for each of them.',
    'The names, colours and guidelines of the labels are not in the file, only their machine names.',
  ],
};

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
): AsyncGenerator<Written> {
  let before = '[\n';
  for await (const document of documents) {
    yield* lossesOf(document, { annotators: true, documentLabels: true });
    for (const item of itemsOf(document, options)) {
      yield `${before}${oneLine(JSON.stringify(item))}`;
      before = ',\n';
    }
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** @throws RangeError when a span's text is not what stands at its offsets. */
function itemsOf({ document, text, spans }: OutgoingDocument, { scheme }: WriteOptions): JsonObject[] {
  const map = unitMap(text, 'codepoint');
  const labels = writtenLabels(document, scheme);
  const names = [...new Set(spans.map(({ annotator }) => annotator))].sort();
  return (names.length > 0 ? names : [undefined]).map((annotator) => {
    const own = spans.filter((span) => span.annotator === annotator).sort(compareSpans);
    const label = own.map((span) => {
      checkSpan(span, text);
      const place = { start: placeIn(map, span.start), end: placeIn(map, span.end) };
      return { ...place, text: span.text, labels: [labelOf(scheme, span.label).value] };
    });
    return {
      ...{ id: document.id, title: document.title, text, label },
      ...(labels.length > 0 && { document_labels: { choices: labels } }),
      ...(annotator !== undefined && { annotator }),
    };
  });
}
