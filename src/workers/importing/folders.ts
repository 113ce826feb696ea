import type { Asked } from '../../core/import-plan.ts';
import type { Source } from './sources.ts';

/**
 * Whether folders stand for annotators is asked when the same names of files come in several folders, in a format whose
 * files come in pairs.
 */
export function byFolderQuestion(
  sources: readonly Source[],
): { files: string[]; question: Asked['question'] } | undefined {
  const paired = sources.filter(({ format }) => format.companions && !format.extensions.includes('csv'));
  const folders = new Map<string, Set<string>>();
  for (const { file } of paired) {
    const [folder, name] = partsOf(file.name);
    folders.set(name, (folders.get(name) ?? new Set()).add(folder));
  }
  const several = [...folders.values()].find((all) => all.size > 1);
  if (!several) return undefined;
  const names = [...several].map((folder) => folder.split('/').at(-1)!);
  return {
    files: paired.map(({ file }) => file.name),
    question: {
      about: 'annotatorByFolder',
      words: 'The same names of files come in several folders. Is each folder the work of one annotator?',
      choices: [
        { value: 'yes', name: 'Yes, folders are annotators', examples: names.slice(0, 5) },
        { value: 'no', name: 'No, they are other documents', examples: [] },
      ],
      presumed: 'yes',
    },
  };
}

function partsOf(path: string): [folder: string, name: string] {
  const cut = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, cut)), path.slice(cut + 1)];
}
