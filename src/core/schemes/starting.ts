import { speechActPlan } from './speech-acts.ts';
import type { SchemePlan } from './plan.ts';

/** A scheme that a new project can start with. */
export interface StartingScheme {
  readonly id: string;
  readonly name: string;
  /** What it is good for, in a sentence. */
  readonly purpose: string;
  readonly plan: SchemePlan;
}

const argumentPlan: SchemePlan = {
  guideline: [
    'Mark what the author argues, not what is only told.',
    '- One span holds one proposition that can be true or false, accepted or refused. A sentence with two of them has two spans.\n- Leave out the words that only announce an argument ("I think that", "for this reason", "as everybody knows").\n- Do not overlap spans. Draw a relation for each step from a reason to what it speaks for or against.\n- Judge by the part that a sentence plays in this text: the same words may be a claim here and a premise there.',
  ].join('\n\n'),
  labels: [
    {
      value: 'major_claim',
      name: 'Major claim',
      guideline:
        'The stand that the whole text takes. Most texts have one, often put once at the start and once at the end: mark each.\n\n**Ask:** which sentence would the author keep if all others had to go?\n\n**Example:** So I maintain that [the harbour should stay closed to tankers].',
    },
    {
      value: 'claim',
      guideline:
        'A disputable statement that speaks for or against the major claim and is itself given reasons. Set its stance.\n\n**Borderline:** what no one in the text gives a reason for is a premise; what the text as a whole is about is the major claim.\n\n**Example:** First, [tankers put the oyster beds at risk].',
    },
    {
      value: 'premise',
      guideline:
        'A reason: evidence, an example, a figure, a comparison, a rule taken for granted. It supports or attacks a claim or another premise.\n\n**Borderline:** background that no conclusion is drawn from is not marked.\n\n**Example:** [In 2019 a single leak killed two thirds of the stock.]',
    },
  ],
  attributes: [
    {
      value: 'stance',
      type: 'one',
      options: ['for', 'against'],
      labels: ['claim'],
      guideline: 'Whether the claim speaks for or against the major claim.',
    },
  ],
  relations: [
    {
      value: 'supports',
      pairs: [
        { head: 'premise', child: 'premise' },
        { head: 'premise', child: 'claim' },
        { head: 'premise', child: 'major_claim' },
        { head: 'claim', child: 'major_claim' },
      ],
      guideline: 'From the reason to what it makes more acceptable.',
    },
    {
      value: 'attacks',
      pairs: [
        { head: 'premise', child: 'premise' },
        { head: 'premise', child: 'claim' },
        { head: 'premise', child: 'major_claim' },
        { head: 'claim', child: 'claim' },
        { head: 'claim', child: 'major_claim' },
      ],
      guideline: 'From the objection to what it makes less acceptable.',
    },
  ],
};

const quotationPlan: SchemePlan = {
  guideline: [
    'Mark who says what, and by which words the text says so.',
    '- The parts of one report of speech are three spans: what is said, who says it, and the cue between them. Link them with relations, also across sentences.\n- A quotation that the reporter breaks off with "she said" and takes up again is two spans; both lead to the same speaker.\n- Quotation marks stay outside. Thoughts and beliefs count when the text gives them as somebody’s words.',
  ].join('\n\n'),
  labels: [
    {
      value: 'quotation',
      guideline:
        'The words, or the content, that somebody is reported to have said. Set whether it is direct (their words, in quotation marks), indirect (the reporter’s words), or mixed.\n\n**Borderline:** single words in quotation marks that only show distance are not marked.\n\n**Example:** “[We were never asked],” the mayor complained.',
    },
    {
      value: 'speaker',
      guideline:
        'The words that name whoever speaks, as long as the name goes: with title and office, without the cue. A pronoun is marked too; put the full name into the attribute of the quotation.\n\n**Example:** “We were never asked,” [the mayor] complained.',
    },
    {
      value: 'cue',
      guideline:
        'The word or words that say that something is said: a verb, “according to”, “in the words of”. Without adverbs.\n\n**Example:** “We were never asked,” the mayor [complained].',
    },
  ],
  attributes: [
    {
      value: 'form',
      type: 'one',
      options: ['direct', 'indirect', 'mixed'],
      labels: ['quotation'],
      key: 'q',
    },
    {
      value: 'speaker',
      name: 'Speaker’s name',
      type: 'text',
      labels: ['quotation'],
      key: 's',
      guideline: 'The full name, also where the text has only a pronoun, an office, or nothing.',
    },
  ],
  relations: [
    { value: 'said_by', name: 'Said by', pairs: [{ head: 'quotation', child: 'speaker' }] },
    { value: 'introduced_by', name: 'Introduced by', pairs: [{ head: 'quotation', child: 'cue' }] },
    {
      value: 'continues',
      pairs: [{ head: 'quotation', child: 'quotation' }],
      guideline: 'From the later part of a quotation that was broken off to the earlier one.',
    },
  ],
};

const entityPlan: SchemePlan = {
  guideline: [
    'Mark names: words that stand for one particular thing, wherever they occur.',
    '- Take the whole name with its parts ("Bank of the Two Rivers"), without articles and titles ("the", "Dr") unless they belong to it.\n- Descriptions ("the president") and pronouns are not names.\n- Label by what is meant in this place: a country that signs a treaty is an organisation in some schemes; here it stays a place.\n- Names inside names are not marked again.',
  ].join('\n\n'),
  labels: [
    {
      value: 'PER',
      name: 'Person',
      guideline:
        'Given names, family names, nicknames, also of characters and animals.\n\n**Example:** [Ada Lovelace] wrote to [Babbage].',
    },
    {
      value: 'ORG',
      name: 'Organisation',
      guideline:
        'Firms, parties, authorities, teams, papers, bands: groups of people under a name.\n\n**Example:** The [Harbour Authority] fined [Norlin Shipping].',
    },
    {
      value: 'LOC',
      name: 'Place',
      guideline:
        'Countries, towns, rivers, streets, buildings when they are a place to be.\n\n**Example:** From [Velt] the road follows the [Ane].',
    },
    {
      value: 'MISC',
      name: 'Other name',
      guideline:
        'What has a name and is none of these: events, works, laws, languages, peoples, products.\n\n**Example:** The [Ane Accord] was signed in [Sarnian].',
    },
  ],
};

/** What can be chosen for a new project, the default first. */
export const startingSchemes: readonly StartingScheme[] = [
  {
    id: 'speech-acts',
    name: 'Speech acts',
    purpose: 'Claims, denials, appeals and accusations, with who speaks and who is meant.',
    plan: speechActPlan,
  },
  {
    id: 'arguments',
    name: 'Argument components',
    purpose: 'What a text argues, and which reasons support or attack what.',
    plan: argumentPlan,
  },
  {
    id: 'quotations',
    name: 'Quotations with speakers',
    purpose: 'What is said, who says it, and by which words the text says so.',
    plan: quotationPlan,
  },
  {
    id: 'entities',
    name: 'Named entities',
    purpose: 'Names of people, organisations, places and other things.',
    plan: entityPlan,
  },
  { id: 'empty', name: 'Empty', purpose: 'No labels yet: make your own.', plan: { labels: [] } },
];
