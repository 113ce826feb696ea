/** One task of the page's main thread: nothing else could be answered while it ran. */
export interface Task {
  readonly ms: number;
  /** What it was busy with, in milliseconds. */
  readonly parts: Readonly<Record<string, number>>;
  /** The functions that it was in for the longest, outermost first, each with its milliseconds. */
  readonly stack: readonly string[];
}

/** An event as Chromium writes it into a trace; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly id?: string;
  readonly args?: { readonly name?: string; readonly data?: ProfileData };
}

interface ProfileData {
  readonly startTime?: number;
  readonly timeDeltas?: readonly number[];
  readonly cpuProfile?: { readonly nodes?: readonly ProfileNode[]; readonly samples?: readonly number[] };
}

interface ProfileNode {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: CallFrame;
}

/** Where a function stands; lines and columns from 0. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

interface Sample {
  readonly at: number;
  /** What was running, outermost first. */
  readonly path: readonly CallFrame[];
  readonly ms: number;
}

const kinds: Readonly<Record<string, string>> = {
  FunctionCall: 'script',
  EvaluateScript: 'script',
  RunMicrotasks: 'script',
  TimerFire: 'script',
  FireAnimationFrame: 'script',
  EventDispatch: 'script',
  UpdateLayoutTree: 'style',
  Layout: 'layout',
  PrePaint: 'paint',
  Paint: 'paint',
  Layerize: 'paint',
  Commit: 'paint',
  HitTest: 'hit test',
  IntersectionObserverController: 'observers',
  MinorGC: 'rubbish',
  MajorGC: 'rubbish',
};

/**
 * The tasks of the busiest page in the trace that took at least so many milliseconds, longest first. `nameOf` says how a
 * function is called.
 */
export function tasksOf(
  events: readonly TraceEvent[],
  atLeastMs: number,
  nameOf: (frame: CallFrame) => string,
): Task[] {
  const thread = busiestPage(events);
  if (thread === undefined) return [];
  const own = events.filter((event) => threadOf(event) === thread && event.dur !== undefined);
  const profiler = events.filter(({ name }) => name === 'Profile');
  const samples = samplesOf(events.filter(({ pid }) => String(pid) === thread.split(' ')[0]));
  return own
    .filter(({ name, dur }) => name === 'RunTask' && dur! >= atLeastMs * 1000)
    .filter((task) => !profiler.some(({ ts }) => isWithin(ts, task)))
    .sort((a, b) => b.dur! - a.dur!)
    .map((task) => ({
      ms: task.dur! / 1000,
      parts: partsOf(own.filter((event) => event !== task && isWithin(event.ts, task))),
      stack: stackOf(
        samples.filter(({ at }) => isWithin(at, task)),
        nameOf,
      ),
    }));
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}

function isWithin(at: number, { ts, dur }: TraceEvent): boolean {
  return at >= ts && at < ts + dur!;
}

function busiestPage(events: readonly TraceEvent[]): string | undefined {
  const busy = new Map<string, number>();
  for (const event of events)
    if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain') busy.set(threadOf(event), 0);
  for (const event of events) {
    const before = busy.get(threadOf(event));
    if (event.name === 'RunTask' && before !== undefined)
      busy.set(threadOf(event), before + (event.dur ?? 0));
  }
  return [...busy].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Each event counts without those of another kind in it: layout that a script asks for is layout. */
function partsOf(events: readonly TraceEvent[]): Record<string, number> {
  const parts: Record<string, number> = {};
  const open: { readonly end: number; readonly kind: string }[] = [];
  const add = (kind: string, ms: number) => (parts[kind] = (parts[kind] ?? 0) + ms);
  for (const { name, ts, dur } of [...events].sort((a, b) => a.ts - b.ts || b.dur! - a.dur!)) {
    const kind = kinds[name];
    if (kind === undefined) continue;
    while (open.length > 0 && open.at(-1)!.end <= ts) open.pop();
    const around = open.at(-1);
    if (around) add(around.kind, -dur! / 1000);
    add(kind, dur! / 1000);
    open.push({ end: ts + dur!, kind });
  }
  return parts;
}

function samplesOf(events: readonly TraceEvent[]): Sample[] {
  const samples: Omit<Sample, 'ms'>[] = [];
  const nodes = new Map<string, ProfileNode>();
  const times = new Map<string | undefined, number>();
  for (const { name, id, args } of events) {
    if (name === 'Profile') times.set(id, args?.data?.startTime ?? 0);
    if (name !== 'ProfileChunk') continue;
    const { cpuProfile, timeDeltas = [] } = args?.data ?? {};
    for (const node of cpuProfile?.nodes ?? []) nodes.set(`${id} ${node.id}`, node);
    let at = times.get(id) ?? 0;
    cpuProfile?.samples?.forEach((node, index) => {
      at += timeDeltas[index] ?? 0;
      samples.push({ at, path: pathOf(node, (one) => nodes.get(`${id} ${one}`)) });
    });
    times.set(id, at);
  }
  samples.sort((a, b) => a.at - b.at);
  return samples.map(({ at, path }, index) => ({
    at,
    path,
    ms: ((samples[index + 1]?.at ?? at) - at) / 1000,
  }));
}

function pathOf(id: number, node: (id: number) => ProfileNode | undefined): CallFrame[] {
  const path: CallFrame[] = [];
  for (let one = node(id); one; one = one.parent === undefined ? undefined : node(one.parent))
    path.unshift(one.callFrame);
  // The first is the root of them all.
  return path.slice(1);
}

/** A part of the time below which nobody wants to know. */
const worthSaying = 0.25;

function stackOf(samples: readonly Sample[], nameOf: (frame: CallFrame) => string): string[] {
  const all = sum(samples);
  const stack: string[] = [];
  for (let depth = 0, inside: readonly Sample[] = samples; ; depth++) {
    const byName = new Map<string, Sample[]>();
    for (const sample of inside) {
      const frame = sample.path[depth];
      if (frame) byName.set(nameOf(frame), [...(byName.get(nameOf(frame)) ?? []), sample]);
    }
    const [heaviest] = [...byName].sort(([, a], [, b]) => sum(b) - sum(a));
    if (!heaviest || sum(heaviest[1]) < all * worthSaying) return stack;
    inside = heaviest[1];
    stack.push(`${heaviest[0]} ${sum(inside).toFixed(1)}`);
  }
}

function sum(samples: readonly Sample[]): number {
  return samples.reduce((total, { ms }) => total + ms, 0);
}
