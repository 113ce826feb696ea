import { createHash } from 'node:crypto';

/** A size of document to measure with. Bytes are of UTF-8, a thousand a KB. */
export interface Workload {
  readonly name: string;
  readonly bytes: number;
  readonly spans: number;
}

export const workloads: readonly Workload[] = [
  { name: '3 KB, 15 spans', bytes: 3_000, spans: 15 },
  { name: '100 KB, 500 spans', bytes: 100_000, spans: 500 },
  { name: '1 MB, 5,000 spans', bytes: 1_000_000, spans: 5_000 },
  { name: '5 MB, 20,000 spans', bytes: 5_000_000, spans: 20_000 },
];

/** Shapes of text that are harder than their size. */
export const edges: readonly { readonly name: string; readonly write: (seed: number) => Report }[] = [
  { name: 'one line of 1 MB, 1,000 spans', write: oneLine },
  { name: '20,000 lines of 10 characters, 1,000 spans', write: shortLines },
  { name: '2,000 spans stacked on one paragraph', write: stacked },
];

/** The share of the spans that overlap another one. */
export const overlapShare = 0.15;

/** Half-open range of UTF-16 code units: `start` inclusive, `end` exclusive. Never empty. */
export interface MarkedRange {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** An invented report in paragraphs with blank lines between, and what is marked on it, in the order of files. */
export interface Report {
  readonly title: string;
  readonly text: string;
  readonly spans: readonly MarkedRange[];
}

/**
 * Writes a report of at least `bytes` (at most a paragraph more) with exactly `spans` spans, spread evenly. The same
 * seed gives the same report; headline and last line name the seed, so that no two reports begin or end alike.
 *
 * @throws RangeError when the spans are too dense for a text of that size.
 */
export function generateReport({ bytes, spans }: Omit<Workload, 'name'>, seed: number): Report {
  const chance = new Chance(seed);
  const text = writeText(bytes, seed, chance);
  return { title: `Report ${seed}`, text, spans: markSpans(text, spans, chance) };
}

/** The report as a line of Locution's JSON Lines: offsets in code points, all signed by `bench`. */
export function jsonLine({ title, text, spans }: Report): string {
  const toCodePoint = codePointsOf(text);
  const id = title.toLowerCase().replaceAll(' ', '-');
  return `${JSON.stringify({
    id,
    title,
    text,
    offset_unit: 'codepoint',
    text_sha256: createHash('sha256').update(text).digest('hex'),
    meta: { date: '2031-04-17' },
    // Not "todo": the first span would then change the document's status as well.
    status: 'in_progress',
    spans: spans.map(({ start, end, label }, index) => ({
      id: `${id}-${String(index + 1).padStart(5, '0')}`,
      start: toCodePoint(start),
      end: toCodePoint(end),
      text: text.slice(start, end),
      label,
      annotator: 'bench',
      attributes: {},
    })),
    relations: [],
  })}\n`;
}

/** One line without an end, as a careless export gives it. */
function oneLine(seed: number): Report {
  const report = generateReport({ bytes: 1_000_000, spans: 1_000 }, seed);
  // As long as before, so that every span stays where it is.
  return { ...report, text: report.text.replaceAll('\n', ' ') };
}

/** Twenty thousand lines of ten characters, every twentieth of them marked. */
function shortLines(seed: number): Report {
  const chance = new Chance(seed);
  const body = Array.from({ length: 20_000 }, (_, line) =>
    `${line} ${chance.pick(words.country)}abcdefghij`.slice(0, 10),
  );
  const lines = [`Report ${seed}`, ...body, `The end of report ${seed}`];
  const text = lines.join('\n');
  const spans: MarkedRange[] = [];
  let start = 0;
  for (const [index, { length }] of lines.entries()) {
    if (index % 20 === 10) spans.push({ start, end: start + length, label: chance.pick(labels) });
    start += length + 1;
  }
  return { title: `Report ${seed}`, text, spans };
}

/** Two thousand spans that all cover the middle of one paragraph, in a report of 3 KB. */
function stacked(seed: number): Report {
  const chance = new Chance(seed);
  const text = writeText(3_000, seed, chance);
  const start = text.indexOf('\n\n') + 2;
  const end = text.indexOf('\n\n', start);
  const middle = (start + end) >> 1;
  const spans = Array.from({ length: 2_000 }, () => ({
    start: chance.between(start, middle - 10),
    end: chance.between(middle + 10, end),
    label: chance.pick(labels),
  }));
  return { title: `Report ${seed}`, text, spans: spans.sort((a, b) => a.start - b.start || b.end - a.end) };
}

/** Chance that repeats itself: mulberry32, by Tommy Ettinger. */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1);
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.between(0, choices.length - 1)]!;
  }
}

const words = {
  country: [
    'Arvenia',
    'Belmark',
    'Corvosia',
    'Drelland',
    'Estara',
    'Felgaria',
    'Halvania',
    'Ostrevia',
    'Velt',
  ],
  capital: [
    'Arvengrad',
    'Port Belm',
    'Corvo',
    'Drell',
    'Lake Estar',
    'Felgar',
    'Halv',
    'Ostrev',
    'Veltmouth',
  ],
  person: [
    'Mira Tolvanen',
    'Joren Askel',
    'Sabela Rooth',
    'Idris Malveaux',
    'Petra Undheim',
    'Kasimir Doll',
    'Noor Estavan',
    'Tomas Whitlow',
    'Élodie Brancat',
    'Anselm Grieve',
  ],
  office: [
    'foreign minister',
    'defence minister',
    'government spokeswoman',
    'chief negotiator',
    'opposition leader',
    'border commissioner',
    'ambassador',
    'harbour master',
  ],
  deed: [
    'shelling the port at dawn',
    'moving two brigades to the river',
    'holding back water from the upper dam',
    'recruiting fighters abroad',
    'jamming the signals of fishing boats',
    'paying for false reports',
    'closing the mountain road to convoys',
    'mining the strait',
    'laying a cable without leave',
  ],
  wish: [
    'return to the talks',
    'open a corridor for the wounded',
    'publish the maps of the minefields',
    'respect the ceasefire of last spring',
    'let observers into the valley',
    'release the crews of both ships',
    'bring the matter before the council',
  ],
  fact: [
    'the guns had been silent for nine days',
    'no soldier had crossed the line',
    'the harvest was safe in the barns',
    'three villages were without power',
    'the bridge could carry lorries again',
    'the ferry had turned back in time',
    'more than 1,200 families had gone home',
    'the radar had seen four aircraft',
  ],
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  source: ['a statement', 'an evening broadcast', 'a letter to the council', 'an interview', 'a briefing'],
  verb: ['said', 'insisted', 'told reporters', 'claimed', 'repeated', 'announced'],
} as const;

const sentences = [
  'The {office} of {country}, {person}, {verb} on {day} that {fact}.',
  '“We have never been {deed}, and whoever says so is misled,” {person} {verb} in {capital}.',
  '{country} accused {country} of {deed} and {verb} that {fact}.',
  '{person} dismissed the charge of {deed} as “a story made for the evening news”.',
  'In {source}, {country} called on {country} to {wish} and to {wish}.',
  '“{Fact},” the {office} {verb}. “Let them {wish}, and let them do so before {day}.”',
  'According to {source} from {capital}, {fact}, while {country} was {deed}.',
  'Neither side could be reached on {day}; a doctor in {capital} {verb} that {fact}.',
  '{person}, once {office} of {country}, urged both capitals to {wish}.',
  '{country} denied {deed}, and its {office} asked the council to look at the pictures itself.',
  'It was not clear on {day} whether {fact}, or whether {country} had stopped {deed}.',
  '“Who gains from {deed}?” asked {person}. “Not {country}, and not the people of {capital}.”',
  'Observers counted {number} vehicles near {capital} and noted that {fact}.',
  'A fisherman wrote: “{Fact} 🚢, so please {wish}!” The {office} shared his words on {day}.',
] as const;

const headlines = [
  '{country} and {country} trade charges over {deed}',
  '{person} asks {country} to {wish}',
  'Talks in {capital} go on as {country} denies {deed}',
] as const;

/** Fills each slot of a template from its list of words; a capital letter in its name asks for one in the text. */
function fill(template: string, chance: Chance): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
    if (slot === 'number') return String(chance.between(11, 480));
    const filling = chance.pick(words[slot.toLowerCase() as keyof typeof words]);
    return /^[A-Z]/.test(slot) ? filling.charAt(0).toUpperCase() + filling.slice(1) : filling;
  });
}

function writeText(bytes: number, seed: number, chance: Chance): string {
  const last = `The council meets again on ${chance.pick(words.day)}; this was report ${seed} of the bench.`;
  const paragraphs = [`Report ${seed}: ${fill(chance.pick(headlines), chance)}`];
  let written = Buffer.byteLength(paragraphs[0]! + last) + 4;
  while (written < bytes) {
    const paragraph = Array.from({ length: chance.between(2, 5) }, () =>
      fill(chance.pick(sentences), chance),
    );
    paragraphs.push(paragraph.join(' '));
    written += Buffer.byteLength(paragraphs.at(-1)!) + 2;
  }
  return [...paragraphs, last].join('\n\n');
}

const labels = ['claim', 'claim', 'claim', 'denial', 'denial', 'appeal', 'appeal', 'accusation'];

/**
 * Cuts the text into equal slots and marks some words in each, so that spans of different slots never overlap; some
 * spans get a partner in their slot that overlaps them and nothing else.
 */
function markSpans(text: string, count: number, chance: Chance): MarkedRange[] {
  const pairs = Math.round((count * overlapShare) / 2);
  const slots = count - pairs;
  const spans: MarkedRange[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const at = (index: number) => Math.floor((text.length * index) / slots);
    // Every so many slots a pair, spread evenly.
    const isPair = Math.floor(((slot + 1) * pairs) / slots) > Math.floor((slot * pairs) / slots);
    spans.push(...markSlot(wordsBetween(text, at(slot), at(slot + 1)), isPair, chance));
  }
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

type Word = readonly [start: number, end: number];

function markSlot(slot: readonly Word[], isPair: boolean, chance: Chance): MarkedRange[] {
  if (slot.length < 4) throw new RangeError(`only ${slot.length} words for a span: the spans are too dense`);
  const first = chance.between(0, Math.floor(slot.length / 3));
  const last = chance.between(first + 1, Math.min(slot.length - 1, first + 14));
  const label = chance.pick(labels);
  const span = markWords(slot, first, last, label);
  if (!isPair) return [span];
  const [from, to] = chance.pick(partnersOf(first, last, slot.length));
  const other = chance.pick(labels.filter((candidate) => candidate !== label));
  return [span, markWords(slot, from, to, other)];
}

/** The first and last words of a span that lies in the given one, covers the same words, or runs past its end. */
function partnersOf(first: number, last: number, wordCount: number): [number, number][] {
  const middle = Math.ceil((first + last) / 2);
  const past = Math.min(wordCount - 1, last + 3);
  return [
    [middle, last],
    [first, last],
    [middle, past],
  ];
}

function markWords(slot: readonly Word[], first: number, last: number, label: string): MarkedRange {
  return { start: slot[first]![0], end: slot[last]![1], label };
}

/** The whole words of the longest piece of one line that lies between the offsets. */
function wordsBetween(text: string, start: number, end: number): Word[] {
  let pieceStart = start;
  let longest: Word = [start, start];
  for (const piece of text.slice(start, end).split('\n')) {
    if (piece.length > longest[1] - longest[0]) longest = [pieceStart, pieceStart + piece.length];
    pieceStart += piece.length + 1;
  }
  const isWhole = ([from, to]: Word) => !isLetter(text[from - 1]) && !isLetter(text[to]);
  return [...text.slice(...longest).matchAll(/[\p{L}\p{N}]+/gu)]
    .map((match): Word => [longest[0] + match.index, longest[0] + match.index + match[0].length])
    .filter(isWhole);
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** Counts the code points before an offset, by the pairs before it. */
function codePointsOf(text: string): (offset: number) => number {
  const pairs = Uint32Array.from(text.matchAll(/[\u{10000}-\u{10ffff}]/gu), ({ index }) => index);
  return (offset) => {
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return offset - low;
  };
}
