const controls =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** As the Unicode charts abbreviate them. */
const names: ReadonlyMap<number, string> = new Map([
  ...controls.map((name, codePoint): [number, string] => [codePoint, name]),
  [0x7f, 'DEL'],
  [0x85, 'NEL'],
  [0xad, 'SHY'],
  [0x34f, 'CGJ'],
  [0x61c, 'ALM'],
  [0x180e, 'MVS'],
  [0x200b, 'ZWSP'],
  [0x200c, 'ZWNJ'],
  [0x200d, 'ZWJ'],
  [0x200e, 'LRM'],
  [0x200f, 'RLM'],
  [0x2028, 'LS'],
  [0x2029, 'PS'],
  [0x202a, 'LRE'],
  [0x202b, 'RLE'],
  [0x202c, 'PDF'],
  [0x202d, 'LRO'],
  [0x202e, 'RLO'],
  [0x2060, 'WJ'],
  [0x2066, 'LRI'],
  [0x2067, 'RLI'],
  [0x2068, 'FSI'],
  [0x2069, 'PDI'],
  [0xfeff, 'BOM'],
]);

/** The short name that stands on a box for the character: `ZWSP`, `RLO`, or `U+2061` where there is none. */
export function shortName(codePoint: number): string {
  return names.get(codePoint) ?? `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What a tag character says: they repeat the signs of ASCII where nobody sees them. */
export function tagSaid(codePoint: number): string | undefined {
  return codePoint >= 0xe0020 && codePoint <= 0xe007e ? String.fromCodePoint(codePoint - 0xe0000) : undefined;
}
