import { guidelineLines, guidelineStart } from '../../core/schemes/guideline.ts';
import type { DatasetFacts } from '../format.ts';
import type { DataFile } from './data-file.ts';
import { code, plain, table } from './markdown.ts';
import type { PartFigures } from './part-figures.ts';

/** What each part has. */
export function partsTable(files: readonly DataFile[], { parts }: DatasetFacts): string {
  if (files.length === 0) return 'There are no documents.';
  const rows = files.map(({ part, path, figures }) => [
    part,
    code(path),
    figures.documents,
    figures.codePoints,
    figures.spans,
    figures.relations,
    figures.words.median ?? '–',
  ]);
  const head = ['part', 'file', 'documents', 'code points', 'spans', 'relations', 'words of a span (median)'];
  const together = parts ? ' Documents that are nearly the same are kept together in one part.' : '';
  return `${table(head, rows)}\n\nMore figures are in \`stats.json\`.${together}`;
}

interface Named {
  readonly name: string;
  readonly value: string;
  readonly guideline?: string;
}

/** What the labels are called and mean; nothing when there are none. */
export function definitions(items: readonly Named[]): string {
  if (items.length === 0) return '';
  const rows = items.map(({ name, value, guideline }) => [
    code(value),
    plain(name),
    plain(startOf(guideline)) || '–',
  ]);
  return `${table(['in the files', 'name', 'when it is used'], rows, true)}\n\nThe whole rules are in \`guidelines.md\`.`;
}

/** The first paragraph behind the headings. */
function startOf(guideline = ''): string {
  const words = guidelineLines(guideline).filter(({ kind }) => kind !== 'heading');
  return guidelineStart(words.map(({ text }) => text).join('\n'));
}

/** How often each of the names is in each part; nothing when there are no names. */
export function countTable(
  files: readonly DataFile[],
  counts: (figures: PartFigures) => Readonly<Record<string, number>>,
): string {
  const values = new Set(files.flatMap(({ figures }) => Object.keys(counts(figures))));
  if (values.size === 0) return '';
  const count = (figures: PartFigures, value: string) =>
    Object.hasOwn(counts(figures), value) ? counts(figures)[value]! : 0;
  const rows = Array.from(values, (value) => [
    code(value),
    ...files.map(({ figures }) => count(figures, value)),
  ]);
  return table(['', ...files.map(({ part }) => part)], rows);
}
