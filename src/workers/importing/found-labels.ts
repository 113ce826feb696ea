import type { FoundLabel } from '../../core/import-plan.ts';
import { livingLabels, type LabelWish, type Scheme } from '../../core/scheme.ts';
import { freeValue } from '../../core/schemes/editing.ts';

/** The labels of so many spans each, with what is proposed for them in a project of that scheme, the commonest first. */
export function foundLabels(
  spans: ReadonlyMap<string, number>,
  wishes: ReadonlyMap<string, LabelWish>,
  scheme: Scheme,
): FoundLabel[] {
  const values = [...spans].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  const taken = [...scheme.labels, ...values.map(([value]) => ({ value }))];
  const alike = new AlikeNames([
    ...livingLabels(scheme).map(({ value }) => value),
    ...values.map(([value]) => value),
  ]);
  return values.map(([value, count]) => ({
    ...{ value, spans: count },
    ...proposal(value, wishes.get(value), scheme, taken, alike),
  }));
}

/** Whether a label of that machine name is here, and both sides say what they mean by it and mean something else. */
function meansOther({ value, guideline }: LabelWish, scheme: Scheme): boolean {
  return isOtherMeaning(livingLabels(scheme).find((label) => label.value === value)?.guideline, guideline);
}

export function isOtherMeaning(here = '', there = ''): boolean {
  return here.trim() !== '' && there.trim() !== '' && here.trim() !== there.trim();
}

/** By the machine name, unless both sides say what they mean by it and mean something else: then it is another label. */
function proposal(
  value: string,
  wish: LabelWish | undefined,
  scheme: Scheme,
  taken: readonly { readonly value: string }[],
  alike: AlikeNames,
): Omit<FoundLabel, 'value' | 'spans'> {
  const here = livingLabels(scheme).find((label) => label.value === value);
  const other = here ? undefined : alike.to(value);
  if (!here)
    return { proposal: { to: 'create', value }, ...(other !== undefined && { alikeButCapitals: other }) };
  if (!wish || !meansOther(wish, scheme)) return { proposal: { to: 'map', labelId: here.id } };
  return { proposal: { to: 'create', value: freeValue(value, taken) }, otherMeaning: true };
}

/** Machine names that differ in capitals alone. */
export class AlikeNames {
  readonly #first = new Map<string, string>();

  constructor(values: readonly string[]) {
    for (const value of values) this.add(value);
  }

  add(value: string): void {
    if (!this.#first.has(small(value))) this.#first.set(small(value), value);
  }

  /** The first of the names that is the value but for capitals, if that is another one. */
  to(value: string): string | undefined {
    const first = this.#first.get(small(value));
    return first === value ? undefined : first;
  }
}

function small(value: string): string {
  return value.normalize('NFC').toLowerCase();
}
