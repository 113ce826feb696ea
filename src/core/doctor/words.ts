import type { Counts } from '../document.ts';
import type { Examination, Finding, FindingKind, Lacking } from './finding.ts';

/** What a list of findings of one kind is headed with, worst first. */
export const findingNames: Readonly<Record<FindingKind, string>> = {
  text: 'Texts',
  lost: 'Documents that are missing',
  misplaced: 'Spans',
  unlinked: 'Relations',
  log: 'History',
  copy: 'Second copy',
  'no-project': 'Documents without a project',
  stray: 'Texts and marks without a document',
  'unfinished-import': 'Imports that were never finished',
  counts: 'Counts',
  length: 'Lengths',
  snapshot: 'Snapshots',
  unknown: 'Names that the scheme does not have',
};

/** What is wrong and what can be done, in one or two sentences. */
export function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'misplaced':
      return `${misplacement(finding)} ${remedy(finding)}`;
    case 'unlinked':
      return finding.fault === 'to itself'
        ? 'A relation leads from a span to itself.'
        : finding.quote === undefined
          ? 'A relation is left of which both spans are gone.'
          : `A relation is left of which only ${quoted(finding.quote)} is there; its other span is gone.`;
    case 'unknown':
      return unknownName(finding);
    case 'text':
      return textFault(finding);
    case 'length':
      return `The list says ${number(finding.said)} characters; the text has ${number(finding.length)}.`;
    case 'counts':
      return `The list says ${counted(finding.said)}; ${counted(finding.counted)} are marked.`;
    case 'snapshot':
      return 'The snapshot of what is marked is not what the history tells. The history counts.';
    case 'no-project':
      return 'Its project is not in the storage. Restore a backup of the project.';
    case 'stray':
      return `A text or marks are kept under “${finding.documentId}”, and there is no such document. They are left as they are; a backup may bring the document back.`;
    case 'lost':
      return `The history speaks of a document “${finding.documentId}” that is not there. Restore a backup of its project.`;
    case 'unfinished-import':
      return `An import was broken off and left ${number(finding.documents)} ${finding.documents === 1 ? 'document' : 'documents'} that nobody sees. They can be removed; import the file again.`;
    case 'log':
      return logFault(finding);
    case 'copy':
      return copyFault(finding);
    default:
      return finding satisfies never;
  }
}

type Of<Kind extends FindingKind> = Extract<Finding, { kind: Kind }>;

function misplacement({ fault, span, here }: Of<'misplaced'>): string {
  const quote = quoted(span.text);
  switch (fault) {
    case 'outside':
      return `${quote} is said to stand outside of the text.`;
    case 'empty':
      return `The span of ${quote} covers nothing.`;
    case 'split':
      return `The span of ${quote} cuts a character in two.`;
    case 'other-words':
      return `${quote} is marked, but ${quoted(here)} stands there.`;
    default:
      return fault satisfies never;
  }
}

function remedy({ span, to }: Of<'misplaced'>): string {
  if (!to) return 'Its words were not found in the text: mark them anew, or remove the span.';
  return to.text === span.text
    ? `Its words stand in line ${to.line}.`
    : `Very like it is ${quoted(to.text)} in line ${to.line}.`;
}

function unknownName({ what, name, count }: Of<'unknown'>): string {
  const noun = what === 'document label' ? 'document' : what === 'relation type' ? 'relation' : 'span';
  const where = `${number(count)} ${noun}${count === 1 ? ' has' : 's have'} the ${what} “${name}”`;
  return what === 'attribute'
    ? `${where}, which the scheme does not have. It is kept and exported as it is; add it under Labels to choose its values there.`
    : `${where}, which the scheme does not have. Give ${count === 1 ? 'it' : 'them'} another one, or restore a backup.`;
}

function textFault({ fault, isInCopy }: Of<'text'>): string {
  const what = fault === 'missing' ? 'Its text is missing.' : 'Its text is not the one that it came in with.';
  return isInCopy
    ? `${what} The second copy has it.`
    : `${what} The second copy does not have it either: restore a backup, or import the file again.`;
}

function logFault({ fault, seq, title }: Of<'log'>): string {
  const which = `Change ${number(seq)}${title === '' ? '' : ` (${title})`}`;
  switch (fault) {
    case 'twice':
      return `${which} stands in the history twice. That does no harm to what is marked.`;
    case 'takes back nothing':
      return `${which} takes back another one that is not in the history.`;
    case 'broken':
      return `${which} does not fit to the one before it: something before it was altered, or is missing. Compare with a backup.`;
    default:
      return fault satisfies never;
  }
}

function copyFault({ behind, ahead }: Of<'copy'>): string {
  const has = (lacking: Lacking) => lacking.documents + lacking.changes > 0;
  return [
    ...(has(behind) ? [`The second copy lacks ${lackedWords(behind)}.`] : []),
    ...(has(ahead) ? [`The second copy has ${lackedWords(ahead)} that the storage lacks.`] : []),
  ].join(' ');
}

function lackedWords({ documents, changes }: Lacking): string {
  return [
    ...(documents > 0 ? [`${number(documents)} document${documents === 1 ? '' : 's'}`] : []),
    ...(changes > 0 ? [`${number(changes)} change${changes === 1 ? '' : 's'}`] : []),
  ].join(' and ');
}

function counted({ spans }: Counts): string {
  return `${number(spans)} span${spans === 1 ? '' : 's'}`;
}

/** How many faults there are; of what is only worth knowing, as attributes that the scheme lacks, nothing has to be done. */
export function faultCount({ findings, counts }: Examination): number {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    all - findings.filter((finding) => finding.kind === 'unknown' && finding.what === 'attribute').length
  );
}

function quoted(words: string): string {
  const line = words.replace(/\s+/gu, ' ').trim();
  const short = [...line].slice(0, 60).join('');
  return `“${short.length < line.length ? `${short.trimEnd()}…` : short}”`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
