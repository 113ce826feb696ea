import { fileProblem, type FileProblem, type Outcome } from '../../core/problem.ts';
import { anyLabel } from '../../core/scheme.ts';
import type { AttributePlan, RelationPlan } from '../../core/schemes/plan.ts';
import { definitionsOf, type Definition, type SectionName } from './brat-lines.ts';
import type { SchemeReading } from './scheme-json.ts';

/** As many label pairs a relation type may list; beyond that it is made to join any labels. */
const mostPairs = 2000;

/**
 * Reads brat's `annotation.conf`: entities and event triggers as labels, relations and the roles of events as relation
 * types, attributes as attributes. What a scheme here does not hold is a problem with its line.
 */
export function readBratConf(file: string, text: string): SchemeReading {
  return new BratConf(file, text).read();
}

class BratConf {
  readonly #file: string;
  readonly #definitions: readonly Definition[];
  readonly #problems: FileProblem[];
  readonly #entities: ReadonlySet<string>;
  readonly #events: ReadonlySet<string>;
  readonly #relations = new Map<string, Map<string, RelationPlan['pairs'][number]>>();
  readonly #attributes = new Map<string, AttributePlan>();

  constructor(file: string, text: string) {
    const { definitions, faults } = definitionsOf(text);
    this.#file = file;
    this.#definitions = definitions;
    this.#problems = faults.map(({ line, fault }) => fileProblem('skipped', file, `${fault}.`, line));
    this.#entities = this.#labelsOf('entities');
    this.#events = this.#labelsOf('events');
  }

  read(): SchemeReading {
    this.#complainOfTypes();
    for (const definition of this.#in('relations')) this.#readRelation(definition);
    for (const definition of this.#in('events')) this.#readEvent(definition);
    for (const definition of this.#in('attributes')) this.#readAttribute(definition);
    const problems = this.#problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    const labels = [...new Set([...this.#entities, ...this.#events])];
    if (labels.length === 0 && this.#relations.size === 0 && this.#attributes.size === 0) {
      const message =
        'no scheme could be read from this file: it names no entities, relations, events or attributes.';
      return { problems: [fileProblem('refused', this.#file, message), ...problems] };
    }
    return {
      plan: {
        labels: labels.map((value) => ({ value })),
        attributes: [...this.#attributes.values()],
        relations: [...this.#relations].map(([value, pairs]) => ({ value, pairs: [...pairs.values()] })),
        documentLabels: [],
      },
      problems,
    };
  }

  #in(section: SectionName): readonly Definition[] {
    return this.#definitions.filter((definition) => definition.section === section);
  }

  #labelsOf(section: SectionName): ReadonlySet<string> {
    return new Set(this.#in(section).flatMap(({ name, isSelectable }) => (isSelectable ? [name] : [])));
  }

  #complain(line: number, message: string, outcome: Outcome = 'skipped'): void {
    this.#problems.push(fileProblem(outcome, this.#file, message, line));
  }

  #complainOfTypes(): void {
    const types = [...this.#in('entities'), ...this.#in('events')];
    const nested = types.find(({ depth }) => depth > 0);
    if (nested)
      this.#complain(
        nested.line,
        'types stand under one another here; all that can be marked with are labels side by side.',
        'adjusted',
      );
    for (const { name, line, args } of this.#in('entities'))
      if (args.length > 0)
        this.#complain(line, `what stands behind “${name}” is not held here and was skipped.`);
    for (const section of ['entities', 'events'] as const) {
      const seen = new Set<string>();
      for (const { name, line } of this.#in(section)) {
        if (seen.has(name)) this.#complain(line, `“${name}” stands here twice, and is one label.`);
        seen.add(name);
      }
    }
  }

  #readRelation({ name, args, line }: Definition): void {
    if (name === '<OVERLAP>')
      return this.#complain(line, 'rules on which spans may overlap are not held here: all may.');
    const ends = args.filter((argument) => !isSpecial(argument.key));
    for (const { key, value } of args.filter((argument) => isSpecial(argument.key)))
      this.#complain(line, `that “${name}” is ${value || key} is not held here.`);
    const [head, child, ...more] = ends;
    if (!head || !child)
      return this.#complain(line, `the relation “${name}” was skipped: it names no two ends, Arg1 and Arg2.`);
    for (const { key } of more)
      this.#complain(line, `the end ${key} of “${name}” was skipped: a relation here has two.`);
    for (const { key, count } of [head, child]) if (count) this.#complainOfCount(line, name, key);
    this.#join(name, this.#typesOf(head.value, name, line), this.#typesOf(child.value, name, line), line);
  }

  /** Each role of an event is a relation type from the trigger to what fills the role. */
  #readEvent({ name, args, line, isSelectable }: Definition): void {
    for (const { key, value, count } of args) {
      if (isSpecial(key) || !isSelectable) {
        this.#complain(line, `what “${name}” says of ${key} is not held here and was skipped.`);
        continue;
      }
      if (count) this.#complainOfCount(line, name, key);
      this.#join(key, [name], this.#typesOf(value, name, line), line);
    }
  }

  #complainOfCount(line: number, name: string, key: string): void {
    this.#complain(line, `how often “${name}” may or must have ${key} is not held here.`);
  }

  #readAttribute({ name, args, line }: Definition): void {
    if (this.#attributes.has(name))
      return this.#complain(line, `the attribute “${name}” stands here twice; this one was skipped.`);
    const given = new Map(args.map(({ key, value }) => [key, value]));
    for (const { key } of args)
      if (key !== 'Arg' && key !== 'Value')
        this.#complain(line, `what the attribute “${name}” says of ${key} is not held here and was skipped.`);
    const types = this.#typesOf(given.get('Arg') ?? '', name, line);
    const value = given.get('Value');
    const options = alternatives(value ?? '');
    if (types.length === 0 || (value !== undefined && options.length === 0)) {
      const fault = types.length === 0 ? 'no label has it' : 'it has no values to choose among';
      return this.#complain(line, `the attribute “${name}” was skipped: ${fault}.`);
    }
    this.#attributes.set(name, {
      value: name,
      ...(value === undefined ? { type: 'yes-no' } : { type: 'one', options }),
      ...(!types.includes(anyLabel) && { labels: types }),
    });
  }

  /** The labels that alternatives such as `Person|<EVENT>` mean; `any` alone when they are all. */
  #typesOf(value: string, name: string, line: number): readonly string[] {
    const all = new Set<string>();
    for (const type of alternatives(value)) {
      if (type === '<ANY>') return [anyLabel];
      const meant =
        type === '<ENTITY>' ? this.#entities : type === '<EVENT>' ? this.#events : this.#labelNamed(type);
      if (!meant) this.#complain(line, `“${name}” goes without ${type}, which is no label here.`, 'adjusted');
      for (const label of meant ?? []) all.add(label);
    }
    const labels = new Set([...this.#entities, ...this.#events]);
    return all.size > 0 && all.size === labels.size ? [anyLabel] : [...all];
  }

  #labelNamed(type: string): ReadonlySet<string> | undefined {
    return this.#entities.has(type) || this.#events.has(type) ? new Set([type]) : undefined;
  }

  #join(name: string, heads: readonly string[], children: readonly string[], line: number): void {
    const pairs = this.#relations.get(name) ?? new Map<string, RelationPlan['pairs'][number]>();
    this.#relations.set(name, pairs);
    if (pairs.size + heads.length * children.length > mostPairs) {
      pairs.set(JSON.stringify([anyLabel, anyLabel]), { head: anyLabel, child: anyLabel });
      const message = `“${name}” may join any labels here, as it would have more than ${mostPairs} pairs of them.`;
      return this.#complain(line, message, 'adjusted');
    }
    for (const head of heads)
      for (const child of children) pairs.set(JSON.stringify([head, child]), { head, child });
  }
}

function alternatives(value: string): string[] {
  return [...new Set(value.split('|').map((one) => one.trim()))].filter((one) => one !== '');
}

/** Names in angle brackets, such as `<REL-TYPE>`, say something of the line itself. */
function isSpecial(key: string): boolean {
  return key.startsWith('<');
}
