import { v7 as newId } from 'uuid';
import {
  anyLabel,
  emptyScheme,
  isFreeKey,
  labelKeys,
  labelOf,
  living,
  livingLabels,
  nameOf,
  sameLabel,
  withLabel,
  type Attribute,
  type AttributeType,
  type LabelWish,
  type RelationType,
  type Scheme,
} from '../scheme.ts';

export interface AttributePlan {
  readonly value: string;
  readonly name?: string;
  readonly type: AttributeType;
  readonly several?: boolean;
  readonly options?: readonly string[];
  /** Machine names of the labels that have it; absent for all. */
  readonly labels?: readonly string[];
  readonly required?: boolean;
  readonly key?: string;
  readonly guideline?: string;
}

export interface RelationPlan {
  readonly value: string;
  readonly name?: string;
  /** Machine names of labels, `any`, or for the child `same`. */
  readonly pairs: readonly { readonly head: string; readonly child: string }[];
  readonly guideline?: string;
}

export interface DocumentLabelPlan {
  readonly value: string;
  readonly name?: string;
  readonly guideline?: string;
}

/** A scheme without ids, in which everything refers to labels by their machine names: what files of schemes hold. */
export interface SchemePlan {
  readonly labels: readonly LabelWish[];
  readonly attributes?: readonly AttributePlan[];
  readonly relations?: readonly RelationPlan[];
  readonly documentLabels?: readonly DocumentLabelPlan[];
  readonly guideline?: string;
}

/**
 * A new scheme after a plan, with the colours that it wishes for, be they given twice. Where the plan gives no label a
 * key, labels take the next free ones of `keys`; else those without a key are meant to have none.
 */
export function schemeFrom(plan: SchemePlan, keys: readonly string[] = labelKeys): Scheme {
  const spareKeys = plan.labels.some(({ key }) => key !== undefined) ? [] : keys;
  const { labels } = plan.labels.reduce(
    (all, wish) => withLabel(all, wish, keys, spareKeys).scheme,
    emptyScheme,
  );
  const wishes = new Map(plan.labels.map(({ value, colour }) => [value, colour]));
  const coloured = labels.map((label) => ({ ...label, colour: wishes.get(label.value) ?? label.colour }));
  const guideline = plan.guideline ? { guideline: plan.guideline } : {};
  return withPlan({ ...emptyScheme, labels: coloured, ...guideline }, plan, keys);
}

/**
 * The scheme with all of a plan that it lacks; what it has under the same machine name stays as it is, and so do the
 * keys that it has given away. What is new has keys out of `keys`, those that no command has.
 */
export function withPlan(scheme: Scheme, plan: SchemePlan, keys: readonly string[] = labelKeys): Scheme {
  const labelled = plan.labels.reduce((all, wish) => withLabel(all, wish, keys).scheme, scheme);
  const lacks = (known: readonly { value: string; deleted?: true }[], value: string) =>
    !living(known).some((item) => item.value === value);
  return {
    ...labelled,
    attributes: (plan.attributes ?? [])
      .filter(({ value }) => lacks(scheme.attributes, value))
      .reduce((all, attribute) => withAttribute(all, attribute, keys), labelled).attributes,
    relations: [
      ...scheme.relations,
      ...(plan.relations ?? [])
        .filter(({ value }) => lacks(scheme.relations, value))
        .map((type) => relationFrom(type, labelled)),
    ],
    documentLabels: [
      ...scheme.documentLabels,
      ...(plan.documentLabels ?? [])
        .filter(({ value }) => lacks(scheme.documentLabels, value))
        .map(({ value, name, guideline }) => ({
          id: newId(),
          value,
          name: name ?? nameOf(value),
          ...(guideline && { guideline }),
        })),
    ],
  };
}

/** The relation type of that machine name. If the scheme lacks it, one is made that may join any two spans. */
export function withRelationType(scheme: Scheme, value: string): { scheme: Scheme; type: RelationType } {
  const known = living(scheme.relations).find((type) => type.value === value);
  if (known) return { scheme, type: known };
  const type = relationFrom({ value, pairs: [{ head: anyLabel, child: anyLabel }] }, scheme);
  return { scheme: { ...scheme, relations: [...scheme.relations, type] }, type };
}

/** The plan of a scheme, without what was deleted. `schemeFrom` makes an equal scheme of it, with new ids. */
export function planOf(scheme: Scheme): SchemePlan {
  const values = new Map(livingLabels(scheme).map(({ id, value }) => [id, value]));
  // What names a label that was merged means the one that it counts as.
  const valueOf = (id: string) => values.get(labelOf(scheme, id).id);
  const toValue = (id: string) => (id === anyLabel || id === sameLabel ? id : valueOf(id));
  return {
    labels: livingLabels(scheme).map(({ value, name, key, colour, guideline }) => ({
      value,
      name,
      ...(key !== undefined && { key }),
      colour,
      ...(guideline && { guideline }),
    })),
    attributes: living(scheme.attributes).map(({ id: _, deleted: __, labels, ...attribute }) => ({
      ...attribute,
      ...(labels && { labels: [...new Set(labels.flatMap((id) => valueOf(id) ?? []))] }),
    })),
    relations: living(scheme.relations).map(({ value, name, pairs, guideline }) => ({
      value,
      name,
      pairs: pairs.flatMap((pair) => {
        const [head, child] = [toValue(pair.head), toValue(pair.child)];
        return head !== undefined && child !== undefined ? [{ head, child }] : [];
      }),
      ...(guideline && { guideline }),
    })),
    documentLabels: living(scheme.documentLabels).map(({ value, name, guideline }) => ({
      value,
      name,
      ...(guideline && { guideline }),
    })),
    ...(scheme.guideline && { guideline: scheme.guideline }),
  };
}

function withAttribute(scheme: Scheme, { key, ...plan }: AttributePlan, keys: readonly string[]): Scheme {
  const isFree = key !== undefined && keys.includes(key) && isFreeKey(scheme, key);
  const attribute = attributeFrom({ ...plan, ...(isFree && { key }) }, scheme);
  return { ...scheme, attributes: [...scheme.attributes, attribute] };
}

function attributeFrom(
  { value, name, type, several, options, labels, required, key, guideline }: AttributePlan,
  scheme: Scheme,
): Attribute {
  return {
    id: newId(),
    value,
    name: name ?? nameOf(value),
    type,
    ...(several && { several }),
    ...(options && { options }),
    ...(labels && { labels: labels.flatMap((label) => idOf(label, scheme) ?? []) }),
    ...(required && { required }),
    ...(key !== undefined && { key }),
    ...(guideline && { guideline }),
  };
}

function relationFrom({ value, name, pairs, guideline }: RelationPlan, scheme: Scheme): RelationType {
  const toId = (label: string) => (label === anyLabel || label === sameLabel ? label : idOf(label, scheme));
  return {
    id: newId(),
    value,
    name: name ?? nameOf(value),
    pairs: pairs.flatMap((pair) => {
      const [head, child] = [toId(pair.head), toId(pair.child)];
      return head !== undefined && child !== undefined ? [{ head, child }] : [];
    }),
    ...(guideline && { guideline }),
  };
}

function idOf(value: string, scheme: Scheme): string | undefined {
  return livingLabels(scheme).find((label) => label.value === value)?.id;
}
