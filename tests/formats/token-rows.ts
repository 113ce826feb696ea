import type { OutgoingDocument } from '../../src/core/transfer.ts';
import type { Format, WriteOptions } from '../../src/formats/format.ts';
import { readAll, sourceFile, writeOptions, writtenFiles, schemeOf } from './reading.ts';

/** A text's words alone. */
export function words(text: string): string {
  return text.replace(/\p{White_Space}+/gu, '');
}

/** What is read of a document that was written, beside what the format says that it holds. */
export async function thereAndBack(
  format: Format,
  document: OutgoingDocument,
  options: Partial<WriteOptions> = {},
) {
  const all = writeOptions(schemeOf(), options);
  const { texts, losses } = await writtenFiles(format, [document, document], all);
  const name = `a.${format.extensions[0]}`;
  const { documents, problems } = await readAll(format, sourceFile(name, texts['']!));
  const said = (spans: readonly { start: number; end: number; label: string }[], text: string) =>
    spans
      .map(
        ({ start, end, label }) =>
          `${words(text.slice(0, start)).length} ${words(text.slice(start, end))} ${label}`,
      )
      .sort();
  return {
    losses,
    problems,
    texts: documents.map(({ text }) => words(text)),
    spans: documents.map(({ spans, text }) => said(spans, text)),
    held: said(format.held!(document, all).spans, document.text),
  };
}
