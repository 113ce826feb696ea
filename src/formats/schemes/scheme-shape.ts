import * as v from 'valibot';
import { attributeTypes, colourCount, labelKeys, type Colour } from '../../core/scheme.ts';
import { filled, fitter, missing } from '../native/native-shape.ts';

const value = filled('value');

/** What an item of a scheme cannot be without; the rest of it may be wrong without losing it. */
export const labelFit = fitter(v.object({ value }, missing));
export const attributeFit = fitter(
  v.object(
    { value, type: v.picklist(attributeTypes, `its "type" is none of ${attributeTypes.join(', ')}`) },
    missing,
  ),
);
export const relationFit = fitter(
  v.object({ value, pairs: v.array(v.unknown(), 'its "pairs" are not a list') }, missing),
);
export const pairFit = fitter(v.object({ head: filled('head'), child: filled('child') }, missing));

const words = v.pipe(v.string(), v.regex(/\S/u));
const isDistinct = (values: string[]) => new Set(values).size === values.length;

/** Fields that an item can do without. */
const optionalShapes = {
  name: words,
  key: v.picklist(labelKeys),
  colour: v.custom<Colour>(
    (colour) => Number.isInteger(colour) && Number(colour) >= 0 && Number(colour) < colourCount,
  ),
  guideline: v.string(),
  several: v.boolean(),
  required: v.boolean(),
  options: v.pipe(v.array(words), v.minLength(1), v.check(isDistinct)),
  labels: v.array(words),
} as const;

export type OptionalField = keyof typeof optionalShapes;
export type OptionalValue<Field extends OptionalField> = v.InferOutput<(typeof optionalShapes)[Field]>;

/** What is wrong with a field that does not fit its shape, as the end of a sentence. */
export const optionalFaults: Readonly<Record<OptionalField, string>> = {
  name: 'is not text, or is blank',
  key: `is none of ${labelKeys.join('')}`,
  colour: `is not 0 to ${colourCount - 1}`,
  guideline: 'is not text',
  several: 'is neither true nor false',
  required: 'is neither true nor false',
  options: 'is not a list of texts that differ',
  labels: 'is not a list of the machine names of labels',
};

/** The field's value when it fits its shape. */
export function optionalValue<Field extends OptionalField>(
  field: Field,
  given: unknown,
): OptionalValue<Field> | undefined {
  const result = v.safeParse(optionalShapes[field], given);
  return result.success ? (result.output as OptionalValue<Field>) : undefined;
}
