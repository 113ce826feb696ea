import { v7 as newId } from 'uuid';
import { noEdit, relationEntry } from '../../core/change.ts';
import type { Relation } from '../../core/relation.ts';
import { anyLabel, type RelationType } from '../../core/scheme.ts';
import { mayJoin, relationTypeOf, typesFrom } from '../../core/schemes/relation-type.ts';
import { emptySheet } from '../../core/sheet.ts';
import type { Span } from '../../core/span.ts';
import { shortened } from './quoting.ts';
import type { OpenDocument } from '../documents/open-document.svelte.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

/** A relation on its way: from which span, of which type, and to which of the spans that it may lead to. */
export interface Link {
  readonly documentId: string;
  readonly headId: string;
  /** The types that may lead from the head to some span here. */
  readonly types: readonly RelationType[];
  readonly type: RelationType;
  readonly targetId: string | undefined;
}

/** Joins spans by relations. Making one takes two steps: choosing its end, which changes nothing, and confirming. */
export class Linking {
  readonly #place: Workplace;
  readonly #recorder: Recorder;
  #link = $state.raw<Link>();

  /** The relation on its way; none once its head has lost the focus. */
  readonly current = $derived.by(() => {
    const open = this.#place.open;
    return this.#link && open?.id === this.#link.documentId && this.#head ? this.#link : undefined;
  });
  /** The spans that the relation may lead to, in text order. */
  readonly targets = $derived.by(() => {
    const [link, head] = [this.current, this.#head];
    return link && head ? this.#targetsOf(link.type, head) : [];
  });
  readonly target = $derived(this.targets.find(({ id }) => id === this.#link?.targetId));

  constructor(place: Workplace, recorder: Recorder) {
    this.#place = place;
    this.#recorder = recorder;
  }

  /** Starts a relation from the focused span, towards the nearest span before it that fits. */
  start(): void {
    const open = this.#place.open;
    const head = open?.focused;
    if (!open || !head) return this.#say('Focus a span first: click it, or press N for the next one.');
    const { scheme } = this.#place.project;
    const types = typesFrom(scheme, head, open.spans).filter((type) => this.#first(type, head));
    if (types.length === 0)
      return this.#say(`No relation leads from this ${this.#name(head)} to another span here.`);
    const type = this.#nearest(types, head, open);
    this.#link = { documentId: open.id, headId: head.id, types, type, targetId: this.#first(type, head)?.id };
    this.#tell();
  }

  leave(): void {
    if (!this.current) return;
    this.#end();
    this.#say('No relation was made.');
  }

  /** Goes to the next or the previous span that fits, around the ends of the text. */
  step(direction: 1 | -1): void {
    const { targets, target } = this;
    if (targets.length === 0) return;
    const at = target ? targets.indexOf(target) : direction > 0 ? -1 : 0;
    this.aim(targets[(at + direction + targets.length) % targets.length]!);
  }

  /** Chooses a span as the end, if it fits. */
  aim(span: Span): boolean {
    if (!this.current || !this.targets.some(({ id }) => id === span.id)) return false;
    this.#link = { ...this.current, targetId: span.id };
    this.#tell();
    return true;
  }

  /**
   * Takes a click on these spans, innermost first: it aims at the first that fits, then at the next outwards. A click on
   * the one that is aimed at already makes the relation; one on nothing that fits aims at nothing.
   */
  pick(innermostFirst: readonly Span[]): void {
    const { target, current: link } = this;
    const fitting = innermostFirst.filter(({ id }) => this.targets.some((span) => span.id === id));
    const at = fitting.findIndex(({ id }) => id === target?.id);
    if (fitting.length === 1 && at === 0) this.confirm();
    else if (fitting.length > 0) this.aim(fitting[(at + 1) % fitting.length]!);
    else if (link) this.#link = { ...link, targetId: undefined };
  }

  /** Makes it a relation of another type; its end stays if that fits. */
  choose(type: RelationType): void {
    const [link, head, target] = [this.current, this.#head, this.target];
    if (!link || !head) return;
    const fits = target && this.#targetsOf(type, head).includes(target);
    this.#link = { ...link, type, targetId: fits ? target.id : this.#first(type, head)?.id };
    this.#tell();
  }

  /** Turns to the next type that fits. */
  turn(direction: 1 | -1): void {
    const link = this.current;
    if (!link) return;
    const at = link.types.findIndex(({ id }) => id === link.type.id);
    this.choose(link.types[(at + direction + link.types.length) % link.types.length]!);
  }

  /** Makes the relation. */
  confirm(): void {
    const [link, head, target, open] = [this.current, this.#head, this.target, this.#place.open];
    if (!link || !head || !open) return;
    if (!target) return this.#say('Choose the other span first: click it, or press Tab.');
    this.#end();
    const value: Relation = {
      id: newId(),
      head: head.id,
      child: target.id,
      label: link.type.id,
      annotator: this.#recorder.annotator,
      attributes: {},
    };
    const title = `Related: ${this.#name(head)} ${link.type.name.toLowerCase()} “${shortened(target.text, 40)}”`;
    this.#say(title);
    void this.#recorder.record('do', title, { ...noEdit, added: [relationEntry(open.id, value)] });
  }

  remove(relation: Relation): void {
    const open = this.#place.open;
    if (!open) return;
    const title = `Removed the relation ${this.type(relation).name.toLowerCase()}`;
    this.#say(title);
    void this.#recorder.record('do', title, { ...noEdit, removed: [relationEntry(open.id, relation)] });
  }

  /** Turns a relation around, if its type may join the two spans that way as well. */
  reverse(relation: Relation): void {
    const open = this.#place.open;
    const [head, child] = [relation.child, relation.head].map((id) =>
      open?.spans.find((span) => span.id === id),
    );
    if (!open || !head || !child) return;
    const type = this.type(relation);
    if (!mayJoin(this.#place.project.scheme, type, head, child))
      return this.#say(`“${type.name}” does not lead from ${this.#name(head)} to ${this.#name(child)}.`);
    const title = `Reversed the relation ${type.name.toLowerCase()}`;
    const after = { ...relation, head: head.id, child: child.id };
    this.#say(title);
    const update = { before: relationEntry(open.id, relation), after: relationEntry(open.id, after) };
    void this.#recorder.record('do', title, { ...noEdit, updated: [update] });
  }

  type({ label }: Relation): RelationType {
    return relationTypeOf(this.#place.project.scheme, label);
  }

  /** Goes back to where the caret is. */
  #end(): void {
    const open = this.#place.open;
    this.#link = undefined;
    open?.place({ anchor: open.caret, head: open.caret });
  }

  get #head(): Span | undefined {
    const focused = this.#place.open?.focused;
    return focused?.id === this.#link?.headId ? focused : undefined;
  }

  #isOf(relation: Relation, type: RelationType): boolean {
    return this.type(relation).id === type.id;
  }

  /** The spans that it may lead to and does not yet. */
  #targetsOf(type: RelationType, head: Span): readonly Span[] {
    const { scheme } = this.#place.project;
    const { spans, sheet } = this.#place.open ?? { spans: [], sheet: emptySheet };
    const related = new Set(
      sheet.relations.flatMap((relation) =>
        relation.head === head.id && this.#isOf(relation, type) ? [relation.child] : [],
      ),
    );
    return spans.filter((span) => !related.has(span.id) && mayJoin(scheme, type, head, span));
  }

  /** The nearest span before the head that fits, else the nearest behind it. */
  #first(type: RelationType, head: Span): Span | undefined {
    const targets = this.#targetsOf(type, head);
    return targets.findLast(({ start }) => start <= head.start) ?? targets[0];
  }

  /**
   * Among the narrowest types one that leads away from the head already, as there are often several of a kind; else the
   * one whose first target is nearest. What stands before the head comes before what stands behind it.
   */
  #nearest(types: readonly RelationType[], head: Span, { spans, sheet }: OpenDocument): RelationType {
    const headIndex = spans.indexOf(head);
    const own = sheet.relations.filter((relation) => relation.head === head.id);
    const distance = (type: RelationType) => {
      const steps = headIndex - spans.indexOf(this.#first(type, head) ?? head);
      const isNew = !own.some((relation) => this.#isOf(relation, type));
      return (steps > 0 ? steps : spans.length - steps) + (isNew ? 2 * spans.length : 0);
    };
    const narrow = types.filter(({ pairs }) => pairs.every((pair) => pair.head !== anyLabel));
    return (narrow.length > 0 ? narrow : types).reduce((best, type) =>
      distance(type) < distance(best) ? type : best,
    );
  }

  #tell(): void {
    const [link, target, head] = [this.current, this.target, this.#head];
    if (!link || !head) return;
    const where = target
      ? `${this.#name(target)}: “${shortened(target.text, 40)}”, ${this.targets.indexOf(target) + 1} of ${this.targets.length}`
      : 'no span here';
    this.#say(`${this.#name(head)} ${link.type.name.toLowerCase()} ${where}. Tab goes on, Enter confirms.`);
  }

  #name(span: Span): string {
    return this.#place.label(span.label).name;
  }

  #say(text: string): void {
    this.#place.messages.say(text);
  }
}
