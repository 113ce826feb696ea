import type { Meta } from '../core/document.ts';
import { fileProblem, type FileProblem } from '../core/problem.ts';
import type { Reading } from '../core/transfer.ts';
import { certainty, type Certainty, type Format, type Opening, type SourceFile } from './format.ts';
import { odtPrefixes, odtText, type OdtCounts } from './odt/odt-text.ts';
import { enumerated, type Composed } from './reading/composed-document.ts';
import type { ZipParts } from './reading/zip-parts.ts';
import { wordsByName, zippedDocument } from './reading/zipped-document.ts';

/** An OpenDocument text as its text: each paragraph is a line, as `odtText` tells. */
export const openDocumentText: Format = {
  name: 'OpenDocument text',
  extensions: ['odt', 'ott'],
  mediaType: 'application/vnd.oasis.opendocument.text',
  recognise,
  read,
  losses: [],
};

function recognise({ extension, text }: Opening): Certainty {
  if (!text.startsWith('PK\x03\x04')) return certainty.no;
  return text.slice(0, 200).includes('application/vnd.oasis.opendocument.text') ||
    ['odt', 'ott'].includes(extension)
    ? certainty.bySignature
    : certainty.no;
}

function read(file: SourceFile): AsyncGenerator<Reading> {
  return zippedDocument(file, (parts) => compose(file, parts));
}

async function compose(file: SourceFile, parts: ZipParts): Promise<Composed | { problem: FileProblem }> {
  const refused = (message: string) => ({ problem: fileProblem('refused', file.name, message) });
  if ((await parts.text('META-INF/manifest.xml'))?.includes('encryption-data'))
    return refused('this file is encrypted; save it without a password and import it again.');
  const source = await parts.text('content.xml');
  if (source === undefined)
    return refused('this file has no text that could be read: it is no OpenDocument text, or far too big.');
  const { text, lineKinds, counts } = odtText(source);
  const problem = whatElse(file, counts);
  return { text, lineKinds, meta: await metaOf(parts), problems: problem ? [problem] : [] };
}

async function metaOf(parts: ZipParts): Promise<Meta> {
  const names = ['dc:title', 'meta:initial-creator', 'dc:creator'];
  const words = wordsByName((await parts.text('meta.xml')) ?? '', odtPrefixes, names);
  const [title, author] = [
    words.get('dc:title'),
    words.get('meta:initial-creator') ?? words.get('dc:creator'),
  ];
  return { ...(title !== undefined && { title }), ...(author !== undefined && { author }) };
}

function whatElse(file: SourceFile, counts: OdtCounts): FileProblem | undefined {
  const { insertions, deletions, comments, footnotes, hidden, pictures, descriptions } = counts;
  const kept = enumerated([[insertions, 'tracked insertion', 'tracked insertions']]);
  const left = enumerated([
    [deletions, 'tracked deletion', 'tracked deletions'],
    [comments, 'comment', 'comments'],
    [footnotes, 'footnote or endnote', 'footnotes and endnotes'],
    [hidden, 'hidden part', 'hidden parts'],
    [pictures, 'picture', 'pictures'],
    [
      descriptions,
      'title or description of a picture or shape',
      'titles and descriptions of pictures and shapes',
    ],
  ]);
  const sentences = [
    ...(kept === '' ? [] : [`part of the text: ${kept}`]),
    ...(left === '' ? [] : [`left out: ${left}`]),
  ];
  return sentences.length === 0
    ? undefined
    : fileProblem('adjusted', file.name, `of this document are ${sentences.join('; ')}.`);
}
