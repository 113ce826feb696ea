import type { AttributeValue, Span } from '../span.ts';
import { labelOf, living, type Attribute, type Scheme } from '../scheme.ts';

/** The attributes that spans with this label have, in the scheme's order. */
export function attributesOf(scheme: Scheme, labelId: string): readonly Attribute[] {
  const { id } = labelOf(scheme, labelId);
  return living(scheme.attributes).filter(
    ({ labels }) => !labels || labels.some((label) => labelOf(scheme, label).id === id),
  );
}

/** The required attributes that a span lacks. */
export function missingAttributes(scheme: Scheme, { label, attributes }: Span): readonly Attribute[] {
  return attributesOf(scheme, label).filter(({ required, value }) => required && isUnsaid(attributes[value]));
}

export function isUnsaid(value: AttributeValue | undefined): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** The texts of a value, one or several; whatever else a file has put there is shown as its JSON. */
export function textsOf(value: AttributeValue | undefined): readonly string[] {
  if (isUnsaid(value)) return [];
  const values = Array.isArray(value) ? (value as readonly AttributeValue[]) : [value!];
  return values.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
}

/** The attributes with a value under a name, or without it when there is nothing to say. The order of names is kept. */
export function withValue(
  attributes: Span['attributes'],
  name: string,
  value: AttributeValue | undefined,
): Span['attributes'] {
  const { [name]: _, ...others } = attributes;
  if (value === undefined || isUnsaid(value)) return others;
  return name in attributes ? { ...attributes, [name]: value } : { ...others, [name]: value };
}

/** The option after the present one: from none to the first, and from the last to none. */
export function nextOption(
  { options = [] }: Attribute,
  current: AttributeValue | undefined,
): string | undefined {
  const at = typeof current === 'string' ? options.indexOf(current) : -1;
  return options[at + 1];
}
