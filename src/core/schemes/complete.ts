import { emptyScheme, livingLabels, type Label, type Scheme } from '../scheme.ts';
import { withPlan } from './plan.ts';
import { speechActPlan } from './speech-acts.ts';

/**
 * A scheme as Locution 0.1 stored it, when there were only labels, with what schemes have since. One that marks the four
 * speech acts is given their attributes, relations and guidelines; no label changes its id, name, colour or key.
 */
export function completeScheme(stored: Partial<Scheme> & Pick<Scheme, 'labels'>): Scheme {
  const scheme = { ...emptyScheme, ...stored };
  if (stored.attributes !== undefined || !marksSpeechActs(scheme)) return scheme;
  const { guideline = '' } = speechActPlan;
  return { guideline, ...withPlan({ ...scheme, labels: scheme.labels.map(withGuideline) }, speechActPlan) };
}

function marksSpeechActs(scheme: Scheme): boolean {
  const values = new Set(livingLabels(scheme).map(({ value }) => value));
  return speechActPlan.labels.every(({ value }) => values.has(value));
}

function withGuideline(label: Label): Label {
  const guideline = speechActPlan.labels.find(({ value }) => value === label.value)?.guideline;
  return guideline === undefined ? label : { guideline, ...label };
}
