import type { Attribute } from '../../../core/scheme.ts';

/** The ids of the fields of the focused span, by which keys go to them. */
export const noteFieldId = 'span-note';

export function fieldId({ id }: Attribute): string {
  return `span-attribute-${id}`;
}
