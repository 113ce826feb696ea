import { plainDecisions, type ImportDecisions, type Survey } from '../../core/import-plan.ts';
import { fileProblem, type FileProblem } from '../../core/problem.ts';
import { emptyScheme } from '../../core/scheme.ts';
import { plainOptions, type ReadOptions, type SourceFile } from '../../formats/format.ts';
import { formatOf, ownFormats } from '../../formats/formats.ts';
import { plainText } from '../../formats/plain-text.ts';
import type { Database } from '../../storage/database.ts';
import { Staging, type Staged } from '../../storage/staging/staging.ts';
import { counting, readingsOf, sourcesOf, unpackedApart, type IncomingFile, type Source } from './sources.ts';
import { survey } from './survey.ts';
import { Unclear } from './unclear.ts';

/** What an import comes to: staged, or first the survey that the user is to see. */
export type ImportResult =
  { readonly kind: 'staged'; readonly staged: Staged } | { readonly kind: 'survey'; readonly survey: Survey };

export interface ImportOrder {
  readonly projectId: string;
  readonly files: readonly IncomingFile[];
  readonly pasted: boolean;
  readonly labelKeys: readonly string[];
  readonly options: Readonly<Record<string, ReadOptions>>;
  readonly decisions?: ImportDecisions;
  /** What is asked of one file by itself, by `askedKey`. */
  readonly alone?: readonly string[];
  /** Whether the user is looking at what would come, so that nothing is staged however clear it has become. */
  readonly isPreview?: boolean;
  /** Under which the import is staged. */
  readonly importId?: string;
  /** The files whose reading was stopped, as they are named when they are read. */
  readonly leftOut?: ReadonlySet<string>;
}

/**
 * Stages files once it is decided how. Before that, files of our own formats and plain texts are staged at once when they
 * raise no question, and of all others a survey is made, which writes nothing.
 */
export async function importFiles(
  database: Database,
  order: ImportOrder,
  onprogress: (progress: { done: number; total: number; file: string }) => void,
): Promise<ImportResult> {
  const total = order.files.reduce((sum, { blob }) => sum + blob.size, 0);
  let done = 0;
  const counted = (file: SourceFile, owner: string) =>
    counting(file, (bytes) => onprogress({ done: Math.min((done += bytes), total), total, file: owner }));
  const unpacked = await unpackedApart(order.files, order.leftOut);
  const { files } = unpacked;
  const problems = [...unpacked.problems, ...[...(order.leftOut ?? [])].map(stopped)];
  const sources = (await sourcesOf(files, order.pasted ? () => plainText : formatOf)).map(
    ({ file, format, companions }) => ({
      format,
      file: counted(file, file.name),
      companions: new Map([...companions].map(([name, companion]) => [name, counted(companion, file.name)])),
    }),
  );
  const isClear = !order.isPreview && sources.every(isOwn);
  const staged = order.decisions || isClear ? await stage(database, order, sources, problems) : undefined;
  if (staged) return { kind: 'staged', staged };
  done = 0;
  const optionsOf = (file: string) => order.options[file] ?? plainOptions;
  const found = await survey(database, order.projectId, sources, optionsOf, new Set(order.alone));
  return { kind: 'survey', survey: { ...found, problems: [...problems, ...found.problems] } };
}

function stopped(file: string): FileProblem {
  return fileProblem(
    'refused',
    file,
    'reading this file took so long that it was stopped, and nothing of it was taken. It may be damaged, or made to be unreadable; save it anew in the program that it is from, or import a part of it.',
  );
}

function isOwn({ format }: Source): boolean {
  return ownFormats.includes(format);
}

/**
 * `undefined` when there is something that only the user can say: a question, or a label that means something else here.
 * What was staged then counts nowhere.
 */
async function stage(
  database: Database,
  { projectId, labelKeys, options, decisions, files, importId }: ImportOrder,
  sources: readonly Source[],
  problems: readonly FileProblem[],
): Promise<Staged | undefined> {
  const known = { files: files.map(({ path }) => path), ...(importId !== undefined && { importId }) };
  const staging = await Staging.begin(database, projectId, labelKeys, decisions ?? plainDecisions, known);
  staging.complain(problems);
  const scheme = (await database.projects.get(projectId))?.scheme ?? emptyScheme;
  const unclear = new Unclear(scheme, decisions !== undefined);
  for (const [index, source] of sources.entries()) {
    const { readings } = readingsOf(source, options[source.file.name] ?? plainOptions);
    await staging.take({ file: source.file.name, readings: unclear.among(readings) });
    if (unclear.isMet) {
      await staging.discard();
      return undefined;
    }
    if (!staging.isFull) continue;
    staging.leave(source.companions.keys());
    for (const { file, companions } of sources.slice(index + 1))
      staging.leave([file.name, ...companions.keys()]);
    break;
  }
  return staging.finish();
}
