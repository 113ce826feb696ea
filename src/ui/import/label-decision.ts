import type { LabelDecision } from '../../core/import-plan.ts';

/** A decision as the value of an option. */
export function decided(decision: LabelDecision): string {
  if (decision.to === 'ignore') return 'ignore';
  return decision.to === 'map' ? `map:${decision.labelId}` : `create:${decision.value}`;
}

export function decisionOf(value: string): LabelDecision {
  if (value.startsWith('map:')) return { to: 'map', labelId: value.slice(4) };
  return value.startsWith('create:') ? { to: 'create', value: value.slice(7) } : { to: 'ignore' };
}
