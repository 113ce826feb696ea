import { v7 as newId } from 'uuid';
import { noEdit, relationEntry } from '../core/change.ts';
import type { Relation } from '../core/relation.ts';
import type { RelationType } from '../core/scheme.ts';
import { mayJoin, relationTypeOf, typesFrom } from '../core/schemes/relation-type.ts';
import type { Span } from '../core/span.ts';
import { shortened } from './marking.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import type { Recorder } from './recorder.ts';
import type { Workplace } from './workplace.ts';

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

  /** The relation on its way; none once its head or its document is out of sight. */
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
    const types = typesFrom(scheme, head, open.spans);
    if (types.length === 0)
      return this.#say(`No relation leads from this ${this.#name(head)} to another span here.`);
    const type = this.#nearest(types, head, open);
    this.#link = { documentId: open.id, headId: head.id, types, type, targetId: this.#first(type, head)?.id };
    this.#tell();
  }

  leave(): void {
    if (!this.current) return;
    this.#link = undefined;
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
    if (!link || !head || !target || !open) return;
    this.#link = undefined;
    const isThere = open.sheet.relations.some(
      (relation) =>
        relation.head === head.id && relation.child === target.id && this.#isOf(relation, link.type),
    );
    if (isThere) return this.#say('These two spans are related so already.');
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

  get #head(): Span | undefined {
    return this.#place.open?.spans.find(({ id }) => id === this.#link?.headId);
  }

  #isOf(relation: Relation, type: RelationType): boolean {
    return this.type(relation).id === type.id;
  }

  #targetsOf(type: RelationType, head: Span): readonly Span[] {
    const { scheme } = this.#place.project;
    return this.#place.open?.spans.filter((span) => mayJoin(scheme, type, head, span)) ?? [];
  }

  /** The nearest span before the head that fits, else the nearest behind it. */
  #first(type: RelationType, head: Span): Span | undefined {
    const targets = this.#targetsOf(type, head);
    return targets.findLast(({ start }) => start <= head.start) ?? targets[0];
  }

  /** Among the narrowest types the one whose first target is nearest. */
  #nearest(types: readonly RelationType[], head: Span, open: OpenDocument): RelationType {
    const distance = (type: RelationType) => {
      const target = this.#first(type, head);
      return target ? Math.abs(open.spans.indexOf(head) - open.spans.indexOf(target)) : Infinity;
    };
    const narrow = types.filter(({ pairs }) => pairs.every((pair) => pair.head !== 'any'));
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
