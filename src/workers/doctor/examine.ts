import { contentOf } from '../../core/backup/content.ts';
import type { Examination, Finding, FindingKind, InDocument } from '../../core/doctor/finding.ts';
import { faultsOfSheet } from '../../core/doctor/sheet-check.ts';
import { UnknownNames } from '../../core/doctor/unknown-names.ts';
import type { Counts } from '../../core/document.ts';
import type { Range } from '../../core/offset.ts';
import type { Project } from '../../core/project.ts';
import { countSpans } from '../../core/sheet.ts';
import { hashText } from '../../core/text.ts';
import { bestAnchor } from '../../formats/reading/anchor.ts';
import { verifyChain } from '../../storage/chain.ts';
import type { Database } from '../../storage/database.ts';
import { copyFinding, textInCopy, withCopy } from '../../storage/doctor/copy-check.ts';
import { strayRows, unfinishedImports, writtenImports } from '../../storage/doctor/leftovers.ts';
import { faultsOfLog } from '../../storage/doctor/log-check.ts';
import { storedDocuments, type StoredDocument } from '../../storage/doctor/stored-documents.ts';

export interface ExaminationOrder {
  /** Only these documents, and nothing besides; absent for everything. */
  readonly documentIds?: readonly string[];
  /** When it is, in milliseconds. */
  readonly now: number;
}

/** Of each kind no more are listed. */
const mostListed = 1000;

/** Looks through the whole storage, a page of documents at a time, and changes nothing. */
export async function examine(
  database: Database,
  { documentIds, now }: ExaminationOrder,
  onprogress: (progress: { done: number; total: number }) => void,
): Promise<Examination> {
  const found = new Found();
  await withCopy(database, async (copy) => {
    const total = documentIds?.length ?? (await database.documents.count());
    const onpage = () => onprogress({ done: found.documents, total });
    await lookAtDocuments(database, copy, documentIds, found, onpage);
    if (documentIds) return;
    for await (const finding of strayRows(database)) found.add(finding);
    for await (const finding of unfinishedImports(database, now)) found.add(finding);
    for await (const finding of faultsOfLog(database, (count) => (found.changes += count)))
      found.add(finding);
    const broken = await verifyChain(database);
    if (broken !== undefined) found.add(await brokenAt(database, broken));
    const difference = copy && (await copyFinding(database, copy));
    if (difference) found.add(difference);
  });
  return found.examination;
}

async function brokenAt(database: Database, seq: number): Promise<Finding> {
  const title = (await database.changes.get(seq))?.title ?? '';
  return { kind: 'log', fault: 'broken', seq, title };
}

async function lookAtDocuments(
  database: Database,
  copy: Database | undefined,
  documentIds: readonly string[] | undefined,
  found: Found,
  onpage: () => void,
): Promise<void> {
  const projects = new Map((await database.projects.toArray()).map((project) => [project.id, project]));
  const names = new UnknownNames();
  const written = await writtenImports(database);
  for await (const page of storedDocuments(database, documentIds)) {
    for (const stored of page) {
      // What an import has left that was never finished counts nowhere, or comes in just now.
      const { importId } = stored.document;
      if (importId !== undefined && !written.has(importId)) continue;
      const project = projects.get(stored.document.projectId);
      for (const finding of faultsOfDocument(stored, project, names)) found.add(finding);
      const finding = await faultOfText(stored, copy);
      if (finding) found.add(finding);
      found.documents++;
      found.spans += stored.sheet.spans.length;
    }
    onpage();
  }
  for (const finding of names.findings) found.add(finding);
}

/** What is found, and how much of each kind. */
class Found {
  documents = 0;
  spans = 0;
  changes = 0;
  readonly #findings: Finding[] = [];
  readonly #counts: Partial<Record<FindingKind, number>> = {};

  add(finding: Finding): void {
    const count = (this.#counts[finding.kind] ?? 0) + 1;
    this.#counts[finding.kind] = count;
    if (count <= mostListed) this.#findings.push(finding);
  }

  get examination(): Examination {
    const { documents, spans, changes } = this;
    return { documents, spans, changes, findings: this.#findings, counts: this.#counts };
  }
}

function placeOf({ document: { id, title, projectId } }: StoredDocument): InDocument {
  return { documentId: id, title, projectId };
}

function faultsOfDocument(
  stored: StoredDocument,
  project: Project | undefined,
  names: UnknownNames,
): Finding[] {
  const { document, text, sheet, snapshot, isCounted } = stored;
  const place = placeOf(stored);
  if (project) names.add(place, document, sheet, project.scheme);
  const counted = countSpans(sheet.spans);
  return [
    ...(project ? [] : [{ kind: 'no-project' as const, ...place }]),
    ...(text === undefined ? [] : faultsOfSheet(place, text, sheet, findWords)),
    ...(snapshot && !isSound(snapshot) ? [{ kind: 'snapshot' as const, ...place }] : []),
    // What was done since the last count is counted when all is quiet.
    ...(isCounted && !areAlike(counted, document.counts)
      ? [{ kind: 'counts' as const, ...place, said: document.counts, counted }]
      : []),
  ];
}

/** Words that are only alike are looked for so far around: the search takes long, and most of what moved moved a little. */
const around = 50_000;

function findWords(text: string, quote: string, near: number): Range | undefined {
  if (text.includes(quote)) return bestAnchor(text, { quote, near });
  const from = Math.max(0, near - around);
  const found = bestAnchor(text.slice(from, near + around), { quote, near: near - from });
  const range = found && { start: from + found.start, end: from + found.end };
  return range && text.slice(range.start, range.end).isWellFormed() ? range : undefined;
}

function isSound({ stored, told, isOfOneMoment }: NonNullable<StoredDocument['snapshot']>): boolean {
  if (!isOfOneMoment) return false;
  // Almost always the same to the letter, which is found out faster.
  return JSON.stringify(stored) === JSON.stringify(told) || contentOf(stored) === contentOf(told);
}

function areAlike(counted: Counts, said: Counts): boolean {
  return contentOf(counted) === contentOf(said);
}

async function faultOfText(stored: StoredDocument, copy: Database | undefined): Promise<Finding | undefined> {
  const { document, text } = stored;
  const place = placeOf(stored);
  if (text === undefined || hashText(text) !== document.hash) {
    const isInCopy = (await textInCopy(copy, document)) !== undefined;
    return { kind: 'text', ...place, fault: text === undefined ? 'missing' : 'changed', isInCopy };
  }
  const { length } = text;
  return length === document.length ? undefined : { kind: 'length', ...place, said: document.length, length };
}
