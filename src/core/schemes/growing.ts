import { v7 as newId } from 'uuid';
import {
  labelKeys,
  living,
  nameOf,
  type Attribute,
  type DocumentLabel,
  type Label,
  type LabelWish,
  type RelationType,
  type Scheme,
} from '../scheme.ts';
import { withPlan, type SchemePlan } from './plan.ts';

/** What a scheme has that an earlier one did not. */
export interface NewParts {
  readonly labels: readonly Label[];
  readonly attributes: readonly Attribute[];
  readonly relations: readonly RelationType[];
  readonly documentLabels: readonly DocumentLabel[];
}

export function newIn(before: Scheme, after: Scheme): NewParts {
  return {
    labels: missingIn(before.labels, after.labels),
    attributes: missingIn(before.attributes, after.attributes),
    relations: missingIn(before.relations, after.relations),
    documentLabels: missingIn(before.documentLabels, after.documentLabels),
  };
}

function missingIn<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
): readonly T[] {
  const known = new Set(before.map(({ id }) => id));
  return after.filter(({ id }) => !known.has(id));
}

/** The document label of that machine name, which is made if the scheme lacks it. */
export function withDocumentLabel(
  scheme: Scheme,
  value: string,
): { readonly scheme: Scheme; readonly label: DocumentLabel } {
  const known = living(scheme.documentLabels).find((label) => label.value === value);
  if (known) return { scheme, label: known };
  const label = { id: newId(), value, name: nameOf(value) };
  return { scheme: { ...scheme, documentLabels: [...scheme.documentLabels, label] }, label };
}

/**
 * The scheme with the attributes, relation types, document labels and rules of a plan that it lacks, and of the labels
 * wished for only those that these refer to.
 */
export function withNeeded(
  scheme: Scheme,
  plan: SchemePlan,
  wishes: readonly LabelWish[],
  keys: readonly string[] = labelKeys,
): Scheme {
  const lacks = (known: readonly { value: string; deleted?: true }[]) => {
    const values = new Set(living(known).map(({ value }) => value));
    return ({ value }: { readonly value: string }) => !values.has(value);
  };
  const needed = new Set([
    ...(plan.attributes ?? []).filter(lacks(scheme.attributes)).flatMap(({ labels }) => labels ?? []),
    ...(plan.relations ?? [])
      .filter(lacks(scheme.relations))
      .flatMap(({ pairs }) => pairs.flatMap(({ head, child }) => [head, child])),
  ]);
  const labels = wishes.filter(({ value }) => needed.has(value));
  const grown = withPlan(scheme, { ...plan, labels }, keys);
  return plan.guideline && !scheme.guideline ? { ...grown, guideline: plan.guideline } : grown;
}
