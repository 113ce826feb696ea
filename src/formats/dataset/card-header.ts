import type { DatasetFacts } from '../format.ts';
import type { DataFile } from './data-file.ts';
import { languagesOf } from './language.ts';
import { licenceOf } from './licence.ts';

/** What the Hub reads of a data set card: YAML between two lines of hyphens. */
export function cardHeader(files: readonly DataFile[], dataset: DatasetFacts): string {
  const documents = files.reduce((sum, { figures }) => sum + figures.documents, 0);
  const hasDocumentLabels = files.some(({ figures }) => Object.keys(figures.documentLabels).length > 0);
  const lines = [
    `pretty_name: ${scalar(dataset.name)}`,
    ...languageLines(dataset.language),
    ...licenceLines(dataset.licence),
    'task_categories:',
    '- token-classification',
    ...(hasDocumentLabels ? ['- text-classification'] : []),
    'annotations_creators:',
    '- expert-generated',
    'size_categories:',
    `- ${sizeOf(documents)}`,
    ...configLines(files),
  ];
  return `---\n${lines.join('\n')}\n---\n`;
}

function languageLines(given: string | undefined): string[] {
  const { codes, tags } = languagesOf(given);
  return [...listOf('language', codes), ...listOf('language_bcp47', tags)];
}

function listOf(key: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${key}:`, ...values.map((value) => `- ${scalar(value)}`)];
}

function licenceLines(given: string | undefined): string[] {
  const { hub, words, url } = licenceOf(given);
  if (hub !== 'other') return [`license: ${hub}`];
  return [
    'license: other',
    `license_name: ${scalar(words)}`,
    ...(url ? [`license_link: ${scalar(url)}`] : []),
  ];
}

/** The Hub's classes, by the number of documents. */
function sizeOf(documents: number): string {
  if (documents < 1_000) return 'n<1K';
  if (documents < 10_000) return '1K<n<10K';
  if (documents < 100_000) return '10K<n<100K';
  return documents < 1_000_000 ? '100K<n<1M' : '1M<n<10M';
}

function configLines(files: readonly DataFile[]): string[] {
  if (files.length === 0) return [];
  const splits = files.flatMap(({ part, path }) => [`  - split: ${part}`, `    path: ${path}`]);
  return ['configs:', '- config_name: default', '  data_files:', ...splits];
}

/** A double-quoted scalar: JSON's escapes are among YAML's, which wants some more characters escaped. */
function scalar(words: string): string {
  return JSON.stringify(words).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
