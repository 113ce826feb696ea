import type { Project } from '../project.ts';
import { applyEdits, sheetOf, type Sheet } from '../sheet.ts';
import { conflictsBetween, type Conflict } from './conflict.ts';
import { contentOf, eitherOf } from './content.ts';
import { uniteLogs, type LogUnion } from './log-union.ts';
import type { KeptDocument, KeptLayer, KeptSetting, ProjectRecords } from './records.ts';
import { documentMerging, mergedRow, projectMerging, touching, untouched } from './row-merge.ts';

/** Two states of a project as one, and what they disagree about. */
export interface Merged {
  readonly records: ProjectRecords;
  readonly conflicts: readonly Conflict[];
}

/**
 * Puts a backup of a project together with what is here of it. Which of the two is given first makes no difference to
 * the records, and once merged the same backup adds nothing more. Every change of both stays in the log; where they
 * disagree about a fact the later change counts, and the conflict is listed.
 */
export function mergeRecords(here: ProjectRecords, incoming: ProjectRecords): Merged {
  const log = uniteLogs(here.changes, incoming.changes);
  const conflicts: Conflict[] = [
    ...log.clashes.map((pair): Conflict => ({ about: 'change', id: pair.here.id, fact: 'content', ...pair })),
    ...conflictsBetween(log.onlyHere, log.onlyIncoming),
  ];
  const tell: Tell = (conflict) => conflicts.push(conflict);
  const project = mergedProject(here.project, incoming.project, log, tell);
  const documents = mergedDocuments(here.documents, incoming.documents, log, tell);
  const layers = mergedByKey(here.layers, incoming.layers, layerKey, (a, b) => mergedLayer(a, b, tell));
  const settings = mergedByKey(here.settings, incoming.settings, settingKey, (a, b) =>
    mergedSetting(a, b, tell),
  );
  return { records: { project, documents, layers, changes: log.changes, settings }, conflicts };
}

/** What is marked on a document, as the layers and the log tell it. */
export function sheetIn({ layers, changes }: ProjectRecords, documentId: string): Sheet {
  const own = layers.filter((layer) => layer.documentId === documentId);
  const base = sheetOf(
    own.flatMap(({ spans }) => spans),
    own.flatMap(({ relations }) => relations),
  );
  return applyEdits(base, changes, documentId);
}

type Tell = (conflict: Conflict) => void;

/** All of both, in the order of their keys; what both have is put together. */
function mergedByKey<T>(
  here: readonly T[],
  incoming: readonly T[],
  keyOf: (value: T) => string,
  merge: (here: T, incoming: T) => T,
): T[] {
  const all = new Map(here.map((value) => [keyOf(value), value]));
  for (const value of incoming) {
    const known = all.get(keyOf(value));
    all.set(keyOf(value), known === undefined ? value : merge(known, value));
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function mergedDocuments(
  here: readonly KeptDocument[],
  incoming: readonly KeptDocument[],
  log: LogUnion,
  tell: Tell,
): KeptDocument[] {
  const own = new Map(here.map((kept) => [kept.document.id, kept]));
  const touched = touching(log, (entry) => (entry.type === 'document' ? entry.documentId : undefined));
  // No word is lost: of two texts under one id, one goes on under an id of its own.
  const set = (kept: KeptDocument): KeptDocument[] => {
    const known = own.get(kept.document.id);
    if (!known || known.text === kept.text) return [kept];
    const { id } = kept.document;
    tell({ about: 'text', documentId: id, id, fact: 'text', here: known.text, incoming: kept.text });
    const [first, second] = eitherOf(known, kept) === known ? [known, kept] : [kept, known];
    own.set(id, first);
    return [first, { ...second, document: { ...second.document, id: `${id}~${second.document.hash}` } }];
  };
  const arriving = incoming.flatMap(set);
  const keyOf = ({ document }: KeptDocument) => document.id;
  return mergedByKey([...own.values()], arriving, keyOf, (a, b) => {
    const place = { about: 'document', documentId: a.document.id, id: a.document.id } as const;
    const steps = touched.get(a.document.id) ?? untouched;
    const document = mergedRow(a.document, b.document, steps, documentMerging, (fact) =>
      tell({ ...place, ...fact }),
    );
    return { ...eitherOf(a, b), document };
  });
}

function mergedProject(here: Project, incoming: Project, log: LogUnion, tell: Tell): Project {
  const touched = touching(log, (entry) => (entry.type === 'project' ? entry.value.id : undefined));
  const place = { about: 'project', id: here.id } as const;
  return mergedRow(here, incoming, touched.get(here.id) ?? untouched, projectMerging, (fact) =>
    tell({ ...place, ...fact }),
  );
}

function layerKey({ documentId, annotator }: KeptLayer): string {
  return JSON.stringify([documentId, annotator]);
}

function mergedLayer(here: KeptLayer, incoming: KeptLayer, tell: Tell): KeptLayer {
  if (contentOf(here) === contentOf(incoming)) return here;
  const one = <T extends { readonly id: string }>(a: T, b: T): T => {
    if (contentOf(a) === contentOf(b)) return a;
    tell({ about: 'layer', documentId: here.documentId, id: a.id, fact: 'content', here: a, incoming: b });
    return eitherOf(a, b);
  };
  const idOf = ({ id }: { readonly id: string }) => id;
  const spans = mergedByKey(here.spans, incoming.spans, idOf, one);
  const relations = mergedByKey(here.relations, incoming.relations, idOf, one);
  return { ...here, ...sheetOf(spans, relations) };
}

function settingKey(setting: KeptSetting): string {
  const annotator = setting.setting === 'activity' ? setting.annotator : '';
  return JSON.stringify([setting.setting, setting.documentId, annotator]);
}

/** Of two times the longer one, as the shorter is mostly an earlier state of it. */
function mergedSetting(here: KeptSetting, incoming: KeptSetting, tell: Tell): KeptSetting {
  if (here.setting === 'activity' && incoming.setting === 'activity')
    return here.seconds >= incoming.seconds ? here : incoming;
  if (contentOf(here) === contentOf(incoming)) return here;
  const { documentId } = here;
  tell({ about: 'setting', documentId, id: documentId, fact: here.setting, here, incoming });
  return eitherOf(here, incoming);
}
