import { v7 as newId } from 'uuid';
import { noEdit, projectUpdate } from '../../core/change.ts';
import type { Scheme } from '../../core/scheme.ts';
import {
  freeValue,
  itemsOf,
  schemeFault,
  withItems,
  withMerge,
  withMove,
  withPatch,
  withRestored,
  type SchemePart,
  type SchemeParts,
} from '../../core/schemes/editing.ts';
import { withPlan, type SchemePlan } from '../../core/schemes/plan.ts';
import { living } from '../../core/scheme.ts';
import type { RecentChanges } from '../log/recent-changes.svelte.ts';
import { askingWords, recordAndOfferUndo } from '../log/offering-undo.ts';
import type { Recorder } from '../log/recorder.ts';
import type { Workplace } from '../workplace.ts';

type Patch<Part extends SchemePart> = {
  readonly [Field in keyof SchemeParts[Part]]?: SchemeParts[Part][Field] | undefined;
};

/**
 * What can be done to the scheme of the project, each one step that can be undone. No span is touched by any of it. Each
 * verb gives back the sentence that says why it was refused, or `undefined` when it was done.
 */
export class SchemeVerbs {
  readonly #place: Workplace;
  readonly #recorder: Recorder;
  readonly #recent: RecentChanges;
  /** Resolves when the steps that were asked for are done. */
  #steps: Promise<void> = Promise.resolve();

  constructor(place: Workplace, recorder: Recorder, recent: RecentChanges) {
    this.#place = place;
    this.#recorder = recorder;
    this.#recent = recent;
  }

  /** Adds an item at the end of its part; a machine name that is taken is given a number. */
  add<Part extends SchemePart>(part: Part, item: Omit<SchemeParts[Part], 'id'>): string | undefined {
    const items = itemsOf(this.#scheme, part);
    const value = freeValue(item.value, living(items));
    const added = { ...item, id: newId(), value } as SchemeParts[Part];
    return this.#change(`Added “${item.name}”`, withItems(this.#scheme, part, [...items, added]));
  }

  update<Part extends SchemePart>(part: Part, id: string, patch: Patch<Part>): string | undefined {
    return this.#change(`Changed “${this.#name(part, id)}”`, withPatch(this.#scheme, part, id, patch));
  }

  /** Moves an item by so many places up (below 0) or down. */
  move(part: SchemePart, id: string, by: number): string | undefined {
    return this.#change(`Moved “${this.#name(part, id)}”`, withMove(this.#scheme, part, id, by));
  }

  /** From now on the spans of the one label count as the other's. */
  merge(from: string, into: string): string | undefined {
    const title = `Merged “${this.#name('labels', from)}” into “${this.#name('labels', into)}”`;
    return this.#change(title, withMerge(this.#scheme, from, into));
  }

  /** Takes an item out of use. What was marked with it is kept, is not shown, and comes back with it. */
  delete(part: SchemePart, id: string): string | undefined {
    const scheme = withPatch(this.#scheme, part, id, { deleted: true } as never);
    return this.#change(`Deleted “${this.#name(part, id)}”`, scheme);
  }

  restore(part: SchemePart, id: string): string | undefined {
    return this.#change(
      `Restored “${this.#name(part, id)}”`,
      withRestored(this.#scheme, part, id, this.#keys),
    );
  }

  setGuideline(typed: string): string | undefined {
    const { guideline: _, ...rest } = this.#scheme;
    const guideline = typed.trim() === '' ? {} : { guideline: typed };
    return this.#change('Changed the rules for all labels', { ...rest, ...guideline });
  }

  /** Adds what the plan has and the scheme lacks, as one step. */
  addPlan(plan: SchemePlan, title: string): string | undefined {
    const scheme = withPlan(this.#scheme, plan, this.#keys);
    return this.#change(
      title,
      plan.guideline && !scheme.guideline ? { ...scheme, guideline: plan.guideline } : scheme,
    );
  }

  undo(): Promise<void> {
    return this.#inTurn('undo');
  }

  redo(): Promise<void> {
    return this.#inTurn('redo');
  }

  /** A fast hand asks for the next step before the last one is written, and means another one. */
  #inTurn(direction: 'undo' | 'redo'): Promise<void> {
    this.#steps = this.#steps.then(() => this.#step(direction));
    return this.#steps;
  }

  get #scheme(): Scheme {
    return this.#place.project.scheme;
  }

  get #keys(): readonly string[] {
    return this.#place.preferences.labelKeys;
  }

  #name(part: SchemePart, id: string): string {
    return itemsOf(this.#scheme, part).find((item) => item.id === id)?.name ?? id;
  }

  #change(title: string, scheme: Scheme): string | undefined {
    const { project, messages } = this.#place;
    const fault = schemeFault(scheme, project.scheme);
    if (fault !== undefined) {
      messages.say(fault);
      return fault;
    }
    if (JSON.stringify(scheme) === JSON.stringify(project.scheme)) return undefined;
    const updated = [projectUpdate(project, { ...project, scheme })];
    recordAndOfferUndo(this.#place, this.#recorder, title, { ...noEdit, updated }, 'scheme');
    return undefined;
  }

  async #step(direction: 'undo' | 'redo'): Promise<void> {
    const { messages } = this.#place;
    if (!(await this.#recorder.settled()))
      return messages.say('That is not saved yet. Undo works again once it is.');
    const step = await this.#recent.schemeStep(direction);
    if (!step) return messages.say(`There is nothing to ${direction} in the scheme.`);
    if (this.#recorder.mustAsk(step.change)) return messages.say(askingWords(step.change, direction));
    const fault = await this.#recent.toggle(step);
    const done = direction === 'undo' ? 'Undone' : 'Redone';
    messages.say(
      fault === undefined ? `${done}: ${step.change.title}` : `Not ${done.toLowerCase()}: ${fault}`,
    );
  }
}
