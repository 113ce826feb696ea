import {
  askedKey,
  type Asked,
  type ImportDecisions,
  type LabelDecision,
  type Survey,
  type TwinDecision,
} from '../../core/import-plan.ts';
import type { Question } from '../../core/transfer.ts';
import type { ReadOptions } from '../../formats/format.ts';

/** What the user has answered; absent where nothing was. */
type Answer = string | object | undefined;

type Options = Readonly<Record<string, ReadOptions>>;
/** Reads the files again, asking what is named by `askedKey` of one file alone; `undefined` when that failed. */
type Look = (options: Options, alone: readonly string[]) => Promise<Survey | undefined>;
/** Called once, with nothing when nothing is to be imported. */
type End = (decided: { readonly decisions: ImportDecisions; readonly options: Options } | undefined) => void;

/** What a look at the files depends on. */
interface Said {
  /** By `askedKey`, so that an answer stays with its file whatever others are asked with it. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** What is asked of one file by itself, by `askedKey`. */
  readonly alone: ReadonlySet<string>;
  readonly mayMove: boolean;
}

/** A question as it is put to one file. */
interface Put {
  readonly file: string;
  readonly asked: Asked;
}

/** Survey by survey these are asked as long as they are open, whatever was answered; others end with an answer. */
const alwaysAsked = new Set<Question['about']>(['unit', 'columns', 'annotatorByFolder']);

/** An import that has not happened: what the files would bring, and what the user decides about it. */
export class ImportPreview {
  readonly #look: Look;
  readonly #end: End;
  #said = $state.raw<Said>({ answers: new Map(), alone: new Set(), mayMove: false });
  /** What the survey was made with. */
  #seen = this.#said;
  #survey = $state.raw<Survey>() as Survey;
  #questions = $state.raw<ReadonlyMap<string, Put>>(new Map());
  #labels = $state.raw<Readonly<Record<string, LabelDecision>>>({});
  /** Looks that are under way. Only what the last one sees counts. */
  #looks = 0;
  #isLooking = $state(false);
  twins = $state<TwinDecision>('merge');

  constructor(survey: Survey, look: Look, end: End) {
    this.#look = look;
    this.#end = end;
    this.#take(survey);
  }

  get survey(): Survey {
    return this.#survey;
  }

  /** Everything that was asked, answered or not, so that an answer can be changed; files with another answer are apart. */
  readonly asked: readonly Asked[] = $derived.by(() => {
    const groups = new Map<Asked, Map<string, Asked & { files: string[] }>>();
    for (const { file, asked } of this.#questions.values()) {
      const answer = JSON.stringify(this.#answerOf(file, asked.question));
      const alike = groups.get(asked) ?? new Map<string, Asked & { files: string[] }>();
      const group = alike.get(answer) ?? { files: [], question: asked.question };
      group.files.push(file);
      groups.set(asked, alike.set(answer, group));
    }
    return [...groups.values()].flatMap((alike) => [...alike.values()]);
  });

  /** Whether the files are read anew, as an answer changes what is in them. */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  get mayMove(): boolean {
    return this.#said.mayMove;
  }

  /** Whether nothing is left that only the user can say. */
  readonly isReady = $derived.by(
    () =>
      !this.#isLooking &&
      this.#survey.documents > 0 &&
      this.asked.every((asked) => this.answer(asked) !== undefined),
  );

  decision({ value, proposal }: Survey['labels'][number]): LabelDecision {
    // A label may be called `constructor`.
    return Object.hasOwn(this.#labels, value) ? this.#labels[value]! : proposal;
  }

  decide(value: string, decision: LabelDecision): void {
    this.#labels = { ...this.#labels, [value]: decision };
  }

  /** What the user said, or what is taken for granted until then. */
  answer({ files, question }: Asked): Answer {
    return this.#answerOf(files[0]!, question);
  }

  /** The file that the examples of a question are of. */
  exampleOf({ files, question }: Asked): string {
    return this.#questions.get(askedKey(question.about, files[0]!))?.asked.files[0] ?? files[0]!;
  }

  #answerOf(file: string, { about, presumed }: Question): Answer {
    return this.#said.answers.get(askedKey(about, file)) ?? (presumed as Answer);
  }

  /** Takes an answer for all the files of a question and reads them again with it. */
  async say({ files, question: { about } }: Asked, answer: string | object): Promise<void> {
    const answers = new Map(this.#said.answers);
    for (const file of files) answers.set(askedKey(about, file), answer);
    await this.#lookAgain({ ...this.#said, answers });
  }

  /** Asks about one file by itself, with its own examples; what was answered for all does not count for it then. */
  async askAlone({ question: { about } }: Asked, file: string): Promise<void> {
    const key = askedKey(about, file);
    const answers = new Map(this.#said.answers);
    answers.delete(key);
    await this.#lookAgain({ ...this.#said, answers, alone: new Set([...this.#said.alone, key]) });
  }

  /** Whether spans may be moved to where their words are. */
  async allowMoving(mayMove: boolean): Promise<void> {
    await this.#lookAgain({ ...this.#said, mayMove });
  }

  /** Imports as it was decided. */
  import(): void {
    const labels = this.#survey.labels.map((found) => [found.value, this.decision(found)] as const);
    const decisions = { labels: Object.fromEntries(labels), twins: this.twins };
    const options = this.#options(({ file, asked }) => this.#answerOf(file, asked.question));
    this.#end({ decisions, options });
  }

  cancel(): void {
    this.#end(undefined);
  }

  /** Where the files cannot be read, all is as it was seen last, so that what is decided is always what was seen. */
  async #lookAgain(said: Said): Promise<void> {
    const look = ++this.#looks;
    this.#said = said;
    this.#isLooking = true;
    // What is merely presumed is not passed on, as it may hang on the answers.
    const options = this.#options(({ file, asked }) =>
      said.answers.get(askedKey(asked.question.about, file)),
    );
    const survey = await this.#look(options, [...said.alone]);
    // Another answer has come meanwhile, and its survey is the one that counts.
    if (look !== this.#looks) return;
    if (survey) this.#take(survey);
    else this.#said = this.#seen;
    this.#isLooking = false;
  }

  #take(survey: Survey): void {
    const questions = new Map(
      [...this.#questions].filter(([, { asked }]) => !alwaysAsked.has(asked.question.about)),
    );
    for (const asked of survey.asked)
      for (const file of asked.files) questions.set(askedKey(asked.question.about, file), { file, asked });
    this.#questions = questions;
    this.#survey = survey;
    this.#forgetImpossible();
    this.#seen = this.#said;
  }

  /** What was answered may be no choice any more, when another answer has changed what the file says. */
  #forgetImpossible(): void {
    const answers = new Map(this.#said.answers);
    for (const [key, { asked }] of this.#questions) {
      const { question } = asked;
      if ('choices' in question && !question.choices.some(({ value }) => value === answers.get(key)))
        answers.delete(key);
    }
    this.#said = { ...this.#said, answers };
  }

  /** What is known about each file: what was answered, and before that what its own words prove. */
  #options(answerOf: (put: Put) => Answer): Options {
    const { mayMove } = this.#said;
    // A file may be called `constructor`.
    const options = Object.create(null) as Record<string, Record<string, unknown>>;
    const of = (file: string) => (options[file] ??= mayMove ? { reanchor: true } : {});
    for (const put of this.#questions.values()) {
      const { about } = put.asked.question;
      const answer = answerOf(put);
      if (answer !== undefined)
        of(put.file)[about] = about === 'annotatorByFolder' ? answer === 'yes' : answer;
    }
    for (const [file, unit] of Object.entries(this.#survey.units)) of(file)['unit'] = unit;
    if (mayMove) for (const { file } of this.#survey.problems) of(file);
    return { ...options } as Options;
  }
}
