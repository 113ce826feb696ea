import type { Document } from '../../core/document.ts';
import { fileProblem, type FileProblem, type Outcome } from '../../core/problem.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { IncomingDocument } from '../../core/transfer.ts';
import type { Union } from '../../core/union.ts';

/** What is told of a document that a file brings while its text is here already: what was added, and what not. */
export function twinReport(
  twin: Document,
  incoming: IncomingDocument,
  file: string,
  union: Union,
  scheme: Scheme,
): readonly FileProblem[] {
  return [...marksReport(twin, incoming, file, union), ...factsReport(twin, incoming, file, scheme)];
}

function marksReport(
  twin: Document,
  { line }: IncomingDocument,
  file: string,
  union: Union,
): readonly FileProblem[] {
  const missing = union.spans.length + union.relations.length;
  const what =
    missing === 0
      ? 'nothing was added'
      : `${union.spans.length} of its spans and ${union.relations.length} of its relations were missing there and were added to it`;
  const say = (outcome: Outcome, message: string) => fileProblem(outcome, file, message, line);
  return [
    say('skipped', `this text is already here as “${twin.title}”; ${what}.`),
    ...union.conflicts.map(({ id }) =>
      say('refused', `span “${id}” stands here with another range or label; the one here was kept.`),
    ),
    ...union.otherLinks.map(({ id }) =>
      say('refused', `relation “${id}” stands here with other ends or another type; the one here was kept.`),
    ),
    ...union.unlinked.map(({ id }) =>
      say('refused', `relation “${id}” was left out, as one of its spans was not taken.`),
    ),
    ...(union.differing.length > 0
      ? [
          say(
            'refused',
            `${union.differing.length} of its spans are here with other attributes or notes; those here were kept.`,
          ),
        ]
      : []),
  ];
}

/** What a file knows of the document that is not known here. */
function factsReport(
  { title, note, labels = [] }: Document,
  incoming: IncomingDocument,
  file: string,
  { documentLabels }: Scheme,
): readonly FileProblem[] {
  const here = new Set(documentLabels.flatMap(({ id, value }) => (labels.includes(id) ? [value] : [])));
  const facts = [
    ...(incoming.note !== undefined && incoming.note !== note ? ['another note'] : []),
    ...(incoming.labels?.some((label) => !here.has(label)) ? ['other document labels'] : []),
  ];
  if (facts.length === 0) return [];
  const message = `the file has ${facts.join(' and ')} for “${title}”; what is here was kept.`;
  return [fileProblem('refused', file, message, incoming.line)];
}
