import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeValue, Attributes } from '../../src/core/span.ts';
import type { IncomingDocument, OutgoingDocument } from '../../src/core/transfer.ts';
import type { Format, WriteOptions } from '../../src/formats/format.ts';
import { formatOf, formats } from '../../src/formats/formats.ts';
import { unitMap } from '../../src/formats/units.ts';
import { tokensOf } from '../../src/formats/writing/tokens.ts';
import { readingsOf, sourcesOf } from '../../src/workers/importing/sources.ts';
import { brought, carried, filledDocument, randomScheme } from './carried.ts';
import { sourceFile, writeOptions, writtenFiles } from './reading.ts';
import { words } from './token-rows.ts';

const runs = { numRuns: 30 };
const formatNamed = (name: string): Format => formats.find((format) => format.name === name)!;

const projects = fc.uniqueArray(filledDocument, {
  minLength: 1,
  maxLength: 3,
  selector: ({ document: { id } }) => id,
});

/** Writes documents and reads every file again as whatever it is taken for; with what was said on both ways. */
async function thereAndBack(
  format: Format,
  documents: readonly OutgoingDocument[],
  options: Partial<WriteOptions> = {},
) {
  const { files, losses } = await writtenFiles(format, documents, writeOptions(randomScheme, options));
  const sources = await sourcesOf(
    [...files]
      .filter(([path, { length }]) => path !== '' || length > 0)
      .map(([path, bytes]) => sourceFile(path || `export.${format.extensions[0]}`, bytes)),
    formatOf,
  );
  const read: IncomingDocument[] = [];
  const complaints: string[] = [];
  const own = sources.filter((source) => source.format === (format.readBackWith ?? format));
  for (const source of own) {
    const unit = options.unit && { unit: options.unit };
    for await (const reading of readingsOf(source, { ...unit, annotatorByFolder: true }).readings)
      if (reading.kind === 'document') read.push(reading.document);
      else if (reading.kind === 'problem') complaints.push(reading.problem.message);
  }
  return { read, complaints, losses, strangers: sources.length - own.length };
}

describe('a lossless format gives the same project', () => {
  // Beside the data of some lie scripts, and what is said of the data.
  const lossless: readonly (readonly [name: string, others: number])[] = [
    ['JSON Lines', 0],
    ['JSON', 0],
    ['Prodigy JSONL', 0],
    ['UIMA CAS JSON', 0],
    ['Web Annotation', 0],
    ['PubAnnotation', 0],
    ['spaCy', 1],
    ['CSV', 0],
    ['Parquet', 0],
    ['Dataset folder', 7],
  ];

  test.each(lossless)('%s', async (name, others) =>
    fc.assert(
      fc.asyncProperty(projects, async (documents) => {
        const { read, complaints, losses, strangers } = await thereAndBack(formatNamed(name), documents);
        const byId = (all: readonly { id?: string }[]) => all.toSorted((a, b) => (a.id! < b.id! ? -1 : 1));
        expect(byId(read.map(brought))).toEqual(byId(documents.map(carried)));
        expect({ complaints, losses, strangers }).toEqual({ complaints: [], losses: {}, strangers: others });
      }),
      runs,
    ),
  );
});

type Count = (document: OutgoingDocument) => number;
const hasAttributes = ({ attributes }: { readonly attributes: Attributes }) =>
  Object.keys(attributes).length > 0;

/** What may go in any format, and how often it does in a document. */
const anywhere: Readonly<Record<string, Count>> = {
  relations: ({ relations }) => relations.length,
  'relations’ attributes': ({ relations }) => relations.filter(hasAttributes).length,
  'spans’ attributes': ({ spans }) => spans.filter(hasAttributes).length,
  'notes on spans': ({ spans }) => spans.filter(({ note }) => note !== undefined).length,
  'documents’ annotators': ({ spans }) => Math.min(spans.length, 1),
  'documents’ metadata': ({ document }) => (Object.keys(document.meta).length > 0 ? 1 : 0),
  'documents’ status': () => 1,
  'documents’ labels': ({ document }) => (document.labels ? 1 : 0),
  'documents’ notes': ({ document }) => (document.note === undefined ? 0 : 1),
};
const allOf = (...names: string[]) => Object.fromEntries(names.map((name) => [name, anywhere[name]!]));
const allBut = (...names: string[]) =>
  allOf(...Object.keys(anywhere).filter((name) => !names.includes(name)));

const isBlank = (text: string) => words(text) === '';
const blankSpans: Count = ({ spans }) => spans.filter(({ text }) => isBlank(text)).length;
const holds = ({ spans }: OutgoingDocument, id: string) =>
  spans.some((span) => span.id === id && !isBlank(span.text));
const looseRelations: Count = (document) =>
  document.relations.filter(({ head, child }) => !holds(document, head) || !holds(document, child)).length;
const wordless: Count = ({ text }) => (tokensOf(text).length === 0 ? 1 : 0);
const cutWords: Count = ({ text, spans }) => {
  const tokens = tokensOf(text);
  const [starts, ends] = [new Set(tokens.map(({ start }) => start)), new Set(tokens.map(({ end }) => end))];
  return spans.filter(({ start, end, text: own }) => !isBlank(own) && !(starts.has(start) && ends.has(end)))
    .length;
};
const annotatorOf = ({ spans }: OutgoingDocument, id: string) =>
  spans.find((span) => span.id === id)?.annotator;
const joinsOthers: Count = (document) =>
  document.relations.filter(({ head, child }) => annotatorOf(document, head) !== annotatorOf(document, child))
    .length;
const signedByOthers: Count = (document) =>
  document.relations.filter(
    ({ head, child, annotator }) =>
      annotatorOf(document, head) === annotatorOf(document, child) &&
      annotatorOf(document, head) !== annotator,
  ).length;

/** A place by its words, for formats that have no ids: what of the marks must be there again. */
const place = ({ start, end, label }: { start: number; end: number; label: string }) =>
  `${start}-${end} ${label}`;
const inWords =
  (text: string) =>
  ({ start, end, label }: { start: number; end: number; label: string }) =>
    `${words(text.slice(0, start)).length} ${words(text.slice(start, end))} ${label}`;

interface Lossy {
  /** What goes, with its count in a document. What is not counted here has to be there. */
  readonly goes: Readonly<Record<string, Count>>;
  /** What is counted and only seen by what is there again: spans that others displace. */
  readonly displaced?: string;
  /** What stands in the file of a document, as it is before and after. */
  readonly stays: (document: OutgoingDocument) => unknown;
  readonly found: (document: IncomingDocument) => unknown;
  readonly options?: Partial<WriteOptions>;
}

function joined(document: Pick<IncomingDocument, 'spans' | 'relations'>, say: typeof place) {
  const placeOf = (id: string) => say(document.spans.find((span) => span.id === id)!);
  return ({ head, child, label }: { head: string; child: string; label: string }) =>
    [placeOf(head), placeOf(child), label].join(' | ');
}

const facts = ({ document: { id, title, meta, note } }: OutgoingDocument) => ({ id, title, meta, note });
const factsFound = ({ id, title, meta, note }: IncomingDocument) => ({ id, title, meta, note });

const taken = {
  goes: {
    ...allBut('relations’ attributes'),
    'spans that cover no word or sign': blankSpans,
    'spans that begin or end inside a word or in white space, which become whole words': cutWords,
    'documents without words': wordless,
  },
  displaced: 'spans that overlap another',
  stays: ({ text }: OutgoingDocument) => words(text),
  found: ({ text }: IncomingDocument) => words(text),
};

const lossy: Readonly<Record<string, Lossy>> = {
  'Label Studio JSON': {
    goes: {
      ...allOf('documents’ status'),
      'relations that do not join two spans of one annotator': joinsOthers,
      'relations’ names of who made them': signedByOthers,
      'relations’ attributes': (document) =>
        document.relations.filter(
          (relation) =>
            hasAttributes(relation) &&
            annotatorOf(document, relation.head) === annotatorOf(document, relation.child),
        ).length,
    },
    stays: (document) => {
      const { spans, relations: _, status: __, ...rest } = carried(document);
      const own = document.relations.filter(
        ({ head, child }) => annotatorOf(document, head) === annotatorOf(document, child),
      );
      return { ...rest, spans, relations: own.map(joined(document, place)).sort() };
    },
    found: (document) => {
      const { relations: _, ...rest } = brought(document);
      return { ...rest, relations: document.relations.map(joined(document, place)).sort() };
    },
  },
  'doccano JSONL': {
    goes: {
      ...allBut('relations', 'documents’ metadata', 'documents’ notes'),
    },
    stays: (document) => ({
      ...{ ...facts(document), text: document.text, spans: document.spans.map(place).sort() },
      relations: document.relations.map(joined(document, place)).sort(),
    }),
    found: (document) => ({
      ...{ ...factsFound(document), text: document.text, spans: document.spans.map(place).sort() },
      relations: document.relations.map(joined(document, place)).sort(),
    }),
    options: { unit: 'utf16' },
  },
  'CoNLL 2003': taken,
  BIO: taken,
  'Hugging Face tokens': taken,
  GLiNER: {
    goes: {
      ...allBut('relations'),
      'spans that cover no word or sign': blankSpans,
      'spans that begin or end inside a word or in white space, which become whole words': cutWords,
      'relations of spans that cover no word or sign': looseRelations,
    },
    stays: (document) => ({
      text: words(document.text),
      spans: document.spans.length - blankSpans(document),
      relations: document.relations.length - looseRelations(document),
    }),
    found: ({ text, spans, relations }) => ({
      text: words(text),
      ...{ spans: spans.length, relations: relations.length },
    }),
  },
};

const wordsOnly = filledDocument.filter(
  ({ text }) => !isBlank(text.replaceAll('\uFEFF', '')) && !text.includes('\uFEFF'),
);

describe('what a lossy format loses is what it counts, and nothing else goes', () => {
  test.each(Object.entries(lossy))('%s', async (name, { goes, displaced, stays, found, options = {} }) =>
    fc.assert(
      fc.asyncProperty(wordsOnly, async (document) => {
        const { read, complaints, losses, strangers } = await thereAndBack(
          formatNamed(name),
          [document],
          options,
        );
        expect(read.map(found)).toEqual([stays(document)]);
        const counted = Object.entries(goes).map(([what, count]) => [what, count(document)] as const);
        if (displaced !== undefined) {
          const missing = document.spans.length - blankSpans(document) - read[0]!.spans.length;
          expect(losses[displaced] ?? 0).toBe(missing);
          const before = document.spans.map(inWords(document.text));
          const changed = read[0]!.spans.map(inWords(read[0]!.text)).filter((said) => !before.includes(said));
          expect(changed.length).toBeLessThanOrEqual(cutWords(document));
        }
        const { [displaced ?? '']: _, ...rest } = losses;
        expect(rest).toEqual(Object.fromEntries(counted.filter(([, count]) => count > 0)));
        expect({ complaints, strangers }).toEqual({ complaints: [], strangers: 0 });
      }),
      runs,
    ),
  );
});
