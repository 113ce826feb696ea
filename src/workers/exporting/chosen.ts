import { cut } from '../../core/cutting.ts';
import type { ExportChoices } from '../../core/export-plan.ts';
import type { Scheme } from '../../core/scheme.ts';
import { labelOf } from '../../core/scheme.ts';
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
}

/**
 * The documents of a run as they are to be written: with the marks of the chosen annotators and label.
 *
 * @throws RangeError when some of them are not in the storage.
 */
export async function* chosenDocuments(
  database: Database,
  { scheme, choices }: Order,
  { documentIds, labelId }: Run,
  { annotators, losses }: Tally,
): AsyncGenerator<{ readonly id: string; readonly pieces: readonly OutgoingDocument[] }> {
  let found = 0;
  for await (const document of outgoingDocuments(database, documentIds, scheme)) {
    found++;
    for (const { annotator } of document.spans) annotators.add(annotator);
    const chosen = ofLabel(ofAnnotators(document, choices.annotators), labelId, scheme);
    const { pieces, cutSpans, cutRelations } = cut(chosen, choices.textUnit);
    losses.add({ what: `spans across the end of a ${choices.textUnit}`, count: cutSpans });
    losses.add({ what: 'relations of which an end is elsewhere', count: cutRelations });
    yield { id: document.document.id, pieces };
  }
  if (found !== documentIds.length)
    throw new RangeError(`only ${found} of ${documentIds.length} documents could be found in the storage.`);
}

function ofAnnotators(document: OutgoingDocument, names: readonly string[] | undefined): OutgoingDocument {
  if (!names) return document;
  const isChosen = ({ annotator }: { readonly annotator: string }) => names.includes(annotator);
  return linked({
    ...document,
    spans: document.spans.filter(isChosen),
    relations: document.relations.filter(isChosen),
  });
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
