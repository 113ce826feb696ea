import type { Change, Entry } from './change.ts';
import { statuses, type Document } from './document.ts';
import type { Project } from './project.ts';
import type { Relation } from './relation.ts';
import { attributeTypes, colourCount, type Scheme } from './scheme.ts';
import type { Sheet } from './sheet.ts';
import type { Span } from './span.ts';

/*
 * Whether what is read from the storage is what was written: the browser lets other local pages write there, and disks
 * flip bits. By hand, as opening a document looks at thousands of spans.
 */

/** What a number of things is called that is damaged. */
const whats = {
  documents: 'documents',
  scheme: 'labels or other parts of the scheme',
  spans: 'spans or relations of this document',
  changes: 'changes that came from another tab or page',
};
export type Unsound = keyof typeof whats;

/** Tells how many are damaged, and what to do; nothing when none are. */
export function unsoundWords(what: Unsound, count: number): string | undefined {
  return count === 0
    ? undefined
    : `Damaged in the browser’s storage, and not shown: ${whats[what]} (${count}). Nothing was removed. Export what is here, then bring in your last backup.`;
}

type Row = Readonly<Record<string, unknown>>;

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || isText(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isList(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

/** A span of a text of that length, or of one whose length is not known. */
export function isSoundSpan(value: unknown, length = Infinity): value is Span {
  return (
    isRow(value) &&
    isCount(value['start']) &&
    isCount(value['end']) &&
    value['start'] < value['end'] &&
    value['end'] <= length &&
    isText(value['id']) &&
    isText(value['label']) &&
    isText(value['annotator']) &&
    isText(value['text']) &&
    isRow(value['attributes']) &&
    isTextOrAbsent(value['note']) &&
    isText(value['createdAt']) &&
    isText(value['updatedAt'])
  );
}

function isSoundRelation(value: unknown): value is Relation {
  return (
    isRow(value) &&
    ['id', 'head', 'child', 'label', 'annotator'].every((key) => isText(value[key])) &&
    isRow(value['attributes'])
  );
}

/** What of a sheet can be shown on a text of that length, and how much cannot. */
export function soundSheet({ spans, relations }: Sheet, length: number): { sheet: Sheet; unsound: number } {
  const sheet = {
    spans: spans.filter((span) => isSoundSpan(span, length)),
    relations: relations.filter(isSoundRelation),
  };
  const unsound = spans.length - sheet.spans.length + relations.length - sheet.relations.length;
  return unsound === 0 ? { sheet: { spans, relations }, unsound } : { sheet, unsound };
}

export function isSoundDocument(value: unknown): value is Document {
  return (
    isRow(value) &&
    ['id', 'projectId', 'title', 'hash'].every((key) => isText(value[key])) &&
    isCount(value['length']) &&
    isRow(value['source']) &&
    isRow(value['meta']) &&
    statuses.some((status) => status === value['status']) &&
    Number.isFinite(value['order']) &&
    isRow(value['counts']) &&
    isCount(value['counts']['spans']) &&
    isRow(value['counts']['byLabel']) &&
    (value['labels'] === undefined || isList(value['labels'], isText)) &&
    isTextOrAbsent(value['note']) &&
    isTextOrAbsent(value['importId'])
  );
}

/** A change whose every entry is what it says it is. `lengthOf` knows the length of a document's text, or does not. */
export function isSoundChange(
  value: unknown,
  lengthOf: (documentId: string) => number | undefined = () => undefined,
): value is Change {
  const isEntry = (entry: unknown) => isSoundEntry(entry, lengthOf);
  const isUpdate = (update: unknown) =>
    isRow(update) && isEntry(update['before']) && isEntry(update['after']);
  return (
    isRow(value) &&
    isCount(value['seq']) &&
    ['id', 'projectId', 'kind', 'annotator', 'at', 'title'].every((key) => isText(value[key])) &&
    isList(value['documentIds'], isText) &&
    isList(value['added'], isEntry) &&
    isList(value['updated'], isUpdate) &&
    isList(value['removed'], isEntry)
  );
}

function isSoundEntry(value: unknown, lengthOf: (documentId: string) => number | undefined): value is Entry {
  if (!isRow(value)) return false;
  if (value['type'] === 'project') return isProject(value['value']);
  if (!isText(value['documentId'])) return false;
  if (value['type'] === 'span') return isSoundSpan(value['value'], lengthOf(value['documentId']));
  if (value['type'] === 'relation') return isSoundRelation(value['value']);
  return value['type'] === 'document' && isSoundDocument(value['value']);
}

/** The scheme of one that an older version wrote has labels alone. */
function isProject(value: unknown): boolean {
  return (
    isRow(value) &&
    isText(value['id']) &&
    isText(value['name']) &&
    isTextOrAbsent(value['createdAt']) &&
    isRow(value['scheme']) &&
    isList(value['scheme']['labels'], isLabel) &&
    (value['scheme']['attributes'] === undefined || isList(value['scheme']['attributes'], isAttribute)) &&
    (value['scheme']['relations'] === undefined || isList(value['scheme']['relations'], isRelationType)) &&
    (value['scheme']['documentLabels'] === undefined || isList(value['scheme']['documentLabels'], isItem)) &&
    isTextOrAbsent(value['scheme']['guideline'])
  );
}

function isItem(value: unknown): value is Row {
  return (
    isRow(value) &&
    ['id', 'name', 'value'].every((key) => isText(value[key])) &&
    isTextOrAbsent(value['guideline'])
  );
}

function isKeyOrAbsent(value: unknown): boolean {
  return value === undefined || (isText(value) && [...value].length === 1);
}

function isLabel(value: unknown): boolean {
  return (
    isItem(value) &&
    isCount(value['colour']) &&
    value['colour'] < colourCount &&
    isKeyOrAbsent(value['key']) &&
    isTextOrAbsent(value['mergedInto'])
  );
}

function isAttribute(value: unknown): boolean {
  return (
    isItem(value) &&
    attributeTypes.some((type) => type === value['type']) &&
    isKeyOrAbsent(value['key']) &&
    ['options', 'labels'].every((key) => value[key] === undefined || isList(value[key], isText))
  );
}

function isRelationType(value: unknown): boolean {
  const isPair = (pair: unknown) => isRow(pair) && isText(pair['head']) && isText(pair['child']);
  return isItem(value) && isList(value['pairs'], isPair);
}

/** The project without the items of its scheme that are none, and how many those are; their spans keep their ids as names. */
export function soundProject(project: Project): { project: Project; unsound: number } {
  if (isProject(project)) return { project, unsound: 0 };
  const stored: Row = isRow(project.scheme) ? (project.scheme as unknown as Row) : {};
  let unsound = 0;
  const sound = (part: string, isOne: (item: unknown) => boolean) => {
    const items: readonly unknown[] = Array.isArray(stored[part]) ? stored[part] : [];
    const kept = items.filter(isOne);
    unsound += Array.isArray(stored[part]) ? items.length - kept.length : 1;
    return kept;
  };
  const scheme = {
    labels: sound('labels', isLabel),
    attributes: sound('attributes', isAttribute),
    relations: sound('relations', isRelationType),
    documentLabels: sound('documentLabels', isItem),
    ...(isText(stored['guideline']) && { guideline: stored['guideline'] }),
  } as Scheme;
  const name = isText(project.name) ? project.name : 'Project without a name';
  return { project: { ...project, name, scheme }, unsound: Math.max(1, unsound) };
}
