const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The segmenter takes as long for each grapheme as its text is long, so it is given so many UTF-16 units at a time. */
const atOnce = 500;

/** Where the graphemes of a text start, and the end of the text: UTF-16 offsets. Linear in the text. */
export function graphemeStarts(text: string): Uint32Array {
  const starts: number[] = [];
  for (let at = 0; at < text.length;) {
    if (isAlone(text, at)) starts.push(at++);
    else at = addSegments(text, at, starts);
  }
  starts.push(text.length);
  return Uint32Array.from(starts);
}

/** Adds the graphemes from a start of one up to where two characters stand by themselves, which is returned. */
function addSegments(text: string, from: number, starts: number[]): number {
  let stop = from + 1;
  while (stop < text.length && !(isPlain(text, stop - 1) && isPlain(text, stop))) stop++;
  let size = atOnce;
  for (let at = from; at < stop;) {
    const end = wholeCharacters(text, Math.min(stop, at + size));
    const lengths = Array.from(segmenter.segment(text.slice(at, end)), ({ segment }) => segment.length);
    // Where the last one ends depends on what follows.
    const sure = end === stop ? lengths : lengths.slice(0, -1);
    for (const length of sure) {
      starts.push(at);
      at += length;
    }
    size = sure.length > 0 ? atOnce : size * 2;
  }
  return stop;
}

function isAlone(text: string, at: number): boolean {
  return isPlain(text, at) && (at + 1 === text.length || isPlain(text, at + 1));
}

/** Letters, digits and signs that join nothing: between two of them a grapheme always ends. CR is none, for CRLF. */
const plain = [
  ...[
    [0x09, 0x0a],
    [0x20, 0x7e],
    [0xa1, 0x2ff],
    [0x370, 0x482],
    [0x48a, 0x52f],
    [0x5d0, 0x5ea],
  ],
  ...[
    [0x620, 0x64a],
    [0x2010, 0x2027],
    [0x20a0, 0x20bf],
    [0x3041, 0x3096],
    [0x30a1, 0x30fa],
    [0x4e00, 0x9fff],
  ],
];

const isPlainCode = Uint8Array.from({ length: 0x10000 }, (_, code) =>
  Number(plain.some(([first, last]) => first! <= code && code <= last!)),
);

function isPlain(text: string, at: number): boolean {
  return isPlainCode[text.charCodeAt(at)] === 1;
}

function wholeCharacters(text: string, end: number): number {
  const isInside = end < text.length && /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(end - 1, end + 1));
  return isInside ? end + 1 : end;
}
