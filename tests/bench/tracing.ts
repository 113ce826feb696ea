import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Browser, Page } from '@playwright/test';
import { tasksOf, type CallFrame, type Task, type TraceEvent } from './tasks.ts';

const categories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-v8.cpu_profiler',
];

/**
 * Follows the main thread while something goes on, and gives its tasks of at least so many milliseconds, longest first.
 * The profiler takes part of the time itself, so nothing else is measured meanwhile.
 */
export async function traced(
  browser: Browser,
  page: Page,
  atLeastMs: number,
  work: () => Promise<void>,
): Promise<readonly Task[]> {
  await browser.startTracing(page, { categories });
  let trace: Buffer | undefined;
  try {
    await work();
  } finally {
    // A browser follows one at a time, so this one ends whatever happened.
    trace = await browser.stopTracing();
  }
  if (process.env.KEEP_TRACE) (await import('node:fs')).writeFileSync(process.env.KEEP_TRACE, trace);
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  return tasksOf(traceEvents, atLeastMs, sourceName);
}

const maps = new Map<string, TraceMap | undefined>();

/** The name and place in the source of a function of the built page; what the browser calls it for any other. */
function sourceName({ functionName, url, lineNumber, columnNumber }: CallFrame): string {
  const map = mapOf(url);
  if (!map) return functionName || '(anonymous)';
  const { source, line, name } = originalPositionFor(map, { line: lineNumber + 1, column: columnNumber });
  if (!source) return functionName || '(anonymous)';
  return `${name ?? functionName} (${source.replace(/^(\.\.\/)+/, '')}:${line})`;
}

function mapOf(url: string): TraceMap | undefined {
  if (!maps.has(url)) {
    const path = join(
      import.meta.dirname,
      '../../',
      process.env.LOCUTION_DIST ?? 'dist',
      `${pathOf(url)}.map`,
    );
    maps.set(url, existsSync(path) ? new TraceMap(readFileSync(path, 'utf8')) : undefined);
  }
  return maps.get(url);
}

function pathOf(url: string): string {
  return /^https?:\/\/[^/]+\/(.+)$/.exec(url)?.[1] ?? 'nowhere';
}
