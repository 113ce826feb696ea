import { canonicalText } from '../core/text.ts';
import type { Reading } from '../core/transfer.ts';
import { certainty, type Format, type ReadContext, type SourceFile } from './format.ts';
import { composedDocument } from './reading/composed-document.ts';
import { markdownLines } from './reading/markdown-lines.ts';
import { textOrQuestion } from './reading/text-or-question.ts';

/** A Markdown file is one document with its source as it stands; what its lines are is kept beside it. */
export const markdown: Format = {
  name: 'Markdown',
  extensions: ['md', 'markdown'],
  mediaType: 'text/markdown',
  recognise: ({ extension }) =>
    ['md', 'markdown', 'mdown', 'mkd'].includes(extension) ? certainty.byExtension : certainty.no,
  read,
  losses: [],
};

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const whole = await textOrQuestion(file, context);
  if ('reading' in whole) return yield whole.reading;
  const lineKinds = markdownLines(canonicalText(whole.text).text);
  yield* composedDocument(file.name, { text: whole.text, lineKinds });
}
