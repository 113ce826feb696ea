import type { Meta } from '../core/document.ts';
import { fileProblem, type FileProblem } from '../core/problem.ts';
import type { Reading } from '../core/transfer.ts';
import { certainty, type Certainty, type Format, type Opening, type SourceFile } from './format.ts';
import { DocxStyles } from './docx/docx-styles.ts';
import { docxText, type DocxCounts } from './docx/docx-text.ts';
import { wordPrefixes } from './docx/docx-names.ts';
import { enumerated, type Composed } from './reading/composed-document.ts';
import { xmlEvents } from './reading/xml.ts';
import type { ZipParts } from './reading/zip-parts.ts';
import { wordsByName, zippedDocument } from './reading/zipped-document.ts';

/** A Word document as its text: each paragraph is a line, as `docxText` tells. */
export const wordDocument: Format = {
  name: 'Word document',
  extensions: ['docx', 'docm', 'dotx'],
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  recognise,
  read,
  losses: [],
};

function recognise({ extension, text }: Opening): Certainty {
  if (!text.startsWith('PK\x03\x04')) return certainty.no;
  if (['docx', 'docm', 'dotx'].includes(extension)) return certainty.bySignature;
  return extension !== 'zip' && text.includes('[Content_Types].xml') && text.includes('word/')
    ? certainty.byShape
    : certainty.no;
}

function read(file: SourceFile): AsyncGenerator<Reading> {
  return zippedDocument(file, (parts) => compose(file, parts));
}

async function compose(file: SourceFile, parts: ZipParts): Promise<Composed | { problem: FileProblem }> {
  const main = mainPart((await parts.text('_rels/.rels')) ?? '');
  const source = await parts.text(main);
  if (source === undefined) {
    const message = 'this file has no text that could be read: it is no Word document, or far too big.';
    return { problem: fileProblem('refused', file.name, message) };
  }
  const folder = main.replace(/[^/]*$/, '');
  const styles = new DocxStyles((await parts.text(`${folder}styles.xml`)) ?? '');
  const { text, lineKinds, counts } = docxText(source, styles);
  const margins = await countMargins(parts, folder);
  const problem = whatElse(file, counts, margins);
  return { text, lineKinds, meta: await metaOf(parts), problems: problem ? [problem] : [] };
}

function mainPart(relations: string): string {
  for (const event of xmlEvents(relations, wordPrefixes)) {
    if (event.kind !== 'open' || event.name !== 'r:Relationship') continue;
    const target = event.attributes.get('Target');
    if (target && event.attributes.get('Type')?.endsWith('/officeDocument')) return target.replace(/^\//, '');
  }
  return 'word/document.xml';
}

/** Headers and footers with words in them. */
async function countMargins(parts: ZipParts, folder: string): Promise<number> {
  let count = 0;
  for (const name of parts.names)
    if (name.startsWith(folder) && /\/(?:header|footer)\d*\.xml$/.test(name))
      count += /:t(?: [^>]*)?>[^<]*[^<\s]/.test((await parts.text(name)) ?? '') ? 1 : 0;
  return count;
}

async function metaOf(parts: ZipParts): Promise<Meta> {
  const core = (await parts.text('docProps/core.xml')) ?? '';
  const words = wordsByName(core, wordPrefixes, ['dc:title', 'dc:creator']);
  const [title, author] = [words.get('dc:title'), words.get('dc:creator')];
  return { ...(title !== undefined && { title }), ...(author !== undefined && { author }) };
}

function whatElse(file: SourceFile, counts: DocxCounts, margins: number): FileProblem | undefined {
  const { insertions, deletions, comments, footnotes, hidden, pictures, symbols } = counts;
  const kept = enumerated([[insertions, 'tracked insertion', 'tracked insertions']]);
  const replaced = enumerated([[symbols, 'sign of a symbol font', 'signs of symbol fonts']]);
  const left = enumerated([
    [deletions, 'tracked deletion', 'tracked deletions'],
    [comments, 'comment', 'comments'],
    [footnotes, 'footnote or endnote', 'footnotes and endnotes'],
    [hidden, 'hidden run', 'hidden runs'],
    [pictures, 'picture', 'pictures'],
    [margins, 'header or footer', 'headers and footers'],
  ]);
  const sentences = [
    ...(kept === '' ? [] : [`part of the text: ${kept}`]),
    ...(left === '' ? [] : [`left out: ${left}`]),
    ...(replaced === '' ? [] : [`written as \ufffd: ${replaced}`]),
  ];
  return sentences.length === 0
    ? undefined
    : fileProblem('adjusted', file.name, `of this document are ${sentences.join('; ')}.`);
}
