import { anyLabel, type LabelWish, type Scheme } from '../scheme.ts';
import { planOf, type SchemePlan } from './plan.ts';

/** What is said of a part, by aspect: words, or several things of which all should be known. */
type Aspects = Readonly<Record<string, string | readonly string[]>>;

interface Part {
  /** "the attribute “speaker”". */
  readonly name: string;
  readonly aspects: Aspects;
}

/**
 * Keeps account of what a project and files say of the parts of a scheme, of which the first word counts, and tells where
 * a file says something else. The same difference is told once, be it in every file of a folder.
 */
export class PartsSaid {
  readonly #known: Map<string, { readonly aspects: Aspects; readonly from: string }>;
  readonly #here: ReadonlyMap<string, string>;
  readonly #told = new Set<string>();

  constructor(scheme: Scheme) {
    const here = planOf(scheme);
    this.#known = new Map(
      partsOf(here).map(({ name, aspects }) => [name, { aspects, from: 'in the project' }]),
    );
    this.#here = new Map(here.labels.map(({ value, guideline }) => [value, guideline?.trim() ?? '']));
  }

  /** Sentences on what a file's plan says otherwise than what is known by now. */
  differences(plan: SchemePlan, file: string): readonly string[] {
    return partsOf(plan).flatMap(({ name, aspects }) => {
      const known = this.#known.get(name);
      if (!known) this.#known.set(name, { aspects, from: `in ${file}` });
      const other = known
        ? Object.keys(aspects).filter((key) => !covers(known.aspects[key], aspects[key]!))
        : [];
      const difference = JSON.stringify([name, other.map((key) => aspects[key])]);
      if (other.length === 0 || this.#told.has(difference)) return [];
      this.#told.add(difference);
      return [`${name} has another ${other.join(', and another ')} than ${known!.from}, which was kept.`];
    });
  }

  /** A sentence on a guideline that is not taken, as the project has the label without one. */
  guidelineLeft({ value, guideline = '' }: LabelWish): string | undefined {
    const told = `label ${value}`;
    if (this.#here.get(value) !== '' || guideline.trim() === '' || this.#told.has(told)) return undefined;
    this.#told.add(told);
    return `the label “${value}” has a guideline in the file and none in the project, which was left so.`;
  }
}

function partsOf({ guideline, attributes = [], relations = [], documentLabels = [] }: SchemePlan): Part[] {
  const ruled = (words = '') => (words.trim() === '' ? {} : { guideline: words.trim() });
  return [
    ...(guideline?.trim() ? [{ name: 'the scheme', aspects: ruled(guideline) }] : []),
    ...attributes.map(({ value, type, several, options, guideline: words }) => ({
      name: `the attribute “${value}”`,
      aspects: {
        kind: several ? `${type}, several` : type,
        ...(options && { 'list of options': options }),
        ...ruled(words),
      },
    })),
    ...relations.map(({ value, pairs, guideline: words }) => ({
      name: `the relation “${value}”`,
      aspects: {
        'list of labels to join': pairs.map(({ head, child }) => `${head} ${child}`),
        ...ruled(words),
      },
    })),
    ...documentLabels.map(({ value, guideline: words }) => ({
      name: `the document label “${value}”`,
      aspects: ruled(words),
    })),
  ];
}

function covers(known: string | readonly string[] = '', said: string | readonly string[]): boolean {
  if (typeof said === 'string') return known === said;
  return (
    known.includes(`${anyLabel} ${anyLabel}`) || said.every((one) => known !== '' && known.includes(one))
  );
}
