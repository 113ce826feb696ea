import { newIn, type NewParts } from '../../core/schemes/growing.ts';
import { download, safeFileName } from '../files/download.ts';
import { counted } from '../files/importing.svelte.ts';
import type { Session } from '../session.svelte.ts';

/** Downloads the scheme of the project as a file that other projects can take in. */
export async function exportScheme({ project, messages }: Session): Promise<void> {
  const { writeSchemeJson } = await import('../../formats/schemes/scheme-json.ts');
  const blob = new Blob([writeSchemeJson(project.scheme)], { type: 'application/json' });
  const name = `${safeFileName(project.name) || 'locution'}.scheme.json`;
  download(blob, name);
  messages.say(`Exported the scheme as “${name}”.`);
}

/** Downloads the scheme with all its guidelines as one page for reading and printing. */
export async function exportCodebook({ project, messages }: Session): Promise<void> {
  const { codebook } = await import('../../formats/schemes/codebook.ts');
  const blob = new Blob([codebook(project.name, project.scheme)], { type: 'text/html' });
  const name = `${safeFileName(project.name) || 'locution'}.codebook.html`;
  download(blob, name);
  messages.say(`Exported the codebook as “${name}”.`);
}

/**
 * Adds to the scheme what a scheme file has and the scheme lacks, as one step that can be undone; what the file says of
 * things that are here already is passed over. Problems are shown as those of an import are.
 */
export async function importSchemeFile(session: Session, file: File): Promise<void> {
  const { readSchemeFile } = await import('../../formats/schemes/scheme-files.ts');
  const { plan, problems } = await readSchemeFile(file);
  const before = session.project.scheme;
  const fault = plan && session.scheme.addPlan(plan, `Imported the scheme “${file.name}”`);
  const created = newIn(before, session.project.scheme);
  const summary = plan === undefined || fault !== undefined ? 'nothing' : summaryOf(created);
  const undo = { name: 'Undo', run: () => void session.scheme.undo() };
  if (plan && fault === undefined)
    session.messages.say(
      `Imported the scheme “${file.name}”: ${summary}.`,
      session.project.scheme === before ? undefined : undo,
    );
  else if (fault === undefined) session.messages.alert(`“${file.name}” holds no scheme that can be read.`);
  if (problems.length > 0)
    session.importing.showReport({ documents: 0, spans: 0, kept: summary, created, problems });
}

/** "4 labels, 1 relation"; in words when there is nothing new. */
function summaryOf({ labels, attributes, relations, documentLabels }: NewParts): string {
  const counts = [
    [labels.length, 'label'],
    [attributes.length, 'attribute'],
    [relations.length, 'relation'],
    [documentLabels.length, 'document label'],
  ] as const;
  const parts = counts.flatMap(([count, noun]) => (count > 0 ? [counted(count, noun)] : []));
  return parts.join(', ') || 'nothing in it is new';
}
