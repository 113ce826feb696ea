import { statuses } from '../../core/document.ts';
import { fieldOf, unknownFields } from '../native/native-shape.ts';
import { isAbsent, isList, isObject, withFields, wordsOf, type JsonObject } from '../reading/json-value.ts';
import type { OutsideDocument } from '../reading/outside-document.ts';
import { misfits, textOf } from './fields.ts';

const marks = ['denotations', 'relations', 'attributes', 'blocks', 'tracks'];
const ownFields = [
  'text',
  'sourcedb',
  'sourceid',
  'title',
  'status',
  'labels',
  'note',
  'meta',
  'project',
  ...marks,
];

/** What a document says of itself; what has no place is kept in its metadata. */
export function factsOf(value: JsonObject): Omit<OutsideDocument, 'text' | 'spans' | 'relations'> {
  const [db, id, meta, labels] = ['sourcedb', 'sourceid', 'meta', 'labels'].map((key) => fieldOf(value, key));
  const status = statuses.find((known) => known === value['status']);
  const names =
    isList(labels) && labels.every((one) => typeof one === 'string') ? (labels as string[]) : undefined;
  const note = textOf(value, 'note');
  const fields = [
    ...unknownFields(value, ownFields),
    ...(db === undefined || db === 'Locution' ? [] : [['sourcedb', db] as const]),
    ...misfits(value, ['title', 'note', 'project']),
    ...(labels === undefined || names ? [] : [['labels', labels] as const]),
    ...(isAbsent(value['status']) || status ? [] : [['status', value['status']] as const]),
    ...(meta === undefined || isObject(meta) ? [] : [['meta', meta] as const]),
  ];
  return {
    ...(id !== undefined && {
      id: db === undefined || db === 'Locution' ? wordsOf(id) : `${wordsOf(db)}:${wordsOf(id)}`,
    }),
    ...{ title: textOf(value, 'title'), meta: withFields(isObject(meta) ? meta : {}, fields) },
    ...(status && { status }),
    ...(names && { labels: names }),
    ...(note !== undefined && { note }),
  };
}
