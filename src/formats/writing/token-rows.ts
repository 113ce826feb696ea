import { labelOf } from '../../core/scheme.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { WriteOptions, Written } from '../format.ts';
import { blanks } from './blanks.ts';
import { lossesOf } from './losses.ts';
import { mergedLabels, sameWords } from './same-words.ts';
import { sentencesOf, someLost, taggedText, tagsOf } from './tags.ts';

/** Writes documents as tokens on lines, sentences parted by blank lines; `start` stands before each document. */
export async function* writeTokenRows(
  documents: AsyncIterable<OutgoingDocument>,
  options: WriteOptions,
  start: string,
  row: (form: string, tag: string) => string,
): AsyncGenerator<Written> {
  for await (const document of documents) yield* writeDocument(document, options, start, row);
}

function* writeDocument(
  document: OutgoingDocument,
  { scheme, overlap, tagging }: WriteOptions,
  start: string,
  row: (form: string, tag: string) => string,
): Generator<Written> {
  const { tokens, marks, losses } = taggedText(document, overlap);
  const valueOf = (label: string) => labelOf(scheme, label).value;
  const runs = sentencesOf(document.text, tokens, marks);
  const starts = new Set(runs.map(({ first }) => first));
  const tags = tagsOf(tokens.length, marks, tagging, ({ label }) => oneWord(valueOf(label)), starts);
  const sentences = runs.map(({ first, last }) =>
    tokens
      .slice(first, last + 1)
      .map(({ text }, index) => `${row(text, tags[first + index]!)}\n`)
      .join(''),
  );
  yield `${start}\n\n${sentences.map((sentence) => `${sentence}\n`).join('')}`;
  yield* losses;
  const renamed = marks.map(({ span }) => valueOf(span.label)).filter((value) => oneWord(value) !== value);
  yield* someLost(renamed.length, 'labels with white space, which becomes “_”');
  const same = sameWords(
    scheme.labels.map(({ value }) => value),
    oneWord,
  );
  yield* someLost(renamed.filter((value) => same.has(oneWord(value))).length, mergedLabels);
  yield* someLost(tokens.length === 0 ? 1 : 0, 'documents without words');
  yield* lossesOf(document, {});
}

/** White space parts columns. */
function oneWord(label: string): string {
  return label.replace(blanks, '_');
}
