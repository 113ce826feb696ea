import type { Attributes, AttributeValue } from '../../core/span.ts';
import { oneLine } from '../json-lines.ts';
import { isList, isObject } from '../reading/json-value.ts';
import { blanks } from '../writing/blanks.ts';
import { breaksLine, lineEnd, lineEnds } from './breaks.ts';
import { eventMark, lineMark, plainNote } from './marks.ts';
import { plainNoteKey } from './facts.ts';

/** A line without its id, which is given when all are known. */
export interface FactLine {
  readonly kind: 'A' | 'N' | '#';
  readonly body: string;
  /** For the scheme's file. */
  readonly attribute?: { readonly name: string; readonly value?: string };
}

/** Counts what does not go into the lines, by what it is. */
export type Count = (what: string) => void;

/** Notes take a line for each of theirs. */
export function noteLines(note: string | undefined, target: string, count: Count): FactLine[] {
  if (note === undefined || note === '') return [];
  if (note.split(lineEnd).length !== note.split('\n').length || /\r/.test(note))
    count('notes with line breaks of other kinds, which become plain ones');
  return note.split(lineEnd).map((line) => ({ kind: '#', body: `${plainNote} ${target}\t${line}` }) as const);
}

/**
 * The lines for what is said of a span or relation. What names one of `others` behind its own name is said of that one,
 * anything else of `target`.
 */
export function factLines(
  attributes: Attributes,
  target: string,
  others: ReadonlySet<string>,
  count: Count,
): FactLine[] {
  return Object.entries(attributes)
    .filter(([key]) => key !== eventMark && key !== lineMark)
    .flatMap(([key, value]) => {
      const [, before, last] = /^(.*) (\S+)$/s.exec(key) ?? [];
      const isOfOther = last !== undefined && others.has(last);
      const name = bareName(isOfOther ? before! : key);
      if (name !== (isOfOther ? before : key))
        count('names of attributes with white space, which becomes “_”');
      return valuesIn(value, count).map((one) => factLine(name, isOfOther ? last : target, one, count));
    });
}

function valuesIn(value: AttributeValue, count: Count): readonly AttributeValue[] {
  if (!isList(value) || value.length === 0) return [value];
  if (value.length === 1) count('lists of one value, which become that value');
  return value;
}

function factLine(name: string, target: string, value: AttributeValue, count: Count): FactLine {
  if (name.startsWith('#') && name.length > 1 && typeof value === 'string')
    return {
      kind: '#',
      body: `${name === plainNoteKey ? plainNote : name.slice(1)} ${target}\t${foldedLine(value, count)}`,
    };
  const reference = referenceIn(value);
  if (reference) return { kind: 'N', body: `${name} ${target} ${reference.id}\t${reference.text}` };
  if (value === true) return { kind: 'A', body: `${name} ${target}`, attribute: { name } };
  const said = plainValue(value, count);
  return { kind: 'A', body: `${name} ${target} ${said}`, attribute: { name, value: said } };
}

/** Text on one line goes as it is, anything else as JSON. */
function plainValue(value: AttributeValue, count: Count): string {
  if (typeof value === 'string' && value.trim() === value && value !== '' && !breaksLine(value)) return value;
  count('attributes’ values that are not one line of text, which become one');
  const words = typeof value === 'string' ? value.replace(blanks, ' ').trim() : '';
  // Without a word it would be a flag.
  return words === '' ? oneLine(JSON.stringify(value)) : words;
}

function foldedLine(value: string, count: Count): string {
  if (!lineEnd.test(value)) return value;
  count('attributes’ values that are not one line of text, which become one');
  return value.replace(lineEnds, ' ');
}

function referenceIn(value: AttributeValue): { id: string; text: string } | undefined {
  if (!isObject(value) || Object.keys(value).length !== 2) return undefined;
  const { reference: id, text } = value;
  const isFit = (words: unknown) => typeof words === 'string' && !breaksLine(words) && words.trim() === words;
  return isFit(id) && id !== '' && isFit(text) ? { id: id as string, text: text as string } : undefined;
}

/** A name that can stand between spaces. */
export function bareName(name: string): string {
  return name.replace(blanks, '_') || '_';
}
