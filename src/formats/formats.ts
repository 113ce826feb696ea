import { bio } from './bio.ts';
import { brat } from './brat.ts';
import { casJson } from './cas-json.ts';
import { casXmi } from './cas-xmi.ts';
import { conll } from './conll.ts';
import { csv } from './csv.ts';
import { datasetFolder } from './dataset-folder.ts';
import { doccano } from './doccano.ts';
import { wordDocument } from './docx.ts';
import { epub } from './epub.ts';
import { certainty, type Format, type Opening, type SourceFile } from './format.ts';
import { gliner } from './gliner.ts';
import { htmlDocument } from './html.ts';
import { htmlPage } from './html-page.ts';
import { huggingFaceSpans } from './hugging-face-spans.ts';
import { huggingFaceTokens } from './hugging-face-tokens.ts';
import { json } from './json.ts';
import { jsonLines } from './json-lines.ts';
import { labelStudio } from './label-studio.ts';
import { labelStudioMin } from './label-studio-min.ts';
import { locutionBackup } from './locution-backup.ts';
import { markdown } from './markdown.ts';
import { openAiChat } from './openai-chat.ts';
import { openDocumentText } from './odt.ts';
import { parquet } from './parquet.ts';
import { pdf } from './pdf.ts';
import { plainText } from './plain-text.ts';
import { prodigy } from './prodigy.ts';
import { pubAnnotation } from './pubannotation.ts';
import { opening } from './reading/source-text.ts';
import { spacy } from './spacy.ts';
import { table } from './table.ts';
import { webAnnoTsv } from './webanno-tsv.ts';
import { webAnnotation } from './web-annotation.ts';

/** All formats, the default export first. Where several are as sure of a file, the earlier one reads it. */
export const formats: readonly Format[] = [
  jsonLines,
  json,
  labelStudio,
  labelStudioMin,
  doccano,
  prodigy,
  brat,
  conll,
  bio,
  webAnnoTsv,
  casJson,
  casXmi,
  webAnnotation,
  pubAnnotation,
  huggingFaceTokens,
  huggingFaceSpans,
  gliner,
  openAiChat,
  spacy,
  csv,
  parquet,
  htmlPage,
  datasetFolder,
  locutionBackup,
  htmlDocument,
  wordDocument,
  openDocumentText,
  epub,
  pdf,
  markdown,
  table,
  plainText,
];

/** Those whose files are taken as they are: they bring nothing that would have to be decided. */
export const ownFormats: readonly Format[] = [jsonLines, json, plainText, markdown];

/** The format that is surest of a file. Plain text says clearly what it cannot read, so what nobody knows goes there. */
export async function formatFor(file: SourceFile): Promise<Format> {
  return formatOf(await opening(file));
}

export function formatOf(start: Opening): Format {
  const readers = formats.filter(({ read }) => read);
  const sure = readers.map((format) => [format, format.recognise?.(start) ?? certainty.no] as const);
  const [format, most] = sure.reduce((best, next) => (next[1] > best[1] ? next : best));
  return most === certainty.no ? plainText : format;
}
