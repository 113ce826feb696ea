import type { ExportChoices } from '../../core/export-plan.ts';

/** What the export dialog calls the choices, the usual one first. */
type Named<Key extends keyof ExportChoices> = readonly {
  readonly value: NonNullable<ExportChoices[Key]>;
  readonly name: string;
}[];

export const textUnits: Named<'textUnit'> = [
  { value: 'document', name: 'A document' },
  { value: 'paragraph', name: 'A paragraph' },
  { value: 'sentence', name: 'A sentence' },
];

export const unitWords: Named<'unit'> = [
  { value: 'codepoint', name: 'Unicode code points, as Python does' },
  { value: 'utf16', name: 'UTF-16 units, as JavaScript and Java do' },
  { value: 'byte', name: 'UTF-8 bytes' },
];

export const overlapNames: Named<'overlaps'> = [
  { value: 'longest', name: 'The longest is kept' },
  { value: 'first', name: 'The first is kept' },
  { value: 'by-label', name: 'One file for each label' },
];

export const taggings = ['BIO', 'BIOES', 'IOB1'] as const;
