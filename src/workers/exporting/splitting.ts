import type { SplitChoice } from '../../core/export-plan.ts';
import { NearDuplicates } from '../../core/splits/near-duplicates.ts';
import type { Part } from '../../core/splits/part.ts';
import { splitDocuments, type SplitWarning } from '../../core/splits/split.ts';
import type { Scheme } from '../../core/scheme.ts';
import { labelOf } from '../../core/scheme.ts';
import type { Database } from '../../storage/database.ts';
import { outgoingDocuments, textsInTurn } from '../../storage/outgoing.ts';
import { partsBefore } from '../../storage/parts.ts';

export interface Dealt {
  readonly parts: ReadonlyMap<string, Part>;
  readonly warnings: readonly string[];
}

/**
 * Deals documents out to the parts; those that had one keep it, and new ones follow what is nearly the same of all that
 * was ever dealt out.
 */
export async function dealtOut(
  database: Database,
  projectId: string,
  documentIds: readonly string[],
  scheme: Scheme,
  { shares, seed }: SplitChoice,
): Promise<Dealt> {
  const near = new NearDuplicates();
  const labels = new Map<string, Record<string, number>>();
  for await (const { document, text, spans } of outgoingDocuments(database, documentIds, scheme)) {
    near.add(document.id, text);
    // Labels may be called `constructor` or `__proto__`.
    const counts: Record<string, number> = Object.create(null);
    for (const span of spans) {
      const { value } = labelOf(scheme, span.label);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    labels.set(document.id, counts);
  }
  const before = await partsBefore(database, projectId);
  const elsewhere = [...before.keys()].filter((id) => !labels.has(id)).sort();
  const read: string[] = [];
  for await (const [id, text] of textsInTurn(database, elsewhere)) {
    near.add(id, text);
    read.push(id);
  }
  const groups = near.groups();
  const groupOf = (id: string) => groups.get(id) ?? id;
  const documents = [...labels].map(([id, counts]) => ({ id, labels: counts, group: groupOf(id) }));
  const earlier = read.map((id) => ({ id, group: groupOf(id) }));
  const split = splitDocuments(documents, { shares, seed, before, earlier });
  return { parts: split.parts, warnings: sentences(split.warnings) };
}

/** One for each part that lacks labels, however many. */
function sentences(warnings: readonly SplitWarning[]): string[] {
  const words = warnings.map((warning) =>
    warning.kind === 'missing-label' ? missingLabels(warning.part, warnings) : warningWords(warning),
  );
  return [...new Set(words)];
}

function missingLabels(part: Part, warnings: readonly SplitWarning[]): string {
  const labels = warnings.flatMap((one) =>
    one.kind === 'missing-label' && one.part === part ? `“${one.label}”` : [],
  );
  const [last] = labels.slice(-1);
  const others = labels.slice(0, -1).join(', ');
  return others === ''
    ? `The label ${last} does not occur in the part “${part}”.`
    : `The labels ${others} and ${last} do not occur in the part “${part}”.`;
}

function warningWords(warning: Exclude<SplitWarning, { kind: 'missing-label' }>): string {
  switch (warning.kind) {
    case 'few-documents':
      return `There ${warning.documents === 1 ? 'is only one document' : `are only ${warning.documents} documents`}, fewer than there are parts.`;
    case 'empty-part':
      return `The part “${warning.part}” has no documents.`;
    case 'mixed-group':
      return `Texts that are nearly the same are in several parts (${warning.parts.join(', ')}) since an earlier export, and stay there.`;
    default:
      return warning satisfies never;
  }
}
