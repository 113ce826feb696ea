import type { Progress } from '../../workers/jobs.ts';
import type { Messages } from '../messages.svelte.ts';

/** Offers to leave a file out that takes long, and leaves one out that hangs. */
export function watchReading(messages: Messages, leave: (file: string) => void): ReadingWatch {
  return new ReadingWatch({
    onstuck: leave,
    onslow: (file) =>
      messages.say(`“${file}” takes unusually long to read.`, {
        name: 'Leave this file out',
        run: () => leave(file),
        lasts: true,
      }),
  });
}

/** In seconds in which nothing is heard of a reader, or nothing new. */
const patience = {
  /** Until the user is told and may leave the file out. */
  silent: 20,
  /** The same for one that is at work and reads no further: a long PDF takes its time. */
  still: 60,
  /** Until a reader that hangs is stopped, whatever the user says. */
  most: 180,
};

interface Watched {
  /** The file takes unusually long. Called once a file. */
  readonly onslow: (file: string) => void;
  /** The file will never be read. */
  readonly onstuck: (file: string) => void;
}

/**
 * Listens to a worker that reads files, and knows when one of them holds it up. It counts ticks of its own and asks no
 * clock, as a computer that slept is no reader that hangs.
 */
export class ReadingWatch {
  readonly #watched: Watched;
  readonly #timer: ReturnType<typeof setInterval>;
  #last: Progress | undefined;
  #silent = 0;
  #still = 0;
  #told: string | undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#timer = setInterval(() => this.#tick(), 1000);
  }

  heard(progress: Progress): void {
    this.#silent = 0;
    if (progress.file !== this.#last?.file || progress.done !== this.#last?.done) this.#still = 0;
    this.#last = progress;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.#silent++;
    this.#still++;
    const file = this.#last?.file;
    if (file === undefined) return;
    if (this.#silent >= patience.most) this.#watched.onstuck(file);
    const isSlow = this.#silent >= patience.silent || this.#still >= patience.still;
    if (!isSlow || this.#told === file) return;
    this.#told = file;
    this.#watched.onslow(file);
  }
}
