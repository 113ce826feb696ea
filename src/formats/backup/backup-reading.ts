import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { ByteFile } from './byte-source.ts';
import { LineTally, type LineRange } from './line-tally.ts';
import { backupVersion, endIn, manifestIn, type Manifest, type PartFacts } from './manifest.ts';
import { isAsSaid, isFrameSound, isSame } from './frame.ts';
import { PartDigest } from './part-digest.ts';
import { partNames, pathOf, type PartName } from './part-names.ts';
import { scanned, type Found } from './scanning.ts';
import type { SealedLine } from './sealed-line.ts';

export interface LostLines extends LineRange {
  readonly part: PartName;
}

/** What is to be said of a backup once all of it was read. */
export interface BackupState {
  /** What its head says; of a backup whose head is damaged only what the end repeats is known. */
  readonly manifest: Manifest | undefined;
  readonly promised: Pick<Manifest, 'counts' | 'parts'> | undefined;
  /** Sound lines, the same one never twice. */
  readonly soundLines: number;
  readonly lost: readonly LostLines[];
  /** Everything that is wrong, lost lines among it, a sentence each. None means: every byte is as it was written. */
  readonly faults: readonly FileProblem[];
  /** A newer Locution has written it, so it may hold what this one does not know. */
  readonly isNewer: boolean;
}

/** More would not be read by anybody; lines that are lost are told as ranges, and all of them. */
const mostFaults = 200;

/** Reads a backup once, sound or damaged: first all its sound lines, then what is to be said of it. Nothing throws. */
export class BackupReading {
  readonly #file: ByteFile;
  readonly #name: string;
  readonly #tallies = new Map(partNames.map((part) => [part, new LineTally()]));
  readonly #digests = new Map<PartName, PartDigest>();
  readonly #faults: FileProblem[] = [];
  readonly #headers: Found[] = [];
  #part: PartName = 'manifest';
  #soundLines = 0;
  #manifest: Manifest | undefined;
  #end: Pick<Manifest, 'counts' | 'parts'> | undefined;

  /** `name` is what the file is called in complaints. */
  constructor(file: ByteFile, name: string) {
    this.#file = file;
    this.#name = name;
  }

  /** Of which project the head says the backup is, once it was read. */
  get projectId(): string | undefined {
    return this.#manifest?.project.id;
  }

  /** The sound lines in the order of the file. The state is complete when they have been read to the end. */
  async *lines(): AsyncGenerator<SealedLine> {
    try {
      for await (const found of scanned(this.#file))
        if (found.kind !== 'line') this.#noteOther(found);
        else if (this.#note(found.line, found.bytes, found.offset)) yield found.line;
    } catch (error) {
      // The disk or the browser gave up in the middle: what was read before stands.
      this.#complain(`the file could not be read to its end: ${String(error)}.`);
    }
  }

  /** What is to be said once all lines were read. To be asked once. */
  finish(): BackupState {
    const promised = this.#manifest ?? this.#end;
    const lost = partNames.flatMap((part) => this.#lostOf(part, promised));
    const isNewer = (this.#manifest?.version ?? backupVersion) > backupVersion;
    const sentences = lost.map((range) => this.#lossOf(range));
    const faults = [...sentences, ...this.#faults, ...this.#differences(promised, lost)].slice(0, mostFaults);
    return {
      manifest: this.#manifest,
      promised,
      soundLines: this.#soundLines,
      lost,
      faults,
      isNewer,
    };
  }

  #note(line: SealedLine, bytes: Uint8Array, offset: number): boolean {
    const tally = this.#tallies.get(line.part)!;
    const isInPlace = line.line === tally.next;
    if (!tally.see(line.line)) {
      this.#complain('this line stands here once more and was passed over.', line.part, line.line);
      return false;
    }
    if (!isInPlace) this.#complain('this line does not stand at its place.', line.part, line.line);
    const digest = this.#digests.get(line.part) ?? new PartDigest(offset);
    this.#digests.set(line.part, digest);
    if (isInPlace && digest.lines === line.line - 1 && digest.last !== line.after)
      this.#complain('this line does not follow the one before it.', line.part, line.line);
    digest.add(bytes, line.sum);
    this.#part = line.part;
    this.#soundLines++;
    if (line.part === 'manifest') this.#manifest = manifestIn(line.value);
    if (line.part === 'end') this.#end = endIn(line.value);
    return true;
  }

  #noteOther(found: Exclude<Found, { kind: 'line' }>): void {
    if (found.kind !== 'damage') return void this.#headers.push(found);
    const { next } = this.#tallies.get(this.#part)!;
    const words = found.isCut ? 'the file ends in the middle of what stands' : 'there is damage';
    this.#complain(
      `${words} at byte ${found.offset}, ${this.#part === 'end' ? 'behind' : 'in or before'} line ${next}.`,
      this.#part,
    );
  }

  #lostOf(part: PartName, promised: BackupState['promised']): LostLines[] {
    const lines = promised?.parts.find((facts) => facts.part === part)?.lines;
    const alone = ['manifest', 'scheme', 'end'].includes(part) ? 1 : undefined;
    return this.#tallies
      .get(part)!
      .missing(lines ?? alone)
      .map((range) => ({ part, ...range }));
  }

  #lossOf({ part, first, last }: LostLines): FileProblem {
    const what = first === last ? 'this line is' : `lines ${first} to ${last} are`;
    return this.#problem(`${what} damaged or missing and cannot be restored.`, part, first);
  }

  /** Where what was read differs from what should be there although no line of it is damaged. */
  #differences(promised: BackupState['promised'], lost: readonly LostLines[]): FileProblem[] {
    if (!promised)
      return [this.#problem('head and end are damaged, so nothing tells how many lines there should be.')];
    const facts = [...this.#digests].map(([part, digest]) => digest.facts(part));
    const isTold = (said: PartFacts) => lost.some(({ part }) => part === said.part);
    const wrong = promised.parts.filter((said) => !isTold(said) && !isAsSaid(said, facts));
    return [
      ...wrong.map(({ part }) => this.#problem('this part is not as it was written.', part)),
      ...(this.#manifest && this.#end && !isSame(this.#manifest, this.#end)
        ? [this.#problem('its head and its end say different things.')]
        : []),
      ...(isFrameSound(this.#headers, this.#digests)
        ? []
        : [
            this.#problem(
              'what stands between its parts or behind them is damaged or missing; no line is lost by that.',
            ),
          ]),
    ];
  }

  #complain(message: string, part?: PartName, line?: number): void {
    if (this.#faults.length < mostFaults) this.#faults.push(this.#problem(message, part, line));
  }

  #problem(message: string, part?: PartName, line?: number): FileProblem {
    const file = part ? `${this.#name}/${pathOf(part)}` : this.#name;
    return fileProblem('refused', file, message, line);
  }
}
