import type { Columns } from '../../core/columns.ts';

export type Role = 'text' | 'title' | 'label' | 'meta' | 'none';

export const roles: readonly { readonly role: Role; readonly name: string }[] = [
  { role: 'text', name: 'Text' },
  { role: 'title', name: 'Title' },
  { role: 'label', name: 'Document label' },
  { role: 'meta', name: 'Fact about it' },
  { role: 'none', name: 'Left out' },
];

export function roleOf(columns: Columns, index: number): Role {
  if (columns.text === index) return 'text';
  if (columns.title === index) return 'title';
  if (columns.label === index) return 'label';
  return columns.meta.includes(index) ? 'meta' : 'none';
}

/** The columns with another role for one. There is always one text: the one before becomes a fact about the document. */
export function withRole(columns: Columns, index: number, role: Role): Columns {
  if (columns.text === index && role !== 'text') return columns;
  const { title, label, meta, ...rest } = columns;
  const others = meta.filter((column) => column !== index);
  return {
    ...rest,
    ...(title !== undefined && title !== index && { title }),
    ...(label !== undefined && label !== index && { label }),
    ...(role === 'title' && { title: index }),
    ...(role === 'label' && { label: index }),
    ...(role === 'text' && { text: index }),
    meta: [...others, ...(role === 'meta' ? [index] : []), ...(role === 'text' ? [columns.text] : [])].sort(
      (a, b) => a - b,
    ),
  };
}
