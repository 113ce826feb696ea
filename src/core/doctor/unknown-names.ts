import type { Document } from '../document.ts';
import type { Scheme } from '../scheme.ts';
import type { Sheet } from '../sheet.ts';
import type { Finding, InDocument } from './finding.ts';

type Unknown = Extract<Finding, { kind: 'unknown' }>;

/** Counts what documents are marked with and their project's scheme does not have, deleted items included. */
export class UnknownNames {
  readonly #known = new WeakMap<Scheme, Known>();
  readonly #found = new Map<string, Unknown>();

  add(place: InDocument, { labels = [] }: Document, { spans, relations }: Sheet, scheme: Scheme): void {
    const known = this.#knownIn(scheme);
    for (const { label, attributes } of spans) {
      if (!known.labels.has(label)) this.#count(place, 'label', label);
      for (const name of Object.keys(attributes))
        if (!known.attributes.has(name)) this.#count(place, 'attribute', name);
    }
    for (const { label } of relations)
      if (!known.relations.has(label)) this.#count(place, 'relation type', label);
    for (const label of labels)
      if (!known.documentLabels.has(label)) this.#count(place, 'document label', label);
  }

  get findings(): readonly Finding[] {
    return [...this.#found.values()];
  }

  #count(place: InDocument, what: Unknown['what'], name: string): void {
    const key = JSON.stringify([place.projectId, what, name]);
    const found = this.#found.get(key) ?? { kind: 'unknown', ...place, what, name, count: 0 };
    this.#found.set(key, { ...found, count: found.count + 1 });
  }

  #knownIn(scheme: Scheme): Known {
    const known = this.#known.get(scheme) ?? knownIn(scheme);
    this.#known.set(scheme, known);
    return known;
  }
}

interface Known {
  readonly labels: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
  readonly relations: ReadonlySet<string>;
  readonly documentLabels: ReadonlySet<string>;
}

function knownIn({ labels, attributes, relations, documentLabels }: Scheme): Known {
  return {
    labels: new Set(labels.map(({ id }) => id)),
    attributes: new Set(attributes.map(({ value }) => value)),
    // Those from before there were types refer to them by their machine names.
    relations: new Set(relations.flatMap(({ id, value }) => [id, value])),
    documentLabels: new Set(documentLabels.map(({ id }) => id)),
  };
}
