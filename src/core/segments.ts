import type { Range } from './offset.ts';

/** A segmenter takes as long for each segment as its text is long, so it is given so many UTF-16 units at a time. */
const atOnce = 2000;

/** What a segmenter of graphemes or sentences makes of a passage as a whole; a line feed ends either. */
export function* segmentsIn(
  segmenter: Intl.Segmenter,
  text: string,
  { start, end }: Range,
): Generator<Range> {
  for (let at = start; at < end;) {
    const feed = text.indexOf('\n', at);
    const next = feed < 0 ? end : Math.min(feed + 1, end);
    yield* segmentsOfLine(segmenter, text, { start: at, end: next });
    at = next;
  }
}

function* segmentsOfLine(segmenter: Intl.Segmenter, text: string, { start, end }: Range): Generator<Range> {
  let size = atOnce;
  for (let at = start; at < end;) {
    const stop = Math.min(end, at + size);
    const segments = Array.from(segmenter.segment(text.slice(at, stop)), ({ segment }) => segment.length);
    // Where the last ones end depends on what follows.
    const sure = stop === end ? segments : segments.slice(0, -2);
    for (const length of sure) yield { start: at, end: (at += length) };
    size = sure.length > 0 ? atOnce : size * 2;
  }
}
