import type { Attributes, AttributeValue, Span } from '../span.ts';
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
  return attributesOf(scheme, label).filter(
    ({ required, value }) => required && isUnsaid(saidUnder(attributes, value)),
  );
}

/** What is said under a name, which people and files choose freely: `constructor` is one like others. */
export function saidUnder(attributes: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

export function isUnsaid(value: AttributeValue | undefined): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** What a value holds, one thing or several. */
export function valuesOf(value: AttributeValue | undefined): readonly AttributeValue[] {
  if (isUnsaid(value)) return [];
  return Array.isArray(value) ? (value as readonly AttributeValue[]) : [value!];
}

/** The texts of a value, one or several; whatever else a file has put there is shown as its JSON. */
export function textsOf(value: AttributeValue | undefined): readonly string[] {
  return valuesOf(value).map(textOf);
}

/** The value without what reads like this; other things in it stay what they are. */
export function withoutText(value: AttributeValue | undefined, text: string): AttributeValue | undefined {
  const left = valuesOf(value).filter((one) => textOf(one) !== text);
  return Array.isArray(value) ? left : left[0];
}

function textOf(value: AttributeValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The names under which a span says something that its label does not ask for, as files bring it. */
export function strayNames(scheme: Scheme, { label, attributes }: Span): readonly string[] {
  const asked = new Set(attributesOf(scheme, label).map(({ value }) => value));
  return Object.keys(attributes).filter((name) => !asked.has(name));
}

/** Something that can be chosen for an attribute. */
export interface Choice {
  readonly name: string;
  readonly value: AttributeValue;
  readonly isChosen: boolean;
}

/** What there is to choose, and behind it what a file has said that is no option. */
export function choicesOf(
  { type, options = [] }: Attribute,
  said: AttributeValue | undefined,
): readonly Choice[] {
  const offered =
    type === 'yes-no'
      ? [
          { name: 'Yes', value: true },
          { name: 'No', value: false },
        ]
      : options.map((option) => ({ name: option, value: option }));
  const chosen = valuesOf(said);
  const strays = chosen
    .filter((value) => offered.every((choice) => choice.value !== value))
    .map((value) => ({ name: textOf(value), value }));
  return [...offered, ...strays].map((choice) => ({ ...choice, isChosen: chosen.includes(choice.value) }));
}

/** What is said after a choice is made, or taken back where it was made before. */
export function afterChoosing(
  attribute: Attribute,
  said: AttributeValue | undefined,
  { value, isChosen }: Choice,
): AttributeValue | undefined {
  if (attribute.type !== 'many') return isChosen ? undefined : value;
  const others = valuesOf(said).filter((one) => one !== value);
  return isChosen
    ? others
    : choicesOf(attribute, [...others, value]).flatMap((choice) => (choice.isChosen ? choice.value : []));
}

/** The attributes with a value under a name, or without it when there is nothing to say. The order of names is kept. */
export function withValue(
  attributes: Span['attributes'],
  name: string,
  value: AttributeValue | undefined,
): Span['attributes'] {
  const { [name]: _, ...others } = attributes;
  if (value === undefined || isUnsaid(value)) return others;
  return Object.hasOwn(attributes, name) ? { ...attributes, [name]: value } : { ...others, [name]: value };
}

/** The option after the present one, or before it: from none to the first or last, and from there to none. */
export function nextOption(
  { options = [] }: Attribute,
  current: AttributeValue | undefined,
  direction: 1 | -1 = 1,
): string | undefined {
  const at = typeof current === 'string' ? options.indexOf(current) : -1;
  // One place more than there are options stands for none, on either side.
  const places = options.length + 1;
  return options[((at + 1 + direction + places) % places) - 1];
}
