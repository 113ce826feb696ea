import type { Scheme } from '../scheme.ts';
import { schemeFrom, type SchemePlan } from './plan.ts';

const rules = [
  'Mark the words that carry one act.',
  '- Direct quotation: the quoted words of that act, without the quotation marks, the "X said" part and closing punctuation; split a quotation that contains several acts.\n- Reported speech: from the act verb (accuse, allege, deny, dismiss, urge, call for, demand, warn against) to the end of what depends on it. Neutral verbs (say, tell, add, according to, state) stay outside.\n- The speaker\'s name, date and place stay outside; they go into attributes.\n- If an opening quotation mark falls inside the span, its closing mark (and punctuation caught before it) does too.\n- Spans of these labels do not overlap; one span = one act.\n- The reporter\'s own background sentences, headlines without a source, and statements that something was NOT said are not marked.\n- When unsure about the edge, prefer the shorter span that still makes sense alone.',
  'When one span could be two labels: denial before accusation before appeal before claim.',
].join('\n\n');

const claim = [
  'A speaker puts something forward as true: an event, a state, a cause, a forecast, or their own action. Whether it is true plays no role. Include the full proposition with its time, place, numbers and hedges ("probably"), since those decide what would have to be checked.',
  '**Typical cues:** say, state, report, maintain, insist, argue, confirm, announce, claim, according to, in the view of; no cue at all in a quotation.',
  '**Borderline:** a norm with someone who should act ("must withdraw") is an appeal; blame on a recognisable party is an accusation; a claim of responsibility ("we carried out the strike") is a claim; opinions count when presented as so ("violence solves nothing"); pure feelings and greetings do not.',
  '**Examples:** Minister Arvel said [the northern road has been open since Tuesday]. — "[Our units hold both banks of the river]," the general stated.',
].join('\n\n');

const denial = [
  'A speaker says no to something already in play: that a claim or accusation is true, that they are responsible, or (kind reject) that they will follow an appeal, proposal or plan. Include the act verb with its object, also when the object is only "that" or "the report"; for a quotation the denying words. Link it with `denies` (claim, accusation) or `rejects` (appeal) whenever the other span is in the document. Target = whoever brought the charge or made the appeal.',
  '**Cues:** deny, reject, dismiss, refute, rebut, dispute, call baseless/false/fabricated, "not true", "has nothing to do with".',
  '**Borderline:** a plain negative sentence without an earlier assertion is a claim; "declined to comment" is nothing; "denied access" is not this label; denial plus counter-charge = two spans.',
  '**Examples:** The ministry [rejected the report as pure invention]. — "[We have never supplied a single rocket]," the envoy replied.',
].join('\n\n');

const appeal = [
  'A speaker wants somebody else to do, stop or allow something: request, call, urging, invitation, demand, warning against. Include the wish and what is wanted; with a verb of asking also that verb. Target = the party that should act, even when only implied.',
  '**Cues:** urge, call on/for, appeal, ask, invite, demand, insist that ... should, warn against, must, should, ought to, let us, need to, imperative.',
  '**Borderline:** "we will withdraw" (own action) is a promise, not an appeal; "X should have known" looks back and is an accusation; a question for information is not an appeal; a threat ("or else") is not labelled, the demand in it is.',
  '**Examples:** The council [called on both capitals to reopen the crossing]. — "[Let the observers in]," she told the assembly.',
].join('\n\n');

const accusation = [
  'A speaker attributes a wrong (crime, aggression, breach, lie, failure) to a party that can be identified from the text. Include verb, accused and alleged wrong. Target = the accused.',
  '**Cues:** accuse, allege, blame, charge, condemn, denounce, hold responsible, point the finger at, unacceptable, violate, provoke.',
  "**Borderline:** criticism of a policy without any wrong-doer is a claim; a wrong-doer recoverable only from the previous sentence counts (certainty: medium); a court's verdict reported as fact is not an accusation; reports that somebody refrained from accusing are not marked.",
  '**Examples:** Premier Dolan [blamed the coalition for shelling the market]. — "[They broke the truce within an hour]," the spokesman said of the southern army.',
].join('\n\n');

/** Claims, denials, appeals and accusations of named speakers: what a new project starts with. */
export const speechActPlan: SchemePlan = {
  guideline: rules,
  labels: [
    { value: 'claim', guideline: claim },
    { value: 'denial', guideline: denial },
    { value: 'appeal', guideline: appeal },
    { value: 'accusation', guideline: accusation },
  ],
  attributes: [
    { value: 'speaker', type: 'text', several: true, key: 's' },
    { value: 'target', type: 'text', several: true, key: 't' },
    { value: 'quotation', type: 'one', options: ['direct', 'indirect', 'mixed'], key: 'q' },
    { value: 'certainty', type: 'one', options: ['high', 'medium', 'low'], key: 'c' },
    { value: 'kind', type: 'one', options: ['deny', 'reject'], labels: ['denial'], key: 'k' },
    { value: 'force', type: 'one', options: ['request', 'demand'], labels: ['appeal'], key: 'x' },
  ],
  relations: [
    {
      value: 'denies',
      pairs: [
        { head: 'denial', child: 'claim' },
        { head: 'denial', child: 'accusation' },
      ],
    },
    { value: 'rejects', pairs: [{ head: 'denial', child: 'appeal' }] },
    { value: 'supports', pairs: [{ head: 'any', child: 'any' }] },
    { value: 'restates', pairs: [{ head: 'any', child: 'same' }] },
  ],
};

export function speechActs(): Scheme {
  return schemeFrom(speechActPlan);
}
