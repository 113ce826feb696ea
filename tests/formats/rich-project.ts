import type { Relation } from '../../src/core/relation.ts';
import type { Span } from '../../src/core/span.ts';
import { canonicalText } from '../../src/core/text.ts';
import type { OutgoingDocument } from '../../src/core/transfer.ts';
import { outgoing } from './reading.ts';

const texts: Readonly<Record<string, string>> = {
  emoji: 'The 👨‍👩‍👧‍👦 said 👍🏽 to 🇦🇲🇦🇲, cafe\u0301 and 😀😀.\nThe 👨‍👩‍👧‍👦 left.',
  hebrew: 'השר אמר: „שָׁלוֹם” לכולם.\n\n\nהוא הכחיש את הדו״ח, והוסיף "לא".',
  arabic: 'نَفَت الوزارة ذلك.\n  وقالت: «لا» 😀\t(Ada, 2024).\n',
  mixed: '\n \nAda (עדה) denied it.\r\nThen — 中文，ﬁne…\r\rZ͑ͫ̓ͪ̂ͫ \u202eזה\u202c done.\r\n\r\n',
  blank: ' \n\t\n',
  unmarked: 'Nobody has marked this yet.',
};

/** By text, what is marked: the first place where the words stand behind `after`. */
const marks: Readonly<
  Record<string, readonly (readonly [words: string, label: string, annotator: string])[]>
> = {
  emoji: [
    ['👨‍👩‍👧‍👦', 'claim', 'anna'],
    ['👨‍👩‍👧‍👦 said 👍🏽', 'claim', 'anna'],
    ['👨‍👩‍👧‍👦 said 👍🏽', 'claim', 'anna'],
    ['said 👍🏽 to 🇦🇲', 'denial', 'anna'],
    ['said 👍🏽 to 🇦🇲', 'denial', 'בן'],
    ['👍', 'false_alarm', 'anna'],
    ['🇦🇲🇦🇲, cafe', 'נאום', 'gold 😀'],
    ['😀.\nThe ', 'denial', 'בן'],
    ['😀', 'claim', 'בן'],
  ],
  hebrew: [
    ['השר', 'נאום', 'בן'],
    ['השר אמר: „שָׁלוֹם” לכולם.\n\n\nהוא', 'claim', 'anna'],
    ['לוֹ', 'denial', 'anna'],
    ['הכחיש את הדו״ח', 'denial', 'בן'],
    ['\n\n', 'claim', 'בן'],
  ],
  arabic: [
    ['نَفَت الوزارة', 'claim', 'anna'],
    ['الوزارة ذلك.\n  وقالت', 'denial', 'anna'],
    ['لا', 'נאום', 'anna'],
    ['😀\t(Ada, 2024)', '__proto__', 'anna'],
  ],
  mixed: [
    ['Ada (עדה)', 'claim', 'anna'],
    ['(עדה) denied', 'claim', 'gold 😀'],
    ['it.\nThen —', 'denial', 'anna'],
    ['中', 'claim', 'anna'],
    ['文', 'claim', 'anna'],
    ['\u202eזה\u202c', 'false_alarm', 'anna'],
  ],
};

/** Documents with what is hardest to keep: joined signs, two directions, blank lines, overlaps of every kind, several annotators. */
export const richProject: readonly OutgoingDocument[] = Object.entries(texts).map(([name, raw], index) => {
  const { text, source } = canonicalText(raw);
  const spans = (marks[name] ?? []).map(([words, label, annotator], number): Span => {
    const start = text.indexOf(words);
    return {
      ...{ id: `${name}-${number}`, start, end: start + words.length, text: words, label, annotator },
      attributes:
        number % 2 ? {} : { speaker: ['השר', 'Ada "A" Ö, |x|'], certainty: number / 4, '=1+1': null },
      ...(number % 3 === 0 && { note: 'Look again,\n“here” 😀 -> there; _*[1]' }),
      ...{ origin: 'hand', createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
    };
  });
  const relations = spans.slice(1).map(({ id, annotator }, number): Relation => ({
    ...{
      id: `${name}-r${number}`,
      head: spans[number]!.id,
      child: id,
      label: number % 2 ? 'denial' : 'claim',
    },
    ...{ annotator, attributes: number % 2 ? { direction: 'bi' } : {} },
  }));
  const { document } = outgoing(text, { spans, relations });
  return {
    ...{ text, spans, relations },
    document: {
      ...document,
      ...{ id: `d-${name}`, title: `${name}: “a/b” 😀 = שלום`, source, order: index + 1 },
      ...{ meta: { page: index, where: { 'de sk': ['news', null] } }, status: index % 2 ? 'done' : 'todo' },
      ...(index % 2 && { labels: ['opinion', 'דעה'] }),
      ...(index % 3 === 0 && { note: 'Of the whole:\r\n\tread twice.' }),
    },
  };
});
