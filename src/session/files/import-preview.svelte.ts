import type { Asked, ImportDecisions, LabelDecision, Survey, TwinDecision } from '../../core/import-plan.ts';
import type { ReadOptions } from '../../formats/format.ts';

/** What the user has answered; absent where nothing was. */
type Answer = string | object | undefined;

type Options = Readonly<Record<string, ReadOptions>>;
/** Reads the files again; `undefined` when that failed. */
type Look = (options: Options) => Promise<Survey | undefined>;
/** Called once, with nothing when nothing is to be imported. */
type End = (decided: { readonly decisions: ImportDecisions; readonly options: Options } | undefined) => void;

/** An import that has not happened: what the files would bring, and what the user decides about it. */
export class ImportPreview {
  readonly #look: Look;
  readonly #end: End;
  /** Several files may ask the same; a question is the same as long as it is asked of the same files. */
  readonly #answers = new Map<string, Answer>();
  #answered = $state(0);
  #survey = $state.raw<Survey>() as Survey;
  #labels = $state.raw<Readonly<Record<string, LabelDecision>>>({});
  /** Looks that are under way. Only what the last one sees counts. */
  #looks = 0;
  #isLooking = $state(false);
  twins = $state<TwinDecision>('merge');
  readonly #asked: Asked[] = [];
  #mayMove = $state(false);

  constructor(survey: Survey, look: Look, end: End) {
    this.#look = look;
    this.#end = end;
    this.#take(survey);
  }

  get survey(): Survey {
    return this.#survey;
  }

  /** Everything that was asked, answered or not, so that an answer can be changed. */
  get asked(): readonly Asked[] {
    return this.#answered >= 0 ? [...this.#asked] : [];
  }

  /** Whether the files are read anew, as an answer changes what is in them. */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  get mayMove(): boolean {
    return this.#mayMove;
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
  answer(asked: Asked): Answer {
    const said = this.#answered >= 0 ? this.#answers.get(keyOf(asked)) : undefined;
    return said ?? (asked.question.presumed as Answer);
  }

  /** Takes an answer and reads the files again with it. */
  async say(asked: Asked, answer: string | object): Promise<void> {
    const before = this.#answers.get(keyOf(asked));
    this.#keep(asked, answer);
    await this.#lookAgain(() => this.#keep(asked, before));
  }

  /** Whether spans may be moved to where their words are. */
  async allowMoving(mayMove: boolean): Promise<void> {
    const before = this.#mayMove;
    this.#mayMove = mayMove;
    await this.#lookAgain(() => (this.#mayMove = before));
  }

  #keep(asked: Asked, answer: Answer): void {
    if (answer === undefined) this.#answers.delete(keyOf(asked));
    else this.#answers.set(keyOf(asked), answer);
    this.#answered++;
  }

  /** Imports as it was decided. */
  import(): void {
    const labels = this.#survey.labels.map((found) => [found.value, this.decision(found)] as const);
    const decisions = { labels: Object.fromEntries(labels), twins: this.twins };
    this.#end({ decisions, options: this.#options() });
  }

  cancel(): void {
    this.#end(undefined);
  }

  /** `takeBack` is called when the files could not be read, so that what is decided is always what was seen. */
  async #lookAgain(takeBack: () => void): Promise<void> {
    const look = ++this.#looks;
    this.#isLooking = true;
    const survey = await this.#look(this.#options());
    // Another answer has come meanwhile, and its survey is the one that counts.
    if (look !== this.#looks) return;
    if (!survey) takeBack();
    if (survey) this.#take(survey);
    this.#isLooking = false;
  }

  /** A question that was answered may not be asked again, and one that is may have changed: the rows of a table. */
  #take(survey: Survey): void {
    this.#survey = survey;
    for (const asked of survey.asked) {
      const index = this.#asked.findIndex((known) => keyOf(known) === keyOf(asked));
      if (index < 0) this.#asked.push(asked);
      else this.#asked[index] = asked;
    }
    this.#answered++;
  }

  /** What is known about each file: what its own words prove, and what was answered. */
  #options(): Record<string, ReadOptions> {
    const options: Record<string, Record<string, unknown>> = {};
    const of = (file: string) => (options[file] ??= this.#mayMove ? { reanchor: true } : {});
    for (const [file, unit] of Object.entries(this.#survey.units)) of(file)['unit'] = unit;
    for (const asked of this.#asked) {
      const answer = this.answer(asked);
      if (answer === undefined) continue;
      const value = asked.question.about === 'annotatorByFolder' ? answer === 'yes' : answer;
      for (const file of asked.files) of(file)[asked.question.about] = value;
    }
    if (this.#mayMove) for (const { file } of this.#survey.problems) of(file);
    return options as Record<string, ReadOptions>;
  }
}

function keyOf({ files, question }: Asked): string {
  return JSON.stringify([question.about, files]);
}
