import fc from 'fast-check';
import {
  anyLabel,
  labelKeys,
  sameLabel,
  type Colour,
  type RelationPair,
  type Scheme,
} from '../../../src/core/scheme.ts';

const words = fc.oneof(
  fc.constantFrom('claim', 'denial', '__proto__', 'constructor', 'נאום', 'a|b', '<b>', '😀', "it's"),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
);
const name = words.filter((word) => word.trim() !== '');
/** `any` and `same` mean other things in pairs. */
const value = name.filter((word) => word !== anyLabel && word !== sameLabel);
const guideline = fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined });
const deleted = fc.constantFrom(undefined, undefined, undefined, true as const);

/** Without the fields that are not said. */
function said<T extends object>(item: T): never {
  return Object.fromEntries(Object.entries(item).filter(([, field]) => field !== undefined)) as never;
}

function parts<T>(item: fc.Arbitrary<T>) {
  const named = fc.record({ id: fc.uuid(), value, name, guideline, deleted, item });
  return fc.uniqueArray(named, { maxLength: 5, selector: (one) => one.value });
}

const choices = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });

/** A scheme as people make them, some of it deleted, with names that are hard on files. */
export const scheme: fc.Arbitrary<Scheme> = fc
  .record({
    labels: parts(fc.constant({})),
    attributes: parts(
      fc.record({
        type: fc.constantFrom('text', 'one', 'many', 'yes-no'),
        several: fc.constantFrom(undefined, true),
        required: fc.constantFrom(undefined, true),
        options: choices,
        isForSome: fc.boolean(),
      }),
    ),
    relations: parts(fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 })),
    documentLabels: parts(fc.constant({})),
    keys: fc.shuffledSubarray(labelKeys, { minLength: 12 }),
    guideline,
  })
  .map(({ labels, attributes, relations, documentLabels, keys, guideline: rules }) => {
    const living = labels.filter((label) => !label.deleted).map(({ id }) => id);
    const heads = [anyLabel, ...living];
    const children = [...heads, sameLabel];
    return said({
      labels: labels.map(({ item: _, ...label }, index) =>
        said({ ...label, colour: index as Colour, key: index % 3 === 2 ? undefined : keys[index] }),
      ),
      attributes: attributes.map(({ item: { options, isForSome, ...item }, ...attribute }, index) => {
        const isChoice = item.type === 'one' || item.type === 'many';
        return said({
          ...attribute,
          ...item,
          key: keys[6 + index],
          options: isChoice ? options : undefined,
          labels: isForSome ? living.slice(0, 2) : undefined,
        });
      }),
      relations: relations.map(({ item, ...relation }) =>
        said({
          ...relation,
          pairs: item.map(([head, child]): RelationPair => ({
            head: heads[head % heads.length]!,
            child: children[child % children.length]!,
          })),
        }),
      ),
      documentLabels: documentLabels.map(({ item: _, ...label }) => said(label)),
      guideline: rules,
    });
  });
