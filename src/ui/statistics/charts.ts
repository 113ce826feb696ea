import type { Cell } from '../../core/csv.ts';
import type { Colour, Label } from '../../core/scheme.ts';
import type { Distribution, Figure } from '../../core/statistics/figures.ts';
import { binName, type Bin } from '../../core/statistics/lengths.ts';
import type { AttributeFigures, DayFigure, Statistics } from '../../core/statistics/statistics.ts';
import { statusName } from '../../session/documents/document-verbs.ts';
import { counted } from '../../session/files/importing.svelte.ts';
import { daysUpTo, dayName, shortDayName } from './days.ts';

/** One number of a chart, and the documents behind it. */
export interface Row {
  readonly key: string;
  /** What it counts, in a table a column each. */
  readonly names: readonly string[];
  readonly count: number;
  /** What stands before “in 12 documents” when the list of documents is narrowed to them. */
  readonly about: string;
  /** Places in the statistics' list of ids. */
  readonly documents: readonly number[];
  /** What further columns of the table hold. */
  readonly more: readonly number[];
  readonly colour?: Colour;
  /** Of the count, what is drawn as an outline. */
  readonly outlined?: number;
}

/** A chart as its drawing, its table and its download need it. */
export interface Chart {
  readonly title: string;
  /** What is counted: "span", "document". */
  readonly noun: string;
  /** The heads of the table's columns. */
  readonly head: readonly string[];
  readonly rows: readonly Row[];
  /** What the drawing shows, where that is not every row of the table. */
  readonly drawn?: readonly Row[];
  /** What one has to know to read it. */
  readonly note?: string;
}

/** Names for ids, as the project has them now. */
export interface Names {
  label(id: string): Label;
  title(documentId: string): string;
  /** The name of an attribute by what spans hold it under. */
  attribute(value: string): string;
  /** The name of a type of relation. */
  relation(id: string): string;
}

/** How far the documents are; what is finished comes first, as on any bar of progress. */
export function progressChart({ statuses, documentIds }: Statistics): Chart {
  const figures = (['done', 'skipped', 'in_progress', 'todo'] as const).flatMap((status) =>
    statuses.filter(({ key }) => key === status),
  );
  const rows = figures.map(({ key, count, documents }) => {
    const name = statusName(key);
    return { ...emptyRow(key), names: [name], about: `Status “${name}”`, count, documents };
  });
  const note = `${figures[0]!.count.toLocaleString('en')} of ${counted(documentIds.length, 'document')} done.`;
  return { title: 'Progress', noun: 'document', head: ['Status', 'Documents'], rows, note };
}

export function labelChart({ labels }: Statistics, names: Names): Chart {
  const rows = labels.map((figure) => {
    const { name, colour } = names.label(figure.key);
    return { ...spanRow(figure, name, name), colour };
  });
  return { title: 'Labels', noun: 'span', head: ['Label', 'Spans', 'Documents'], rows };
}

export function lengthChart({ bins, median }: Distribution, unit: 'word' | 'character'): Chart {
  const rows = bins.map((figure) =>
    spanRow({ ...figure, key: binName(figure.key) }, binName(figure.key), aboutLength(figure.key, unit)),
  );
  const half = median === undefined ? '' : `Half of the spans have at most ${counted(median, unit)}.`;
  const note = unit === 'character' ? `${half} Characters are Unicode code points.`.trim() : half;
  return {
    title: `Length in ${unit}s`,
    noun: 'span',
    head: [`${capital(unit)}s`, 'Spans', 'Documents'],
    rows,
    note,
  };
}

export function spansPerDocumentChart({ spansPerDocument }: Statistics): Chart {
  const { bins, median } = spansPerDocument;
  const rows = bins.map(({ key, count, documents }) => ({
    ...emptyRow(binName(key)),
    count,
    documents,
    about: `${binName(key)} ${key.most === 1 ? 'span' : 'spans'} each`,
  }));
  const note = `Half of the documents have at most ${counted(median ?? 0, 'span')}.`;
  return { title: 'Spans in a document', noun: 'document', head: ['Spans', 'Documents'], rows, note };
}

export function fullestChart({ fullest }: Statistics, names: Names): Chart {
  const rows = fullest.map(({ key, count, documents }) => {
    const title = names.title(key);
    return { ...emptyRow(key), names: [title], about: title, count, documents };
  });
  return { title: 'Documents with most spans', noun: 'span', head: ['Document', 'Spans'], rows };
}

/** The charts of attributes that hold names: speakers and targets first, then the others by name. */
export function attributeCharts({ attributes }: Statistics, names: Names): Chart[] {
  const place = ({ name }: AttributeFigures) => ['target', 'speaker'].indexOf(name);
  return [...attributes]
    .sort((a, b) => place(b) - place(a) || a.name.localeCompare(b.name))
    .map(({ name, distinct, values }) => {
      const words = capital(names.attribute(name).replaceAll('_', ' '));
      const left = distinct - values.length;
      return {
        title: name === 'speaker' || name === 'target' ? `${words}s` : words,
        noun: 'span',
        head: [words, 'Spans', 'Documents'],
        rows: values.map((figure) => spanRow(figure, figure.key, `${words} “${figure.key}”`)),
        ...(left > 0 && {
          note: `The most used ${values.length}; ${left.toLocaleString('en')} more are left out.`,
        }),
      };
    });
}

export function dayChart({ days }: Statistics): Chart {
  const rows = days.map(dayRow);
  const last = days.at(-1);
  const byDay = new Map(rows.map((row) => [row.key, row]));
  const drawn = last ? daysUpTo(days[0]!.key, last.key).map((day) => byDay.get(day) ?? emptyDay(day)) : [];
  const before = rows.filter(({ key }) => key < (drawn[0]?.key ?? '')).length;
  return {
    title: 'Spans a day',
    noun: 'span',
    head: ['Day', 'Spans', 'Documents', 'By hand', 'Imported'],
    rows,
    drawn,
    note: dayNote(days, before),
  };
}

export function annotatorChart({ annotators }: Statistics): Chart {
  const rows = annotators.map((figure) => spanRow(figure, figure.key, `Spans by ${figure.key}`));
  return { title: 'Annotators', noun: 'span', head: ['Annotator', 'Spans', 'Documents'], rows };
}

export function relationChart({ relations }: Statistics, names: Names): Chart {
  const rows = relations.map((figure) => {
    const name = names.relation(figure.key);
    return spanRow(figure, name, `Relation “${name}”`);
  });
  return { title: 'Relations', noun: 'relation', head: ['Type', 'Relations', 'Documents'], rows };
}

export function overlapChart({ overlaps }: Statistics, names: Names): Chart {
  const rows = overlaps.map((figure) => {
    const [one, other] = figure.key.map((id) => names.label(id).name) as [string, string];
    const about = `${one} over ${one === other ? 'another' : other}`;
    return { ...spanRow({ ...figure, key: figure.key.join(' ') }, one, about), names: [one, other] };
  });
  return {
    title: 'Overlaps',
    noun: 'pair',
    head: ['Label', 'With', 'Pairs', 'Documents'],
    rows,
    note: 'Pairs of overlapping spans by the same annotator.',
  };
}

/** The lower half of a square: a line for each label, with a cell for each label before it and for itself. */
export interface Matrix {
  readonly labels: readonly Label[];
  /** Cells without pairs are absent. */
  readonly cells: readonly { readonly row: number; readonly column: number; readonly figure: Row }[];
}

/** More labels than this would make cells that nobody can read; the table has them all. */
const mostInMatrix = 10;

/** The labels with most overlaps, in the order of the scheme. */
export function matrixOf({ overlaps }: Statistics, chart: Chart, labels: readonly Label[]): Matrix {
  const weights = new Map<string, number>();
  for (const { key, count } of overlaps)
    for (const id of new Set(key)) weights.set(id, (weights.get(id) ?? 0) + count);
  const heaviest = [...weights].sort(([, a], [, b]) => b - a).slice(0, mostInMatrix);
  const kept = new Set(heaviest.map(([id]) => id));
  const shown = labels.filter(({ id }) => kept.has(id));
  const place = (id: string) => shown.findIndex((label) => label.id === id);
  const cells = overlaps.flatMap(({ key }, index) => {
    const places = key.map(place);
    if (places.includes(-1)) return [];
    return [{ row: Math.max(...places), column: Math.min(...places), figure: chart.rows[index]! }];
  });
  return { labels: shown, cells: cells.sort((a, b) => a.row - b.row || a.column - b.column) };
}

/** The table of a chart, heads first. */
export function tableOf({ head, rows }: Chart): readonly (readonly Cell[])[] {
  return [head, ...rows.map(cellsOf)];
}

function cellsOf({ names, count, more }: Row): readonly Cell[] {
  return [...names, count, ...more];
}

/** What a number says in full: "Claim: 12 spans in 3 documents". */
export function sentenceOf({ noun }: Chart, { about, count, documents }: Row): string {
  const where = noun === 'document' ? '' : ` in ${counted(documents.length, 'document')}`;
  return `${about}: ${counted(count, noun)}${where}`;
}

/** The chart in one sentence: what it counts, and the three largest numbers of it. */
export function summaryOf({ title, noun, rows }: Chart): string {
  const largest = rows.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count);
  const told = largest
    .slice(0, 3)
    .map(({ names, count }) => `${names.join(' with ')} ${count.toLocaleString('en')}`);
  const rest = largest.length > 3 ? `, and ${largest.length - 3} more` : '';
  return `${title}, by number of ${noun}s: ${told.join(', ')}${rest}.`;
}

function spanRow({ key, count, documents }: Figure<string>, name: string, about: string): Row {
  return { key, names: [name], count, about, documents, more: [documents.length] };
}

function emptyRow(name: string): Row {
  return { key: name, names: [name], count: 0, about: name, documents: [], more: [] };
}

function dayRow(figure: DayFigure): Row {
  const outlined = figure.count - figure.byHand;
  const row = spanRow(figure, figure.key, `Spans of ${dayName(figure.key)}`);
  return { ...row, more: [...row.more, figure.byHand, outlined], outlined };
}

function emptyDay(day: string): Row {
  return { ...emptyRow(day), about: dayName(day) };
}

function dayNote(days: readonly DayFigure[], before: number): string {
  const imported = days.some(({ count, byHand }) => count > byHand);
  const key = imported ? 'Filled: marked by hand. Outlined: came with a file that day.' : '';
  const earlier = before > 0 ? `${counted(before, 'earlier day')} in the table.` : '';
  return `${key} ${earlier}`.trim();
}

function aboutLength(bin: Bin, unit: string): string {
  return `Spans of ${binName(bin)} ${bin.most === 1 ? unit : `${unit}s`}`;
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** What stands below a column. */
export function columnName({ title }: Chart, { names }: Row): string {
  return title === 'Spans a day' ? shortDayName(names[0]!) : names[0]!.replace(' and more', '+');
}
