import type { Reading } from '../core/transfer.ts';
import { certainty, type Format, type ReadContext, type SourceFile } from './format.ts';
import { outsideDocument } from './reading/outside-document.ts';
import { placeOfFile } from './reading/place-of-file.ts';
import { wholeText } from './reading/source-text.ts';
import { marksIn } from './webanno/annotations.ts';
import { tsvFile } from './webanno/tsv-rows.ts';
import { heldInWebAnno, writeWebAnno } from './webanno/writing.ts';

/** What WebAnno and INCEpTION exchange: a token a row, layers in columns, a document a file. */
export const webAnnoTsv: Format = {
  name: 'WebAnno TSV',
  extensions: ['tsv'],
  mediaType: 'text/tab-separated-values',
  isFolder: true,
  textMode: 'words',
  recognise: ({ text }) => (/^\s*#FORMAT=WebAnno TSV 3/.test(text) ? certainty.bySignature : certainty.no),
  units: ['utf16', 'codepoint'],
  read,
  write: writeWebAnno,
  held: heldInWebAnno,
  holdsRelations: true,
  losses: [
    'The titles of documents become file names, without signs that file names cannot have; ids are not in the files.',
    'White space before the first word of a text is not in the file, and becomes line breaks.',
    'Spans lose the white space that they begin or end with.',
    'Where the texts came from is not in the files, nor when a span was made or changed.',
  ],
};

async function* read(file: SourceFile, context: ReadContext): AsyncGenerator<Reading> {
  const whole = await wholeText(file);
  if ('problem' in whole) return yield { kind: 'problem', problem: whole.problem };
  const tsv = tsvFile(file.name, whole.text, context.options.unit ?? 'utf16');
  const { spans, relations, problems } = marksIn(tsv);
  for (const problem of [...tsv.problems, ...problems]) yield { kind: 'problem', problem };
  const outside = { title: file.name, text: tsv.text, spans, relations };
  yield* outsideDocument(outside, placeOfFile(file.name), context, 'utf16');
}
