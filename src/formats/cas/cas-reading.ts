import type { Reading } from '../../core/transfer.ts';
import type { ReadContext } from '../format.ts';
import { isList, isObject, type JsonObject } from '../reading/json-value.ts';
import { outsideDocument, type OutsideDocument } from '../reading/outside-document.ts';
import { told, type Place } from '../reading/place.ts';
import { UnitProof } from '../reading/unit-proof.ts';
import { countStructures, structuresIn, textOf, type Structure } from './cas-file.ts';
import { documentOf } from './cas-marks.ts';
import { statedEncoding } from './offset-encoding.ts';

/** Reads a CAS: every view with a text is a document. */
export function* readCas(root: JsonObject, place: Place, context: ReadContext): Generator<Reading> {
  const stated = yield* told(statedEncoding(root, place));
  const { unit: _, ...others } = context.options;
  // What the file states itself is neither weighed nor asked.
  const counting = stated ? { options: others, proof: new UnitProof([stated]) } : context;
  const structures = structuresIn(root);
  const sofas = [...structures.values()].filter(({ type }) => type === 'uima.cas.Sofa');
  if (sofas.length === 0)
    yield {
      kind: 'problem',
      problem: place.problem('refused', 'nothing could be read from this file: this CAS has no text.'),
    };
  const nameless = countStructures(root) - structures.size;
  if (nameless > 0) {
    const message = `${nameless} feature structures were left out: they have no id of their own or no type.`;
    yield { kind: 'problem', problem: place.at('%FEATURE_STRUCTURES').problem('refused', message) };
  }
  const left = new Set(structures.values());
  for (const structure of structures.values())
    if (isPlainArray(structure) || structure.type === 'uima.cas.Sofa') left.delete(structure);
  for (const sofa of sofas) {
    const here = place.at(...sofa.path);
    const text = textOf(sofa, 'sofaString');
    if (text === undefined) {
      const message = `the view “${textOf(sofa, 'sofaID') ?? sofa.id}” was left out: its text is not in this file.`;
      yield { kind: 'problem', problem: here.problem('refused', message) };
      continue;
    }
    const document = documentOf(sofa, text, structures, left, place, membersOf(root, sofa));
    const name = sofas.length > 1 ? textOf(sofa, 'sofaID') : undefined;
    yield* outsideDocument(named(document, place.file, name), here, counting, stated ?? 'utf16');
  }
  yield* leftOut(left, place);
}

/** What is no span and no relation, in one problem. */
function* leftOut(left: ReadonlySet<Structure>, place: Place): Generator<Reading> {
  const counts = new Map<string, number>();
  for (const { type } of left) counts.set(type, (counts.get(type) ?? 0) + 1);
  if (counts.size === 0) return;
  const list = [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
  const message = `what is no span and no relation between two was left out: ${list}.`;
  yield { kind: 'problem', problem: place.problem('skipped', message) };
}

function named(document: OutsideDocument, file: string, view: string | undefined): OutsideDocument {
  if (document.title !== undefined) return document;
  const name = file.replace(/^.*\//, '').replace(/\.json$/i, '');
  return { ...document, title: view === undefined ? name : `${name} (${view})` };
}

function membersOf(root: JsonObject, sofa: Structure): ReadonlySet<number> {
  const views = root['%VIEWS'];
  const view = isObject(views)
    ? Object.values(views).find((one) => isObject(one) && one['%SOFA'] === sofa.id)
    : undefined;
  const members = isObject(view) ? view['%MEMBERS'] : undefined;
  return new Set(isList(members) ? members.filter((one) => typeof one === 'number') : []);
}

function isPlainArray({ type, object }: Structure): boolean {
  return isList(object['%ELEMENTS']) && !type.endsWith('FSArray');
}
