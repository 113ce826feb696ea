import { cut } from '../../core/cutting.ts';
import { faultOf, faultOfRelation } from '../../core/doctor/sheet-check.ts';
import type { ExportChoices } from '../../core/export-plan.ts';
import type { Scheme } from '../../core/scheme.ts';
import { labelOf } from '../../core/scheme.ts';
import { hashText } from '../../core/text.ts';
import type { OutgoingDocument } from '../../core/transfer.ts';
import type { Database } from '../../storage/database.ts';
import { outgoingDocuments } from '../../storage/outgoing.ts';
import type { Losses } from './losses.ts';
import type { Run } from './runs.ts';

interface Order {
  readonly scheme: Scheme;
  readonly choices: ExportChoices;
}

interface Tally {
  readonly annotators: Set<string>;
  readonly losses: Losses;
  /** The ids of documents with something that does not go out, as it would go out wrong. */
  readonly unsound: Set<string>;
}

/**
 * The documents of a run as they are to be written: with the marks of the chosen annotators and label.
 *
 * @throws RangeError when some of them are not in the storage.
 */
export async function* chosenDocuments(
  database: Database,
  { scheme, choices }: Order,
  { documentIds, labelId, isRepeat }: Run,
  { annotators, losses, unsound }: Tally,
): AsyncGenerator<{ readonly id: string; readonly pieces: readonly OutgoingDocument[] }> {
  let found = 0;
  for await (const stored of outgoingDocuments(database, documentIds, scheme)) {
    found++;
    const { document, misplaced, unlinked } = sound(stored);
    if (misplaced + unlinked > 0 || hashText(stored.text) !== stored.document.hash)
      unsound.add(stored.document.id);
    if (!isRepeat) losses.add({ what: 'spans that do not stand on their words', count: misplaced });
    if (!isRepeat) losses.add({ what: 'relations of which an end is gone', count: unlinked });
    for (const { annotator } of document.spans) annotators.add(annotator);
    const theirs = ofAnnotators(document, choices.annotators);
    const chosen = ofLabel(theirs.document, labelId, scheme);
    if (!isRepeat) losses.add({ what: 'relations of which an end is elsewhere', count: theirs.unlinked });
    losses.add({ what: 'relations', count: crossing(theirs.document, labelId, scheme) });
    const { pieces, cutSpans, cutRelations } = cut(chosen, choices.textUnit);
    losses.add({ what: `spans across the end of a ${choices.textUnit}`, count: cutSpans });
    losses.add({ what: 'relations of which an end is elsewhere', count: cutRelations });
    yield { id: document.document.id, pieces };
  }
  if (found !== documentIds.length)
    throw new RangeError(`only ${found} of ${documentIds.length} documents could be found in the storage.`);
}

/** Without the spans and relations that would go out wrong, which are counted: no file says of words where they are not. */
function sound(document: OutgoingDocument) {
  const spans = document.spans.filter((span) => faultOf(document.text, span) === undefined);
  const isWhole = spans.length === document.spans.length;
  const ids = new Set(document.relations.length > 0 ? spans.map(({ id }) => id) : []);
  const relations = document.relations.filter((relation) => !faultOfRelation(relation, ids));
  return {
    document:
      isWhole && relations.length === document.relations.length
        ? document
        : { ...document, spans, relations },
    misplaced: document.spans.length - spans.length,
    unlinked: document.relations.length - relations.length,
  };
}

/** With how many of their relations had an end that somebody else has marked. */
function ofAnnotators(
  document: OutgoingDocument,
  names: readonly string[] | undefined,
): { readonly document: OutgoingDocument; readonly unlinked: number } {
  if (!names) return { document, unlinked: 0 };
  const isChosen = ({ annotator }: { readonly annotator: string }) => names.includes(annotator);
  const relations = document.relations.filter(isChosen);
  const chosen = linked({ ...document, spans: document.spans.filter(isChosen), relations });
  return { document: chosen, unlinked: relations.length - chosen.relations.length };
}

/** How many relations lead from the label to another: they are in no run of one label. Each is counted where it begins. */
function crossing(
  { spans, relations }: OutgoingDocument,
  labelId: string | undefined,
  scheme: Scheme,
): number {
  if (labelId === undefined || relations.length === 0) return 0;
  const own = new Set(spans.flatMap(({ id, label }) => (labelOf(scheme, label).id === labelId ? [id] : [])));
  return relations.filter(({ head, child }) => own.has(head) && !own.has(child)).length;
}

function ofLabel(document: OutgoingDocument, labelId: string | undefined, scheme: Scheme): OutgoingDocument {
  if (labelId === undefined) return document;
  return linked({
    ...document,
    spans: document.spans.filter(({ label }) => labelOf(scheme, label).id === labelId),
  });
}

/** Without relations that have lost an end. */
function linked(document: OutgoingDocument): OutgoingDocument {
  const ids = new Set(document.spans.map(({ id }) => id));
  const relations = document.relations.filter(({ head, child }) => ids.has(head) && ids.has(child));
  return { ...document, relations };
}
