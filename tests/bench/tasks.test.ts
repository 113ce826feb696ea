import { expect, test } from 'vitest';
import { tasksOf, type CallFrame, type TraceEvent } from './tasks.ts';

const page = { pid: 1, tid: 10 };
const other = { pid: 2, tid: 20 };
const thread = (where: typeof page): TraceEvent => ({
  ...where,
  name: 'thread_name',
  ts: 0,
  args: { name: 'CrRendererMain' },
});
const frame = (functionName: string): CallFrame => ({
  functionName,
  url: '',
  lineNumber: 0,
  columnNumber: 0,
});

/** A task of 60 ms, of which a script takes 40 and the layout in it 15, and a short one of another page. */
const events: TraceEvent[] = [
  thread(page),
  thread(other),
  { ...page, name: 'RunTask', ts: 100_000, dur: 60_000 },
  { ...page, name: 'FunctionCall', ts: 110_000, dur: 40_000 },
  { ...page, name: 'Layout', ts: 120_000, dur: 15_000 },
  { ...page, name: 'RunTask', ts: 200_000, dur: 3_000 },
  { ...other, name: 'RunTask', ts: 100_000, dur: 20_000 },
  { ...page, name: 'Profile', id: 'p', ts: 50_000, args: { data: { startTime: 100_000 } } },
  {
    ...page,
    name: 'ProfileChunk',
    id: 'p',
    ts: 170_000,
    args: {
      data: {
        cpuProfile: {
          nodes: [
            { id: 1, callFrame: frame('(root)') },
            { id: 2, parent: 1, callFrame: frame('show') },
            { id: 3, parent: 2, callFrame: frame('measure') },
          ],
          samples: [1, 2, 3, 1],
        },
        timeDeltas: [10_000, 1_000, 9_000, 30_000],
      },
    },
  },
];

test('a long task says what it was busy with, a layout that a script asked for being layout', () => {
  const [task, ...rest] = tasksOf(events, 50, ({ functionName }) => functionName);
  expect(rest).toEqual([]);
  expect(task).toMatchObject({ ms: 60, parts: { script: 25, layout: 15 } });
});

test('the functions that it was in longest are named, outermost first', () => {
  const [task] = tasksOf(events, 50, ({ functionName }) => functionName);
  expect(task!.stack).toEqual(['show 39.0', 'measure 30.0']);
});

test('tasks of the profiler and of other pages are not counted', () => {
  const own = tasksOf(events, 1, ({ functionName }) => functionName).map(({ ms }) => ms);
  expect(own).toEqual([60, 3]);
  const starting = [...events, { ...page, name: 'RunTask', ts: 40_000, dur: 20_000 }];
  expect(tasksOf(starting, 1, () => '').map(({ ms }) => ms)).toEqual([60, 3]);
});
