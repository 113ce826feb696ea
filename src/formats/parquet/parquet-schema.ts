import type { SchemaElement } from 'hyparquet-writer';

const text = (name: string): SchemaElement => ({
  ...{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
});
const optionalText = (name: string): SchemaElement => ({ ...text(name), repetition_type: 'OPTIONAL' });
const whole = (name: string): SchemaElement => ({ name, type: 'INT32', repetition_type: 'REQUIRED' });

function list(name: string, ...element: SchemaElement[]): SchemaElement[] {
  return [
    { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ];
}

function struct(...fields: SchemaElement[]): SchemaElement[] {
  return [{ name: 'element', repetition_type: 'REQUIRED', num_children: fields.length }, ...fields];
}

const spanFields = [
  ...[text('id'), whole('start'), whole('end'), text('text'), text('label'), text('annotator')],
  ...[text('attributes'), optionalText('note')],
];
const relationFields = ['id', 'head', 'child', 'label', 'annotator', 'attributes'].map(text);

export const columnNames = [
  ...([
    'id',
    'title',
    'text',
    'offset_unit',
    'status',
    'labels',
    'note',
    'meta',
    'spans',
    'relations',
  ] as const),
];
export type ColumnName = (typeof columnNames)[number];

/** A row a document; spans and relations are lists of structs, what may be of any shape is JSON. */
export const parquetSchema: SchemaElement[] = [
  { name: 'root', num_children: columnNames.length },
  ...['id', 'title', 'text', 'offset_unit', 'status'].map(text),
  ...list('labels', text('element')),
  optionalText('note'),
  text('meta'),
  ...list('spans', ...struct(...spanFields)),
  ...list('relations', ...struct(...relationFields)),
];
