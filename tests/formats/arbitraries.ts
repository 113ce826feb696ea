import fc from 'fast-check';
import { statuses } from '../../src/core/document.ts';
import type { Relation } from '../../src/core/relation.ts';
import type { AttributeValue, Span } from '../../src/core/span.ts';
import { canonicalText } from '../../src/core/text.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import { outgoing } from './reading.ts';

const words = [
  'He',
  'denied',
  ' it',
  '. ',
  '“Stay out,”',
  'שָׁלוֹם',
  'וזר',
  'وزارة',
  'نَفَت',
  'cafe\u0301',
  'ﬁ',
  '中文',
];
const signs = [
  '😀',
  '👨‍👩‍👧‍👦',
  '🇦🇲',
  '👍🏽',
  '\u200d',
  '\ufe0f',
  '\u202e',
  '"',
  '\\',
  '\t',
  '\0',
  '<b>',
  '&amp;',
  '{',
  '\uFEFF',
];
const breaks = ['\n', '\r\n', '\r', '\n\n', '\r\n\r\n', '\n\r', '\u2028', '\u0085', '\v'];

/** A text as people and machines make them; `more` are pieces that only some files have. */
export function rawText(...more: string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    ...[words, signs, breaks, more].filter(({ length }) => length > 0).map((all) => fc.constantFrom(...all)),
  );
  return fc.array(piece, { minLength: 1, maxLength: 40 }).map((pieces) => pieces.join(''));
}

/** Canonical texts. One that begins with a second byte order mark would lose it on the way back in. */
const text = rawText()
  .map((raw) => canonicalText(raw.replace(/^\uFEFF+/, '')).text)
  .filter((canonical) => canonical !== '');

const exactNumber = fc.oneof(fc.integer(), fc.constantFrom(0.1, -2.5, 1e-7));
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  rawText(),
  exactNumber,
  fc.boolean(),
  fc.constant(null),
);
const attributeValue = fc.letrec<{
  value: AttributeValue;
  list: AttributeValue[];
  object: Record<string, AttributeValue>;
}>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(fc.string({ maxLength: 5 }), tie('value'), { maxKeys: 3 }),
})).value;
const key = fc.oneof(
  fc.constantFrom('speaker', 'target', 'certainty', '__proto__', 'constructor', '2', '1'),
  fc.string({ maxLength: 8 }),
);
const attributes = fc.dictionary(key, attributeValue, { maxKeys: 4, noNullPrototype: true });

const annotator = fc.constantFrom('anna', 'me', 'בן', 'gold 😀');
const label = fc.constantFrom('claim', 'denial', 'false_alarm', 'נאום', '__proto__');

/** Offsets between the characters of a text. */
function offsetsOf(whole: string): number[] {
  const offsets = [0];
  for (const character of whole) offsets.push(offsets.at(-1)! + character.length);
  return offsets;
}

/** A range on code point boundaries, not empty. */
export function rangeIn(whole: string): fc.Arbitrary<{ start: number; end: number }> {
  const offsets = offsetsOf(whole);
  const index = fc.nat({ max: offsets.length - 1 });
  return fc
    .tuple(index, index)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ start: offsets[Math.min(a, b)]!, end: offsets[Math.max(a, b)]! }));
}

function spanIn(whole: string): fc.Arbitrary<Span> {
  const traits = fc.record({ range: rangeIn(whole), id: fc.uuid(), label, annotator, attributes });
  return fc.tuple(traits, fc.option(rawText(), { nil: undefined })).map(([{ range, ...rest }, note]) => ({
    ...range,
    ...rest,
    text: whole.slice(range.start, range.end),
    ...(note !== undefined && { note }),
    origin: 'hand',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  }));
}

function relationsOf(spans: readonly Span[]): fc.Arbitrary<Relation[]> {
  if (spans.length === 0) return fc.constant([]);
  const end = fc.constantFrom(...spans.map(({ id }) => id));
  const relation = fc.record({ id: fc.uuid(), head: end, child: end, label, annotator, attributes });
  return fc.uniqueArray(relation, { maxLength: 4, selector: ({ id }) => id });
}

/** Machine names of document labels, in the order of the scheme. */
export const documentLabels = ['opinion', 'long_read', '__proto__', 'דעה'];

const facts = fc.record({
  id: fc.uuid(),
  title: rawText().filter((title) => title.trim() !== ''),
  meta: attributes,
  status: fc.constantFrom(...statuses),
  labels: fc.subarray(documentLabels),
  note: fc.option(rawText(), { nil: undefined }),
});

/** A marked document on its way out; its labels' ids are their machine names. */
export const document: fc.Arbitrary<OutgoingDocument> = text
  .chain((whole) =>
    fc.record({
      whole: fc.constant(whole),
      facts,
      spans: fc.uniqueArray(spanIn(whole), { maxLength: 8, selector: ({ id }) => id }),
    }),
  )
  .chain(({ whole, facts: about, spans }) =>
    relationsOf(spans).map((relations) => {
      const bare = outgoing(whole, { spans, relations });
      const { labels, note, ...others } = about;
      const said = { ...(labels.length > 0 && { labels }), ...(note !== undefined && { note }) };
      return { ...bare, document: { ...bare.document, ...others, ...said } };
    }),
  );
