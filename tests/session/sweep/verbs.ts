import type { Desk } from '../desk.ts';
import { ExportDraft } from '../../../src/session/files/export-draft.svelte.ts';
import { ImportPreview } from '../../../src/session/files/import-preview.svelte.ts';

type Methods = Record<string, unknown>;

/** Where verbs are: every part of a session, the projects, and what is made for a dialog; by the name of the part. */
function partsOf({ session, projects }: Desk): ReadonlyMap<string, Methods> {
  const parts = new Map<string, Methods>([
    ['session', prototypeOf(session)],
    ['all projects', prototypeOf(projects)],
    ['open', prototypeOf(session.open!)],
    ['export draft', ExportDraft.prototype as unknown as Methods],
    ['import preview', ImportPreview.prototype as unknown as Methods],
  ]);
  const collect = (owner: object) => {
    for (const [name, part] of Object.entries(owner))
      if (isPart(part) && !parts.has(name)) {
        parts.set(name, prototypeOf(part));
        collect(part);
      }
  };
  collect(session);
  return parts;
}

function prototypeOf(part: object): Methods {
  return Object.getPrototypeOf(part) as Methods;
}

/** An object of a class of ours. */
function isPart(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype !== Object.prototype && verbsOf(prototype as Methods).length > 0 && !(value instanceof Map)
  );
}

function verbsOf(prototype: Methods): string[] {
  return Object.getOwnPropertyNames(prototype).filter(
    (name) =>
      name !== 'constructor' && typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function',
  );
}

/** Every verb there is, such as `marking.apply`. */
export function verbsOn(desk: Desk): string[] {
  return [...partsOf(desk)].flatMap(([part, prototype]) =>
    verbsOf(prototype).map((verb) => `${part}.${verb}`),
  );
}

/** Listens which verbs are called from now on, in every session; gives back what ends it. */
export function listenToVerbs(desk: Desk, oncall: (verb: string) => void): () => void {
  const restore = [...partsOf(desk)].flatMap(([part, prototype]) =>
    verbsOf(prototype).map((verb) => {
      const original = prototype[verb] as (...args: unknown[]) => unknown;
      prototype[verb] = function (this: unknown, ...args: unknown[]) {
        oncall(`${part}.${verb}`);
        return original.apply(this, args);
      };
      return () => (prototype[verb] = original);
    }),
  );
  return () => restore.forEach((undo) => undo());
}
