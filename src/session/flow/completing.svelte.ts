import { requiresAnything, lacksIn, type Lack } from '../../core/schemes/completeness.ts';
import type { Document } from '../../core/document.ts';
import { startJob } from '../job.ts';
import type { Workplace } from '../workplace.ts';

/** Whether documents may be set to done: not while one of their spans lacks a required attribute. */
export class Completing {
  readonly #place: Workplace;
  #askedId = $state.raw<string>();

  constructor(place: Workplace) {
    this.#place = place;
  }

  /** What is missing on the open document, while somebody who wanted it done is being told. */
  get lacks(): readonly Lack[] | undefined {
    const { open, project } = this.#place;
    return open && open.id === this.#askedId ? lacksIn(project.scheme, open.spans) : undefined;
  }

  /** Whether anything is required of spans at all. */
  get isNeeded(): boolean {
    return requiresAnything(this.#place.project.scheme);
  }

  /** They have been told. */
  dismiss(): void {
    this.#askedId = undefined;
  }

  /** Tells what is missing on the open document. */
  tell(): void {
    this.#askedId = this.#place.open?.id;
  }

  /** Those of the documents on which something is missing. Those that are not open are read by a worker. */
  async incomplete(documents: readonly Document[]): Promise<readonly Document[]> {
    const { open, project } = this.#place;
    if (!this.isNeeded) return [];
    const isOpen = ({ id }: Document) => id === open?.id;
    const here = documents.filter(isOpen).filter(() => lacksIn(project.scheme, open!.spans).length > 0);
    const others = documents.filter((document) => !isOpen(document) && document.counts.spans > 0);
    if (others.length === 0) return here;
    await this.#place.settle();
    const documentIds = others.map(({ id }) => id);
    const { result } = startJob({ kind: 'completeness', documentIds, scheme: project.scheme });
    const found = new Set(await result);
    return [...here, ...others.filter(({ id }) => found.has(id))];
  }
}
