import fc from 'fast-check';
import {
  anyLabel,
  labelKeys,
  sameLabel,
  type Attribute,
  type Colour,
  type Label,
  type Scheme,
} from '../../../src/core/scheme.ts';

/** A scheme with these parts and nothing else. */
export function schemeWith(parts: Partial<Scheme>): Scheme {
  return { labels: [], attributes: [], relations: [], documentLabels: [], ...parts };
}

/** A label with nothing but what matters to the test, with its machine name as its id. */
export function label(value: string, traits: Partial<Label> = {}): Label {
  return { id: value, name: value, value, colour: 0, ...traits };
}

export function attribute(value: string, traits: Partial<Attribute> = {}): Attribute {
  return { id: `a-${value}`, name: value, value, type: 'text', ...traits };
}

const words = fc.constantFrom('claim', 'denial', 'threat', 'Übergriff', 'PER', 'call to arms');
const guideline = fc.option(fc.constantFrom('When **sure**.', '- a\n- b'), { nil: undefined });
const colour = fc.integer({ min: 0, max: 11 }) as fc.Arbitrary<Colour>;

/** Faultless schemes, with some items deleted and some labels merged; at least one label has a key. */
export const schemes: fc.Arbitrary<Scheme> = fc
  .record({
    labels: fc.array(fc.record({ name: words, colour, guideline, fate: fc.nat(9), key: fc.boolean() }), {
      maxLength: 8,
    }),
    attributes: fc.array(
      fc.record({
        name: words,
        type: fc.constantFrom('text', 'one', 'many', 'yes-no'),
        some: fc.option(fc.array(fc.nat(7), { maxLength: 3 }), { nil: undefined }),
        key: fc.boolean(),
        required: fc.boolean(),
        fate: fc.nat(9),
      }),
      { maxLength: 4 },
    ),
    relations: fc.array(
      fc.record({ name: words, pairs: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 3 }) }),
      { maxLength: 3 },
    ),
    documentLabels: fc.array(fc.record({ name: words, guideline }), { maxLength: 3 }),
    guideline,
  })
  .map((drawn) => {
    const labels = drawn.labels.map(({ name, fate, key, ...rest }, index): Label => {
      const isDeleted = index > 0 && fate === 0;
      const isMerged = index > 0 && fate === 1;
      return {
        id: `l${index}`,
        name,
        value: `value_${index}`,
        ...defined(rest),
        ...((key || index === 0) && { key: labelKeys[index]! }),
        ...((isDeleted || isMerged) && { deleted: true }),
        ...(isMerged && { mergedInto: 'l0' }),
      } as Label;
    });
    const idOf = (index: number) => labels[index]?.id;
    const sideOf = (index: number, child: boolean) =>
      index === 8 ? anyLabel : index === 9 ? (child ? sameLabel : anyLabel) : (idOf(index) ?? anyLabel);
    return schemeWith({
      labels,
      attributes: drawn.attributes.map(({ name, type, some, key, required, fate }, index) => ({
        id: `a${index}`,
        name,
        value: `said_${index}`,
        type,
        ...(type !== 'text' && type !== 'yes-no' && { options: ['first', 'second'] }),
        ...(some && { labels: [...new Set(some)].flatMap((one) => idOf(one) ?? []) }),
        ...(required && { required }),
        ...(key && { key: labelKeys[20 + index]! }),
        ...(fate === 0 && { deleted: true }),
      })),
      relations: drawn.relations.map(({ name, pairs }, index) => ({
        id: `r${index}`,
        name,
        value: `joins_${index}`,
        pairs: pairs.map(([head, child]) => ({ head: sideOf(head, false), child: sideOf(child, true) })),
      })),
      documentLabels: drawn.documentLabels.map(({ name, guideline: text }, index) => ({
        id: `d${index}`,
        value: `kind_${index}`,
        name,
        ...(text !== undefined && { guideline: text }),
      })),
      ...(drawn.guideline !== undefined && { guideline: drawn.guideline }),
    });
  });

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
