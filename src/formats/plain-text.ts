import type { Reading } from '../core/transfer.ts';
import { certainty, type Format, type ReadContext, type SourceFile } from './format.ts';
import { composedDocument } from './reading/composed-document.ts';
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
  if ('reading' in whole) yield whole.reading;
  else yield* composedDocument(file.name, whole);
}
