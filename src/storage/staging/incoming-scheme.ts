import type { LabelDecision } from '../../core/import-plan.ts';
import {
  labelKeys,
  labelOf,
  livingLabels,
  withLabel,
  type LabelWish,
  type Scheme,
} from '../../core/scheme.ts';
import { newIn, withDocumentLabel, withNeeded, type NewParts } from '../../core/schemes/growing.ts';
import { withRelationType, type SchemePlan } from '../../core/schemes/plan.ts';
import { relationTypeOf } from '../../core/schemes/relation-type.ts';
import type { Sheet } from '../../core/sheet.ts';

/** The scheme of a project, which grows by what an import needs of it. */
export class IncomingScheme {
  readonly #before: Scheme;
  /** The keys that what is new may have. */
  readonly #keys: readonly string[];
  readonly #wishes = new Map<string, LabelWish>();
  #scheme: Scheme;

  readonly #decisions: Readonly<Record<string, LabelDecision>>;

  constructor(
    scheme: Scheme,
    keys: readonly string[] = labelKeys,
    decisions: Readonly<Record<string, LabelDecision>> = {},
  ) {
    this.#decisions = decisions;
    this.#before = scheme;
    this.#scheme = scheme;
    this.#keys = keys;
  }

  /** The scheme with all that was needed so far; the same object as before when it lacked nothing. */
  get now(): Scheme {
    return this.#scheme;
  }

  /** What the scheme lacked. */
  get created(): NewParts {
    return newIn(this.#before, this.#scheme);
  }

  /** Notes how a label is to look, should the scheme lack it; the first to describe one is believed. */
  wish(label: LabelWish): void {
    const known = this.#wishes.get(label.value);
    if ((known?.guideline?.trim() ?? '') === '') this.#wishes.set(label.value, label);
  }

  /** The label that spans of this machine name are given; `undefined` when they are to be left out. */
  labelId(value: string): string | undefined {
    const decision = Object.hasOwn(this.#decisions, value) ? this.#decisions[value] : undefined;
    if (decision?.to === 'ignore') return undefined;
    const chosen = decision?.to === 'map' ? labelOf(this.#scheme, decision.labelId).id : undefined;
    // It may be gone since it was chosen: spans would come in under it and not be seen.
    if (livingLabels(this.#scheme).some(({ id }) => id === chosen)) return chosen;
    const wish = {
      ...this.#wishes.get(value),
      value: decision?.to === 'create' ? decision.value : value,
    };
    const { scheme, label } = withLabel(this.#scheme, wish, this.#keys);
    this.#scheme = scheme;
    return label.id;
  }

  relationTypeId(value: string): string {
    const { scheme, type } = withRelationType(this.#scheme, value);
    this.#scheme = scheme;
    return type.id;
  }

  documentLabelId(value: string): string {
    const { scheme, label } = withDocumentLabel(this.#scheme, value);
    this.#scheme = scheme;
    return label.id;
  }

  takePlan(plan: SchemePlan): void {
    this.#scheme = withNeeded(this.#scheme, plan, [...this.#wishes.values()], this.#keys);
  }

  /** The sheet with the labels and types that its marks count as now, so that they are known again. */
  asNow({ spans, relations }: Sheet): Sheet {
    return {
      spans: spans.map((span) => ({ ...span, label: labelOf(this.#scheme, span.label).id })),
      relations: relations.map((relation) => ({
        ...relation,
        label: relationTypeOf(this.#scheme, relation.label).id,
      })),
    };
  }
}
