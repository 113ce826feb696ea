import { canonicalText, leadingDate } from '../core/text.ts';
import type { IncomingDocument, Reading } from '../core/transfer.ts';
import { certainty, type Format, type SourceFile } from './format.ts';
import { wholeText } from './reading/source-text.ts';

/** A text file is one document, character for character. Anything that is UTF-8 can be read so. */
export const plainText: Format = {
  name: 'Plain text',
  extensions: ['txt', 'md', 'markdown'],
  mediaType: 'text/plain',
  recognise: ({ extension }) =>
    ['txt', 'text', 'md', 'markdown'].includes(extension) ? certainty.byExtension : certainty.no,
  read,
  losses: [],
};

async function* read(file: SourceFile): AsyncGenerator<Reading> {
  const whole = await wholeText(file);
  if ('problem' in whole) yield { kind: 'problem', problem: whole.problem };
  else yield { kind: 'document', document: documentOf(file.name, whole.text) };
}

function documentOf(name: string, raw: string): IncomingDocument {
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
