import { noEdit, relationEntry, spanUpdate, type Edit } from '../change.ts';
import type { Finding, FindingKind } from './finding.ts';
import { isRepairable } from './finding.ts';

/** One document's part of a repair of what is marked, which is one step of undo. */
export interface SheetRepair {
  readonly documentId: string;
  readonly projectId: string;
  readonly title: string;
  readonly edit: Edit;
}

/** What is marked, put right document by document: spans go to their words, relations without an end go. */
export function sheetRepairs(findings: readonly Finding[], at: string): readonly SheetRepair[] {
  const byDocument = new Map<string, (Of<'misplaced'> | Of<'unlinked'>)[]>();
  for (const finding of findings) {
    if (finding.kind !== 'misplaced' && finding.kind !== 'unlinked') continue;
    if (!isRepairable(finding)) continue;
    byDocument.set(finding.documentId, [...(byDocument.get(finding.documentId) ?? []), finding]);
  }
  return [...byDocument].map(([documentId, own]) => {
    const edit = editOf(documentId, own, at);
    return { documentId, projectId: own[0]!.projectId, title: titleOf(edit), edit };
  });
}

type Of<Kind extends FindingKind> = Extract<Finding, { kind: Kind }>;

function editOf(
  documentId: string,
  findings: readonly (Of<'misplaced'> | Of<'unlinked'>)[],
  at: string,
): Edit {
  return {
    ...noEdit,
    updated: findings.flatMap((finding) => {
      if (finding.kind !== 'misplaced' || !finding.to) return [];
      const { start, end, text } = finding.to;
      return [spanUpdate(documentId, finding.span, { ...finding.span, start, end, text, updatedAt: at })];
    }),
    removed: findings.flatMap((finding) =>
      finding.kind === 'unlinked' ? [relationEntry(documentId, finding.relation)] : [],
    ),
  };
}

function titleOf({ updated, removed }: Edit): string {
  const parts = [
    ...(updated.length > 0 ? [`moved ${counted(updated.length, 'span')} to their words`] : []),
    ...(removed.length > 0 ? [`removed ${counted(removed.length, 'relation')} without an end`] : []),
  ];
  return `Doctor: ${parts.join(', ')}`;
}

/** What a repair would do, a sentence each; what is marked can be taken back, the rest is made anew from what is there. */
export function repairWords(findings: readonly Finding[]): readonly string[] {
  const all = findings.filter(isRepairable);
  const of = (kind: FindingKind) => all.filter((finding) => finding.kind === kind);
  const say = (count: number, words: string) => (count > 0 ? [words] : []);
  const moved = of('misplaced').length;
  const unlinked = of('unlinked').length;
  const texts = of('text').length;
  const derived = new Set(
    all.flatMap((finding) =>
      finding.kind === 'counts' || finding.kind === 'snapshot' || finding.kind === 'length'
        ? [finding.documentId]
        : [],
    ),
  ).size;
  const removed = all.reduce(
    (sum, finding) => sum + (finding.kind === 'unfinished-import' ? finding.documents : 0),
    0,
  );
  return [
    ...say(moved, `Move ${counted(moved, 'span')} to where the words are.`),
    ...say(unlinked, `Remove ${counted(unlinked, 'relation')} of which an end is gone.`),
    ...say(texts, `Bring ${counted(texts, 'text')} back from the second copy.`),
    ...say(derived, `Count ${counted(derived, 'document')} anew from the history.`),
    ...say(removed, `Remove ${counted(removed, 'document')} of imports that were never finished.`),
    ...say(of('copy').length, 'Give storage and second copy what each lacks.'),
  ];
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
