/** So many bytes of a file's beginning are enough to tell what it is. */
export const headBytes = 4096;

const saveAsText = 'save its text as UTF-8 (.txt) and import that';
const saveAsUtf8 = 'Save it as UTF-8 and import again';

/** Marks at the beginning that say the encoding for certain, written in Latin-1. */
const marks: readonly (readonly [string, string])[] = [
  ['\xef\xbb\xbf', 'utf-8'],
  ['\xff\xfe', 'utf-16le'],
  ['\xfe\xff', 'utf-16be'],
];

/** Files that are known by their first bytes, written in Latin-1. */
const signatures: readonly (readonly [string, string])[] = [
  ['%PDF-', 'is a PDF'],
  ['PK\x03\x04', 'is a Word, OpenDocument or other zip file'],
  ['PK\x05\x06', 'is an empty zip file'],
  ['\x89PNG', 'is a PNG image'],
  ['\xff\xd8\xff', 'is a JPEG image'],
  ['GIF87a', 'is a GIF image'],
  ['GIF89a', 'is a GIF image'],
  ['\x1f\x8b', 'is compressed with gzip'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'is an old Office file (.doc, .xls or .ppt)'],
  ['{\\rtf', 'is rich text (RTF)'],
];

/** The longer marks are asked for first, as that of UTF-32 begins with that of UTF-16. */
const widestMarks = ['\xff\xfe\0\0', '\0\0\xfe\xff'];

/** The encoding that a byte order mark tells; no guess is made without one. */
export function markedEncoding(head: Uint8Array): string | undefined {
  const start = latin1(head.subarray(0, 16));
  if (widestMarks.some((mark) => start.startsWith(mark))) return undefined;
  return marks.find(([mark]) => start.startsWith(mark))?.[1];
}

/**
 * Why a file that begins with these bytes cannot be read as text, in one sentence; `undefined` when it may be. Unless its
 * encoding is known it has to be UTF-8, or UTF-16 with a byte order mark.
 */
export function refusalOf(head: Uint8Array, isKnown = false): string | undefined {
  const start = latin1(head.subarray(0, 16));
  const known = signatures.find(([signature]) => start.startsWith(signature))?.[1];
  if (known !== undefined) return `this file ${known}, not plain text; ${saveAsText}.`;
  if (isKnown || markedEncoding(head) !== undefined) return undefined;
  const wide = widestMarks.some((mark) => start.startsWith(mark)) ? 'UTF-32' : unmarkedWide(head);
  return wide === undefined ? undefined : `this file is ${wide}, not UTF-8. ${saveAsUtf8}.`;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** UTF-16 and UTF-32 without a mark show by NUL at the same places of every two or four bytes and nowhere else. */
export function unmarkedWide(head: Uint8Array): 'UTF-16' | 'UTF-32' | undefined {
  if (head.length < 8) return undefined;
  const [first, second, third, fourth] = [0, 1, 2, 3].map((phase) => shareOfNul(head, phase)) as [
    number,
    number,
    number,
    number,
  ];
  if (third > 0.9 && fourth > 0.9 && first < 0.02) return 'UTF-32';
  if (first > 0.9 && second > 0.9 && fourth < 0.02) return 'UTF-32';
  const [even, odd] = [(first + third) / 2, (second + fourth) / 2];
  return Math.max(even, odd) > 0.25 && Math.min(even, odd) < 0.02 ? 'UTF-16' : undefined;
}

/** How much of every fourth byte, counted from `phase`, is NUL: 0 to 1. */
function shareOfNul(head: Uint8Array, phase: number): number {
  const column = head.filter((_, index) => index % 4 === phase);
  return column.filter((byte) => byte === 0).length / column.length;
}
