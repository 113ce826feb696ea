/** A file in a zip whose bytes stand there as they are. */
export interface StoredFile {
  readonly path: string;
  readonly size: number;
  readonly crc: number;
  /** Where its header begins. */
  readonly offset: number;
}

export const localSignature = 0x04034b50;
export const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const bigEndSignature = 0x06064b50;
const bigLocatorSignature = 0x07064b50;

const bigField = 0xffffffff;
/** 1 January 1980, the oldest day that a zip can say: the same project gives the same bytes whenever it is written. */
const noDay = 0x21;
const namesAreUtf8 = 0x800;
const encoder = new TextEncoder();

/** The bytes before a stored file. Sizes beyond 4 GB are said in the longer fields, which any present tool reads. */
export function localHeader({ path, size, crc }: StoredFile): Uint8Array<ArrayBuffer> {
  const isBig = size >= bigField;
  const name = encoder.encode(path);
  return bytesOf([
    [4, localSignature],
    ...common(isBig, crc, size, name.length, isBig ? 20 : 0),
    name,
    ...(isBig ? [[2, 1] as Field, [2, 16] as Field, [8, size] as Field, [8, size] as Field] : []),
  ]);
}

/** The list of all files that ends a zip; it begins at `offset`. */
export function centralDirectory(files: readonly StoredFile[], offset: number): Uint8Array<ArrayBuffer> {
  const entries = bytesOf(files.flatMap(centralFields));
  const isBig = offset >= bigField || files.some(isBigFile);
  const count: Field[] = [[2, files.length] as Field, [2, files.length] as Field];
  const end: Field[] = [
    [4, endSignature],
    [2, 0],
    [2, 0],
    ...count,
    [4, entries.length],
    [4, Math.min(offset, bigField)],
    [2, 0],
  ];
  return bytesOf([entries, ...(isBig ? bigEnd(files.length, entries.length, offset) : []), ...end]);
}

function centralFields(file: StoredFile): Field[] {
  const isBig = isBigFile(file);
  const name = encoder.encode(file.path);
  const big: Field[] = isBig
    ? [
        [2, 1],
        [2, 24],
        [8, file.size],
        [8, file.size],
        [8, file.offset],
      ]
    : [];
  return [
    [4, centralSignature],
    [2, 45],
    ...common(isBig, file.crc, file.size, name.length, isBig ? 28 : 0),
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, isBig ? bigField : file.offset],
    name,
    ...big,
  ];
}

function isBigFile({ size, offset }: StoredFile): boolean {
  return size >= bigField || offset >= bigField;
}

function bigEnd(count: number, size: number, offset: number): Field[] {
  return [
    [4, bigEndSignature],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, offset],
    [4, bigLocatorSignature],
    [4, 0],
    [8, offset + size],
    [4, 1],
  ];
}

/** What the header before a file and its entry at the end have in common. */
function common(isBig: boolean, crc: number, size: number, nameLength: number, extraLength: number): Field[] {
  return [
    [2, isBig ? 45 : 20],
    [2, namesAreUtf8],
    [2, 0],
    [2, 0],
    [2, noDay],
    [4, crc],
    [4, isBig ? bigField : size],
    [4, isBig ? bigField : size],
    [2, nameLength],
    [2, extraLength],
  ];
}

/** A number of so many bytes, the lowest first, or bytes as they are. */
type Field = readonly [bytes: 2 | 4 | 8, value: number] | Uint8Array<ArrayBuffer>;

function bytesOf(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const lengths = fields.map((field) => ('buffer' in field ? field.length : field[0]));
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [index, field] of fields.entries()) {
    if ('buffer' in field) bytes.set(field, at);
    else if (field[0] === 2) view.setUint16(at, field[1], true);
    else if (field[0] === 4) view.setUint32(at, field[1], true);
    else view.setBigUint64(at, BigInt(field[1]), true);
    at += lengths[index]!;
  }
  return bytes;
}
