import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeValue, Attributes } from '../../src/core/span.ts';
import type { IncomingDocument, OutgoingDocument } from '../../src/core/transfer.ts';
import { lineEnds } from '../../src/formats/brat/breaks.ts';
import { blanks } from '../../src/formats/writing/blanks.ts';
import { piecesOf } from '../../src/formats/brat/fragments.ts';
import type { WriteOptions } from '../../src/formats/format.ts';
import { formats } from '../../src/formats/formats.ts';
import { oneLine } from '../../src/formats/json-lines.ts';
import { tokensOf } from '../../src/formats/writing/tokens.ts';
import { brought, carried, filledDocument, randomScheme } from './carried.ts';
import { writeOptions, writtenFiles } from './reading.ts';
import { behindApostrophe, formatNamed, lossless, thereAndBack } from './there-and-back.ts';
import { words } from './token-rows.ts';

const runs = { numRuns: 30 };

const projects = fc.uniqueArray(filledDocument, {
  minLength: 1,
  maxLength: 3,
  selector: ({ document: { id } }) => id,
});

describe('a lossless format gives the same project (B34)', () => {
  test.each(lossless)('%s', async (name, others) =>
    fc.assert(
      fc.asyncProperty(projects, async (documents) => {
        const { read, complaints, losses, strangers } = await thereAndBack(formatNamed(name), documents);
        const byId = (all: readonly { id?: string }[]) => all.toSorted((a, b) => (a.id! < b.id! ? -1 : 1));
        expect(byId(read.map(brought))).toEqual(byId(documents.map(carried)));
        // It comes back without the apostrophe. Other programs have to know of it.
        const { [behindApostrophe]: _, ...lost } = losses;
        expect({ complaints, losses: lost, strangers }).toEqual({
          complaints: [],
          losses: {},
          strangers: others,
        });
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
  readonly found: (document: IncomingDocument, written: OutgoingDocument) => unknown;
  /** Of which documents this holds, where not of all. */
  readonly isOf?: (document: OutgoingDocument) => boolean;
  /** Whether each annotator has a file. */
  readonly isParted?: true;
  readonly options?: Partial<WriteOptions>;
}

function joined(document: Pick<IncomingDocument, 'spans' | 'relations'>, say: typeof place) {
  const placeOf = (id: string) => say(document.spans.find((span) => span.id === id)!);
  return ({ head, child, label }: { head: string; child: string; label: string }) =>
    [placeOf(head), placeOf(child), label].join(' | ');
}

const facts = ({ document: { id, title, meta, note } }: OutgoingDocument) => ({ id, title, meta, note });
const factsFound = ({ id, title, meta, note }: IncomingDocument) => ({ id, title, meta, note });

const tagged = {
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

const otherBreaks = /[\v\f\r\x1c-\x1e\x85\u2028\u2029]/; // eslint-disable-line no-control-regex -- they are meant
const breaks = /[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/; // eslint-disable-line no-control-regex -- they are meant
const isPlain = (value: AttributeValue) =>
  value === true ||
  (typeof value === 'string' &&
    value !== '' &&
    value === value.trim() &&
    !value.includes('\t') &&
    !breaks.test(value));
const several = (value: AttributeValue) => (Array.isArray(value) && value.length > 0 ? value : [value]);
const alone = (values: readonly AttributeValue[]) => (values.length === 1 ? values[0]! : values);
/** As brat has a value: text on one line. */
const onOneLine = (value: AttributeValue): AttributeValue => {
  if (isPlain(value)) return value;
  const said = typeof value === 'string' ? value.replace(blanks, ' ').trim() : '';
  return said === '' ? oneLine(JSON.stringify(value)) : said;
};
const bratAttributes = (attributes: Attributes) =>
  Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key.replace(blanks, '_') || '_',
      alone(several(value).map(onOneLine)),
    ]),
  );

/** The spans and relations that are in a file of brat: ends in one file, and words that can be quoted. */
const inAnn = (document: OutgoingDocument) => {
  const { text, spans, relations } = document;
  const own = spans.flatMap((span) => {
    const pieces = piecesOf(text, span);
    return pieces.length > 0 ? [{ ...span, start: pieces[0]!.start, end: pieces.at(-1)!.end }] : [];
  });
  const isThere = (wanted: string) => own.some(({ id }) => id === wanted);
  const joins = relations.filter(
    ({ head, child }) =>
      isThere(head) && isThere(child) && annotatorOf(document, head) === annotatorOf(document, child),
  );
  return { spans: own, relations: joins, said: [...own, ...joins] };
};
const sumOf = <T>(all: readonly T[], count: (one: T) => number) =>
  all.reduce((sum, one) => sum + count(one), 0);
const annotators = ({ spans }: OutgoingDocument) => new Set(spans.map(({ annotator }) => annotator)).size;
const ordered = (all: readonly unknown[]) => all.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
const sortKey = (value: unknown) =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))
      : one,
  );

const bratRow: Lossy = {
  // brat's own notes have such names, and two names may become one.
  isOf: ({ spans, relations }) =>
    [...spans, ...relations].every(({ attributes }) => {
      const names = Object.keys(attributes).map((key) => key.replace(blanks, '_') || '_');
      return new Set(names).size === names.length && names.every((name) => !name.startsWith('#'));
    }),
  goes: {
    ...allOf('documents’ metadata', 'documents’ status', 'documents’ labels', 'documents’ notes'),
    'documents’ annotators': (document) => (annotators(document) === 1 ? 1 : 0),
    'marks that cover nothing but white space': (document) =>
      document.spans.length - inAnn(document).spans.length,
    'marks that begin or end with a line break or a tab, which they lose': (document) =>
      inAnn(document).spans.filter(({ start, end, text }) => end - start < text.length).length,
    'relations whose ends are not in one file': (document) =>
      document.relations.length - inAnn(document).relations.length,
    'relations’ names of who made them': (document) =>
      annotators(document) === 1
        ? 0
        : inAnn(document).relations.filter(({ head, annotator }) => annotatorOf(document, head) !== annotator)
            .length,
    'notes with line breaks of other kinds, which become plain ones': (document) =>
      inAnn(document).spans.filter(({ note = '' }) => otherBreaks.test(note)).length,
    'names of attributes with white space, which becomes “_”': (document) =>
      sumOf(
        inAnn(document).said,
        ({ attributes }) =>
          Object.keys(attributes).filter((key) => (key.replace(blanks, '_') || '_') !== key).length,
      ),
    'lists of one value, which become that value': (document) =>
      sumOf(
        inAnn(document).said,
        ({ attributes }) =>
          Object.values(attributes).filter((value) => Array.isArray(value) && value.length === 1).length,
      ),
    'attributes’ values that are not one line of text, which become one': (document) =>
      sumOf(inAnn(document).said, ({ attributes }) =>
        sumOf(Object.values(attributes), (value) => several(value).filter((one) => !isPlain(one)).length),
      ),
  },
  stays: (document) => {
    const { spans, relations } = inAnn(document);
    const isSigned = annotators(document) > 1;
    return {
      text: document.text,
      spans: ordered(
        spans.map((span) => ({
          ...{ place: place(span), annotator: isSigned ? span.annotator : '' },
          note: (span.note ?? '').replace(lineEnds, '\n'),
          attributes: bratAttributes(span.attributes),
        })),
      ),
      relations: ordered(
        relations.map((relation) => ({
          joins: joined({ spans, relations }, place)(relation),
          attributes: bratAttributes(relation.attributes),
        })),
      ),
    };
  },
  found: (read, document) => ({
    text: read.text,
    spans: ordered(
      read.spans.map((span) => ({
        ...{ place: place(span), annotator: annotators(document) > 1 ? span.annotator : '' },
        ...{ note: span.note ?? '', attributes: span.attributes },
      })),
    ),
    relations: ordered(
      read.relations.map((relation) => ({
        joins: joined(read, place)(relation),
        attributes: relation.attributes,
      })),
    ),
  }),
  isParted: true,
};

/** The spans that a table of tokens has, without the white space at their ends. */
const inTable = ({ text, spans, relations }: OutgoingDocument) => {
  const own = spans.flatMap((span) => {
    const inside = tokensOf(text).filter(({ start, end }) => start < span.end && span.start < end);
    if (inside.length === 0) return [];
    const [start, end] = [Math.max(span.start, inside[0]!.start), Math.min(span.end, inside.at(-1)!.end)];
    return [{ ...span, start, end }];
  });
  const isThere = (wanted: string) => own.some(({ id }) => id === wanted);
  return { spans: own, relations: relations.filter(({ head, child }) => isThere(head) && isThere(child)) };
};
/** The columns for attributes: names that features can have, each once. */
const featureNames = (said: readonly { readonly attributes: Attributes }[]) => {
  const taken = new Set(['label', 'annotator', 'note']);
  const keys = [...new Set(said.flatMap(({ attributes }) => Object.keys(attributes)))].sort();
  return new Map(
    keys.map((key) => {
      const wanted = key.replace(/[^\p{L}\p{N}\p{M}_]+/gu, '_') || '_';
      let name = wanted;
      for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
      taken.add(name);
      return [key, name];
    }),
  );
};
const asText = (value: AttributeValue) =>
  typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
const asFeatures = (said: readonly { readonly attributes: Attributes }[]) => {
  const names = featureNames(said);
  return (attributes: Attributes) =>
    Object.fromEntries(Object.entries(attributes).map(([key, value]) => [names.get(key)!, asText(value)]));
};
const fromFirstWord = (text: string) => text.slice(text.search(/\P{White_Space}/u));

const webAnnoRow: Lossy = {
  goes: {
    ...allOf('documents’ metadata', 'documents’ status', 'documents’ labels', 'documents’ notes'),
    'spans that cover no word or sign': blankSpans,
    'spans that begin or end in white space, which they lose': (document) =>
      inTable(document).spans.filter(({ start, end, text }) => end - start < text.length).length,
    'relations of spans that are not written': looseRelations,
    'names of attributes that features cannot have, which are changed': (document) => {
      const { spans, relations } = inTable(document);
      return sumOf(
        [spans, relations],
        (said) => [...featureNames(said)].filter(([key, name]) => key !== name).length,
      );
    },
    'attributes’ values that are not text, which become text': (document) => {
      const { spans, relations } = inTable(document);
      return sumOf(
        [...spans, ...relations],
        ({ attributes }) => Object.values(attributes).filter((value) => asText(value) !== value).length,
      );
    },
  },
  stays: (document) => {
    const { spans, relations } = inTable(document);
    const [ofSpan, ofRelation] = [asFeatures(spans), asFeatures(relations)];
    return {
      ...{ text: fromFirstWord(document.text), length: document.text.length },
      spans: ordered(
        spans.map(({ annotator, note, attributes, ...span }) => ({
          ...{ place: place(span), annotator, note: note ?? '', attributes: ofSpan(attributes) },
        })),
      ),
      relations: ordered(
        relations.map((relation) => ({
          ...{ joins: joined({ spans, relations }, place)(relation), annotator: relation.annotator },
          attributes: ofRelation(relation.attributes),
        })),
      ),
    };
  },
  found: (read) => ({
    ...{ text: fromFirstWord(read.text), length: read.text.length },
    spans: ordered(
      read.spans.map(({ annotator, note, attributes, ...span }) => ({
        ...{ place: place(span), annotator, note: note ?? '', attributes },
      })),
    ),
    relations: ordered(
      read.relations.map(({ annotator, attributes, ...relation }) => ({
        ...{ joins: joined(read, place)(relation), annotator, attributes },
      })),
    ),
  }),
};

const lossy: Readonly<Record<string, Lossy>> = {
  brat: bratRow,
  'WebAnno TSV': webAnnoRow,
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
  'CoNLL 2003': tagged,
  BIO: tagged,
  'Hugging Face tokens': tagged,
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

/** The files of several annotators as one document. */
function together(read: readonly IncomingDocument[]): IncomingDocument {
  const renamed = read.map(({ spans, relations, ...rest }, index) => ({
    ...rest,
    spans: spans.map((span) => ({ ...span, id: `${index} ${span.id}` })),
    relations: relations.map((one) => ({
      ...one,
      head: `${index} ${one.head}`,
      child: `${index} ${one.child}`,
    })),
  }));
  expect(new Set(read.map(({ text }) => text)).size).toBe(1);
  return {
    ...renamed[0]!,
    spans: renamed.flatMap(({ spans }) => spans),
    relations: renamed.flatMap(({ relations }) => relations),
  };
}

const wordsOnly = filledDocument.filter(
  ({ text }) => !isBlank(text.replaceAll('\uFEFF', '')) && !text.includes('\uFEFF'),
);

describe('what a lossy format loses is what it counts, and nothing else goes', () => {
  test.each(Object.entries(lossy))(
    '%s',
    async (name, { goes, displaced, stays, found, isOf, isParted, options = {} }) =>
      fc.assert(
        fc.asyncProperty(wordsOnly.filter(isOf ?? (() => true)), async (document) => {
          const { read, complaints, losses, strangers } = await thereAndBack(
            formatNamed(name),
            [document],
            options,
          );
          expect((isParted ? [together(read)] : read).map((one) => found(one, document))).toEqual([
            stays(document),
          ]);
          const counted = Object.entries(goes).map(([what, count]) => [what, count(document)] as const);
          if (displaced !== undefined) {
            const missing = document.spans.length - blankSpans(document) - read[0]!.spans.length;
            expect(losses[displaced] ?? 0).toBe(missing);
            const before = document.spans.map(inWords(document.text));
            const changed = read[0]!.spans
              .map(inWords(read[0]!.text))
              .filter((said) => !before.includes(said));
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

/** What is only written: whatever is said to be lost is counted, and the rest is looked for by the tests of the format. */
const writtenOnly: Readonly<Record<string, Readonly<Record<string, Count>>>> = {
  'Label Studio JSON_MIN': allBut('documents’ annotators', 'documents’ labels', 'relations’ attributes'),
  'UIMA CAS XMI': {
    'characters that XML forbids, which became spaces': (document) =>
      // A control character in attributes or metadata is escaped in their JSON; the other two are not.
      sumOf(
        [
          ...[document.text, document.document.title, document.document.note ?? ''],
          ...document.spans.flatMap(({ note = '' }) => note),
        ],
        (text) => text.match(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g)?.length ?? 0, // eslint-disable-line no-control-regex -- they are meant
      ),
  },
  'Hugging Face spans': {
    ...allBut('spans’ attributes', 'notes on spans', 'documents’ annotators', 'relations’ attributes'),
    'documents without spans': ({ spans }) => (spans.length === 0 ? 1 : 0),
  },
  'OpenAI chat': {
    ...allBut('spans’ attributes', 'relations’ attributes'),
    'places of spans whose words stand in their text more than once': ({ text, spans }) =>
      spans.filter((span) => text.indexOf(span.text) !== text.lastIndexOf(span.text)).length,
  },
  HTML: {
    ...allOf('documents’ metadata', 'documents’ status', 'documents’ labels'),
    'control characters, which no page can show': ({ text }) =>
      text.match(/[\0-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]/g)?.length ?? 0, // eslint-disable-line no-control-regex -- they are meant
  },
};

describe('what a format that is only written loses is counted', () => {
  test.each(Object.entries(writtenOnly))('%s', async (name, goes) =>
    fc.assert(
      fc.asyncProperty(projects, async (documents) => {
        const { losses } = await writtenFiles(formatNamed(name), documents, writeOptions(randomScheme));
        const counted = Object.entries(goes).map(([what, count]) => [what, sumOf(documents, count)] as const);
        expect(losses).toEqual(Object.fromEntries(counted.filter(([, count]) => count > 0)));
      }),
      runs,
    ),
  );
});

test('every format that is written stands in one of these tables', () => {
  const named = [...lossless.map(([name]) => name), ...Object.keys(lossy), ...Object.keys(writtenOnly)];
  const writers = formats.filter(({ write }) => write).map(({ name }) => name);
  expect(named.sort()).toEqual(writers.sort());
});
