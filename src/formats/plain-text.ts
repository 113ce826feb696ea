import { canonicalText, leadingDate } from '../core/text.ts';
import type { IncomingDocument, Reading } from '../core/transfer.ts';
import { certainty, type Format, type ReadContext, type SourceFile } from './format.ts';
import { textOrQuestion } from './reading/text-or-question.ts';

/** A text file is one document, character for character. Anything that is text in some encoding can be read so. */
export const plainText: Format = {
  name: 'Plain text',
  extensions: ['txt', 'text'],
  mediaType: 'text/plain',
  recognise: ({ extension }) => (['txt', 'text'].includes(extension) ? certainty.byExtension : certainty.no),
  read,
  losses: [],
};

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const whole = await textOrQuestion(file, context);
  if ('text' in whole) yield { kind: 'document', document: textDocument(file.name, whole.text) };
  else yield whole.reading;
}

/** A document of a raw text with nothing marked; a date at its beginning is known, and stays where it is. */
export function textDocument(name: string, raw: string): IncomingDocument {
  const { text, source } = canonicalText(raw);
  const date = leadingDate(text);
  return {
    title: name,
    text,
    source: { file: name, ...source },
    meta: date === undefined ? {} : { date },
    spans: [],
    relations: [],
  };
}
