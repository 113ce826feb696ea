import { aimsOf, type Aim } from './aims.ts';
import type { Task } from './tasks.ts';

/** What was measured of one thing, round by round, in milliseconds unless the name says otherwise. */
export type Samples = readonly number[];

/** All that one workload gave, by the name of the figure. */
export interface Measured {
  readonly workload: string;
  readonly figures: Readonly<Record<string, Samples>>;
  /** Tasks over 50 ms by what the user was doing: their durations, over all rounds. */
  readonly longTasks: Readonly<Record<string, Samples>>;
  /** The longest tasks of a stretch that was followed with a profiler. */
  readonly profiles?: Readonly<Record<string, readonly Task[]>>;
  readonly chromium: string;
  /** When, and the load of the machine before and after: how many processes wanted a core. */
  readonly at?: string;
  readonly load?: readonly [before: number, after: number];
}

export interface Machine {
  readonly app: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly chromium: string;
}

/** The value that this share of the samples does not exceed, by the nearest rank. */
export function quantile(samples: Samples, share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(samples: Samples): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length === 0 ? NaN : (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/** A page of tables, one a workload. */
export function markdown(machine: Machine, measured: readonly Measured[], reasons = ''): string {
  return (
    [
      '# What Locution costs',
      describe(machine),
      method,
      aimTable(aimsOf(measured)),
      ...(reasons === '' ? [] : [reasons.trim()]),
      ...measured.map((each) => table(each)),
    ].join('\n\n') + '\n'
  );
}

const method = `Every figure is in milliseconds unless it says otherwise: the median over the rounds, then the least and the most. The
bench drives the built page from outside, by click, wheel and key, and counts from the time stamp that the browser gave the input event.

- **painted**: the first frame at whose beginning the page has what was asked for (the document’s first and last line in the text box
  and highlights lying on it; one highlighted span more, fewer, or of another label) has been laid out and painted by the main thread.
- **next frame**: the frame after that one begins (two animation frames in all). No page can do this in less than a frame, 16.7 ms.
- **saved**: the status named “Saving” has left “Saved” and come back to it, so the strict transaction is through; counted
  from painted on.
- **&lt;pre>, &lt;p>, &lt;mark>**: the same text in a page of nothing else in the same browser, of the same width and wrapped alike: put into
  one element, into one a line, and cut up with a “mark” for every span. Their text is in memory; Locution reads it from its storage.
- **frame**: the time from one animation frame to the next while the wheel turns through 20 windows of text, up and down where there
  is less of it; p50, p95 and the longest over all rounds.
- **blank**: a line at the top, in the middle or at the bottom of the window that is not drawn when a frame has been painted.
- **long tasks**: tasks of the main thread over 50 ms from the input until a third of a second after what was awaited; over all rounds.
- **in memory**: the most that the system says the renderer holds (VmRSS, Chromium’s own program included; “its own” is RssAnon),
  looked at ten times a second. The storage and the finished file are in other processes of the browser.
- **plain puts**: the very records that the import made, put into a second database of the same stores and indexes by IndexedDB alone,
  500 documents a transaction, relaxed, without the time that it takes to read them.

Whatever else the machine does makes the figures noisy: the least of a range says more of Locution, the most more of the
neighbours. Compare only figures of one run.`;

function describe({ app, cpu, cores, memoryGb, system, node, chromium }: Machine): string {
  return `Locution ${app}, Chromium ${chromium} without GPU, Node ${node}, ${system}, ${cores} cores of ${cpu}, ${memoryGb} GB,
shared with other work. Each table says when it was measured and how many processes wanted a core before and after: more than
${cores} means that runs waited for one.`;
}

function aimTable(aims: readonly Aim[]): string {
  const rows = aims.map(({ what, value, limit, unit }) => {
    const met = value === undefined ? 'not measured' : value <= limit ? 'met' : '**not met**';
    return `| ${escaped(what)} | ${value === undefined ? '' : `${shown(value)}${unit}`} | ${shown(limit)}${unit} | ${met} |`;
  });
  return ['## What is aimed at', '', '| | measured | at most | |', '|---|---:|---:|---|', ...rows].join('\n');
}

function table({ workload, figures, longTasks, profiles = {}, at, load }: Measured): string {
  const rows = Object.entries(figures).map(([name, samples]) => [name, ...cells(name, samples)].join(' | '));
  const tasks = Object.entries(longTasks).map(([name, durations]) =>
    durations.length === 0
      ? `${name}: none`
      : `${name}: ${durations.length}, longest ${shown(Math.max(...durations))}`,
  );
  return [
    `## ${workload}`,
    '',
    ...(at && load ? [`Measured ${at}; load ${load.map((one) => one.toFixed(1)).join(' to ')}.`, ''] : []),
    '| | median | range | rounds |',
    '|---|---:|---:|---:|',
    ...rows.map((row) => `| ${escaped(row)} |`),
    '',
    `Long tasks: ${tasks.length > 0 ? escaped(tasks.join('; ')) : 'none'}.`,
    ...Object.entries(profiles).flatMap(([name, longest]) => profile(name, longest)),
  ].join('\n');
}

function profile(name: string, tasks: readonly Task[]): string[] {
  if (tasks.length === 0) return [];
  const busy = (parts: Task['parts']) =>
    Object.entries(parts)
      .filter(([, ms]) => ms >= 0.5)
      .map(([kind, ms]) => `${kind} ${ms.toFixed(1)}`)
      .join(', ');
  return [
    '',
    `Longest tasks with a profiler, ${name}:`,
    '',
    ...tasks.map(
      ({ ms, parts, stack }) =>
        `- ${ms.toFixed(1)} ms (${busy(parts)}): ${stack.slice(-4).map(asCode).join(' › ') || 'no script'}`,
    ),
  ];
}

function asCode(name: string): string {
  return `\`${name}\``;
}

/** So that `<pre>` is no tag. */
function escaped(words: string): string {
  return words.replaceAll('<', '&lt;');
}

function cells(name: string, samples: Samples): string[] {
  const range = `${shown(Math.min(...samples))}–${shown(Math.max(...samples))}`;
  if (!name.includes('frame time')) return [shown(median(samples)), range, String(samples.length)];
  const [middle, most] = [quantile(samples, 0.5), quantile(samples, 0.95)].map(shown);
  return [`p50 ${middle}, p95 ${most}`, range, `${samples.length} frames`];
}

function shown(value: number): string {
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}
