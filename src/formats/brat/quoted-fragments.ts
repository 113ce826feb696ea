import type { Range } from '../../core/offset.ts';
import { unitMap, type OffsetUnit } from '../units.ts';
import { placeIn } from '../writing/places.ts';
import { annLine, type AnnLine } from './ann-line.ts';
import { rejoined } from './fragments.ts';

type SpanLine = Extract<AnnLine, { kind: 'T' }>;

/** A part of a mark, in the file's unit, with what the file says that it covers. */
export interface Fragment {
  readonly start: number;
  readonly end: number;
  readonly quote?: string;
}

/**
 * The text as the places of the marks count it. brat counts CRLF as one character; files of tools that count it as two
 * are told by the words of their marks.
 */
export function countedText(raw: string, lines: readonly string[]): string {
  if (!raw.includes('\r')) return raw;
  const folded = raw.replace(/\r\n?/g, '\n');
  const marks = lines.flatMap((line) => {
    const mark = annLine(line);
    return mark?.kind === 'T' ? [mark] : [];
  });
  const fits = (text: string) => {
    const map = unitMap(text, 'codepoint');
    return marks.filter((mark) => wordsAt(text, rangesOf(mark, map.toOffset)) === mark.text).length;
  };
  return fits(raw) > fits(folded) ? raw : folded;
}

/**
 * The fragments of marks over a text. Those that were parted at a line break alone are one again. Words that do not fit
 * are dealt out to the fragments by their lengths.
 */
export function fragmentsIn(text: string, unit: OffsetUnit): (line: SpanLine) => Fragment[] {
  const map = unitMap(text, unit);
  return (line) => {
    const ranges = rangesOf(line, map.toOffset);
    const words = wordsAt(text, ranges);
    if (!ranges || (line.text !== undefined && line.text.trim() !== words?.trim())) return dealtOut(line);
    return rejoined(text, ranges).map(({ start, end }) => ({
      start: placeIn(map, start),
      end: placeIn(map, end),
      ...(line.text !== undefined && { quote: text.slice(start, end) }),
    }));
  };
}

function rangesOf(
  { fragments }: SpanLine,
  toOffset: (place: number) => number | undefined,
): Range[] | undefined {
  const ranges = fragments.map(([start, end]) => ({
    start: toOffset(start) ?? -1,
    end: toOffset(end) ?? -1,
  }));
  return ranges.every(({ start, end }) => start >= 0 && start < end) ? ranges : undefined;
}

/** The fragments' words as the format joins them. */
function wordsAt(text: string, ranges: readonly Range[] | undefined): string | undefined {
  return ranges?.map(({ start, end }) => text.slice(start, end)).join(' ');
}

function dealtOut({ fragments, text }: SpanLine): Fragment[] {
  if (text === undefined) return fragments.map(([start, end]) => ({ start, end }));
  if (fragments.length === 1) return [{ start: fragments[0]![0], end: fragments[0]![1], quote: text }];
  const characters = [...text];
  let at = 0;
  return fragments.map(([start, end], index) => {
    const to = index === fragments.length - 1 ? characters.length : at + end - start;
    const quote = characters.slice(at, to).join('');
    at = to + 1;
    return { start, end, quote };
  });
}
