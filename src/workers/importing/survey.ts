import { countingHashes } from '../../storage/documents.ts';
import { askedKey, type Asked, type Survey } from '../../core/import-plan.ts';
import { describeFileProblem, fileProblem, type FileProblem } from '../../core/problem.ts';
import type { LabelWish } from '../../core/scheme.ts';
import { PartsSaid } from '../../core/schemes/parts-said.ts';
import type { SchemePlan } from '../../core/schemes/plan.ts';
import { hashText } from '../../core/text.ts';
import type { IncomingDocument, Question, Reading } from '../../core/transfer.ts';
import type { Database } from '../../storage/database.ts';
import type { ReadOptions } from '../../formats/format.ts';
import { unitNames, type OffsetUnit } from '../../formats/units.ts';
import type { UnitVerdict } from '../../formats/reading/unit-proof.ts';
import { byFolderQuestion } from './folders.ts';
import { foundLabels, isOtherMeaning } from './found-labels.ts';
import { readingsOf, type Source } from './sources.ts';

/** What has been counted of one file, or of all. */
interface Tally {
  documents: number;
  spans: number;
  relations: number;
  readonly labels: Map<string, number>;
  readonly annotators: Map<string, number>;
  readonly wishes: Map<string, LabelWish>;
  readonly plans: SchemePlan[];
  /** The file that a label's wish is of, by machine name. */
  readonly wishers: Map<string, string>;
  readonly hashes: [hash: string, title: string][];
  readonly problems: FileProblem[];
  /** As they are shown: a file that several others are read with is complained of once. */
  readonly said: Set<string>;
  readonly questions: Question[];
}

const titlesKept = 20;

/**
 * Reads files without writing anything, and says what they would bring to a project. What is in `alone`, by `askedKey`, is
 * asked of that file by itself.
 */
export async function survey(
  database: Database,
  projectId: string,
  sources: readonly Source[],
  optionsOf: (file: string) => ReadOptions,
  alone: ReadonlySet<string> = new Set(),
): Promise<Survey> {
  const project = await database.projects.get(projectId);
  if (!project) throw new RangeError(`no project ${projectId}`);
  const here = await countingHashes(database, projectId);
  const all = emptyTally();
  const parts = new PartsSaid(project.scheme);
  const asked = new Map<string, { files: string[]; question: Question }>();
  const byFolder = byFolderQuestion(sources);
  // What is presumed is what is shown, until there is an answer.
  const presumed = new Set(byFolder?.files);
  const known = (file: string): ReadOptions =>
    presumed.has(file) ? { annotatorByFolder: true, ...optionsOf(file) } : optionsOf(file);
  const units: Record<string, string> = {};
  for (const source of sources) {
    const { tally, unit } = await surveyFile(source, known(source.file.name));
    if (unit !== undefined) units[source.file.name] = unit;
    for (const question of tally.questions) ask(asked, question, source, alone);
    add(all, tally, source.file.name, parts);
  }
  if (byFolder) asked.set('folder', byFolder);
  return {
    ...counts(all),
    formats: formatsOf(sources),
    labels: foundLabels(all.labels, all.wishes, project.scheme),
    twins: twinsIn(all, here),
    asked: [...asked.values()] satisfies Asked[],
    problems: all.problems,
    movable: all.problems.filter(({ canBeMoved }) => canBeMoved).length,
    units,
  };
}

/**
 * Reads a file, and once more when its own words prove another unit than the one that was said or that its format
 * documents. A tie is asked also when it was answered: whether there is one may hang on other answers.
 */
async function surveyFile(
  source: Source,
  options: ReadOptions,
): Promise<{ tally: Tally; unit: OffsetUnit | undefined }> {
  const first = await read(source, options);
  const { units } = source.format;
  if (!units) return { tally: first.tally, unit: undefined };
  const { unit, tied } = first.verdict;
  if (tied.length > 0) first.tally.questions.push(unitQuestion(first.verdict));
  if (tied.length > 0) return { tally: first.tally, unit: undefined };
  const proven = unit === units[0] ? undefined : unit;
  if (unit === (options.unit ?? units[0])) return { tally: first.tally, unit: proven };
  return { tally: (await read(source, { ...options, unit })).tally, unit: proven };
}

async function read(source: Source, options: ReadOptions): Promise<{ tally: Tally; verdict: UnitVerdict }> {
  const tally = emptyTally();
  const { readings, verdict } = readingsOf(source, options);
  for await (const reading of readings) take(tally, reading);
  return { tally, verdict: verdict() };
}

function take(tally: Tally, reading: Reading): void {
  if (reading.kind === 'document') takeDocument(tally, reading.document);
  else if (reading.kind === 'problem') tally.problems.push(reading.problem);
  else if (reading.kind === 'question') tally.questions.push(reading.question);
  else if (reading.kind === 'label') tally.wishes.set(reading.label.value, reading.label);
  else tally.plans.push(reading.plan);
}

function takeDocument(tally: Tally, { title, text, spans, relations }: IncomingDocument): void {
  tally.documents++;
  tally.spans += spans.length;
  tally.relations += relations.length;
  tally.hashes.push([hashText(text), title]);
  for (const { label, annotator } of spans) {
    tally.labels.set(label, (tally.labels.get(label) ?? 0) + 1);
    tally.annotators.set(annotator, (tally.annotators.get(annotator) ?? 0) + 1);
  }
}

function emptyTally(): Tally {
  return {
    ...{ documents: 0, spans: 0, relations: 0 },
    ...{ labels: new Map(), annotators: new Map(), wishes: new Map(), wishers: new Map(), plans: [] },
    ...{ hashes: [], problems: [], said: new Set(), questions: [] },
  };
}

function add(all: Tally, tally: Tally, file: string, parts: PartsSaid): void {
  all.documents += tally.documents;
  all.spans += tally.spans;
  all.relations += tally.relations;
  for (const part of ['labels', 'annotators'] as const)
    for (const [name, count] of tally[part]) all[part].set(name, (all[part].get(name) ?? 0) + count);
  for (const wish of tally.wishes.values()) addWish(all, wish, file);
  const differences = [
    ...[...tally.wishes.values()].flatMap((wish) => parts.guidelineLeft(wish) ?? []),
    ...tally.plans.flatMap((plan) => parts.differences(plan, file)),
  ];
  for (const said of differences) all.problems.push(fileProblem('adjusted', file, said));
  // Not spread into `push`: a file may have more of these than a call has arguments.
  for (const pair of tally.hashes) all.hashes.push(pair);
  for (const problem of tally.problems) if (isNew(all, problem)) all.problems.push(problem);
}

/** As when it is imported, the first to describe a label is believed; who means something else by it is told of. */
function addWish(all: Tally, wish: LabelWish, file: string): void {
  const { value, guideline = '' } = wish;
  const known = all.wishes.get(value)?.guideline?.trim() ?? '';
  if (isOtherMeaning(known, guideline)) {
    const message = `the label “${value}” is described otherwise here than in ${all.wishers.get(value)}; both become one label, as described there. Import the files one after the other to keep them apart.`;
    all.problems.push(fileProblem('adjusted', file, message));
  }
  if (known !== '') return;
  all.wishes.set(value, wish);
  all.wishers.set(value, file);
}

function isNew({ said }: Tally, problem: FileProblem): boolean {
  const words = describeFileProblem(problem);
  return !said.has(words) && said.add(words) !== undefined;
}

function counts({ documents, spans, relations, annotators }: Tally) {
  const names = [...annotators].map(([name, marked]) => ({ name, spans: marked }));
  return { documents, spans, relations, annotators: names.sort((a, b) => b.spans - a.spans) };
}

function formatsOf(sources: readonly Source[]): Record<string, number> {
  const formats: Record<string, number> = {};
  for (const { format } of sources) formats[format.name] = (formats[format.name] ?? 0) + 1;
  return formats;
}

function twinsIn({ hashes }: Tally, here: ReadonlySet<string>): Survey['twins'] {
  const seen = new Set(here);
  const titles = hashes.flatMap(([hash, title]) => {
    const isTwin = seen.has(hash);
    seen.add(hash);
    return isTwin ? [title] : [];
  });
  return { documents: titles.length, titles: titles.slice(0, titlesKept) };
}

/** Files that ask the same in the same words are asked together, unless the user wants to answer for one by itself. */
function ask(
  asked: Map<string, { files: string[]; question: Question }>,
  question: Question,
  { file, format }: Source,
  alone: ReadonlySet<string>,
): void {
  // Tables that begin alike may have their texts in other columns.
  const alike =
    'choices' in question
      ? question.choices.map(({ value }) => value)
      : [question.rows[0], question.presumed];
  const own = askedKey(question.about, file.name);
  const key = alone.has(own) ? own : JSON.stringify([question.about, format.name, alike]);
  const known = asked.get(key);
  if (known) known.files.push(file.name);
  else asked.set(key, { files: [file.name], question });
}

function unitQuestion({ tied, examples }: UnitVerdict): Question {
  return {
    about: 'unit',
    words:
      'The file does not say what its offsets count, and its texts have characters for which that matters.',
    choices: tied.map((unit) => ({
      value: unit,
      name: unitNames[unit].replace(/^./, (first) => first.toUpperCase()),
      examples: [...(examples[unit] ?? [])],
    })),
  };
}
