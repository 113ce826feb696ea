/** The columns of the three tables, in their order. */
export const documentColumns = [
  'id',
  'title',
  'text',
  'offset_unit',
  'status',
  'labels',
  'note',
  'meta',
] as const;
export const spanColumns = [
  ...([
    'document',
    'title',
    'id',
    'start',
    'end',
    'text',
    'label',
    'annotator',
    'attributes',
    'note',
  ] as const),
];
export const relationColumns = [
  'document',
  'id',
  'head',
  'child',
  'label',
  'annotator',
  'attributes',
] as const;

/** The tables, by what they hold. */
export const csvNames = {
  documents: 'documents.csv',
  spans: 'spans.csv',
  relations: 'relations.csv',
} as const;
export type TableKind = keyof typeof csvNames;

/** What a table with these columns holds, if it is one of the three. */
export function tableKind(header: readonly string[]): TableKind | undefined {
  const has = (...names: string[]) => names.every((name) => header.includes(name));
  if (has('document', 'start', 'end', 'label')) return 'spans';
  if (has('document', 'head', 'child', 'label')) return 'relations';
  return has('id', 'title', 'text', 'offset_unit') ? 'documents' : undefined;
}
