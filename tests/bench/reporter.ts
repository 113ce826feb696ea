import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { format } from 'prettier';
import { markdown, type Machine, type Measured } from './figures.ts';

const root = join(import.meta.dirname, '../..');
/** The name under which a measurement hands over its figures. */
export const attachmentName = 'measured';

interface Results {
  readonly machine: Machine;
  readonly measured: readonly Measured[];
}

/**
 * Gathers what the measurements found. A full run becomes the record, workload by workload, so that a part of it may be
 * measured anew; a quick one is only shown.
 */
export default class BenchReporter implements Reporter {
  readonly #measured: Measured[] = [];
  readonly #failed: string[] = [];
  #loadBefore = loadavg()[0]!;

  onTestBegin(): void {
    this.#loadBefore = loadavg()[0]!;
  }

  onTestEnd({ title }: TestCase, { status, attachments, error }: TestResult): void {
    const found = attachments.find(({ name }) => name === attachmentName)?.body;
    if (status === 'passed' && found)
      this.#measured.push({
        ...(JSON.parse(found.toString()) as Measured),
        at: new Date().toISOString().slice(0, 16).replace('T', ' '),
        load: [this.#loadBefore, loadavg()[0]!],
      });
    else if (status !== 'skipped') this.#failed.push(`${title}: ${error?.message?.split('\n')[0] ?? status}`);
  }

  async onEnd(): Promise<void> {
    for (const one of this.#failed) console.log(`not measured: ${one}`);
    if (this.#measured.length === 0) return;
    const isRecord = process.env.LOCUTION_BENCH !== 'quick';
    const folder = isRecord ? import.meta.dirname : join(root, 'test-results');
    const measured = isRecord ? this.#withEarlier(folder) : this.#measured;
    const machine = this.#machine();
    const reasons = readFileSync(join(import.meta.dirname, 'reasons.md'), 'utf8');
    const text = markdown(machine, measured, reasons);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'results.md'), await format(text, { parser: 'markdown', printWidth: 110 }));
    const json = JSON.stringify({ machine, measured: measured.map(rounded) });
    writeFileSync(join(folder, 'results.json'), await format(json, { parser: 'json', printWidth: 110 }));
    console.log(`\n${markdown(machine, this.#measured)}\nWritten to ${join(folder, 'results.md')}`);
  }

  #withEarlier(folder: string): Measured[] {
    const path = join(folder, 'results.json');
    const earlier = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results).measured : [];
    const now = new Map(this.#measured.map((each) => [each.workload, each]));
    const names = new Set([...earlier.map(({ workload }) => workload), ...now.keys()]);
    return [...names].map((name) => now.get(name) ?? earlier.find(({ workload }) => workload === name)!);
  }

  #machine(): Machine {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return {
      app: version,
      cpu: cpus()[0]?.model.trim() ?? 'an unknown processor',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1e9),
      system: `${type()} ${release()}`,
      node: process.versions.node,
      chromium: this.#measured[0]!.chromium,
    };
  }
}

/** Digits beyond a tenth of a millisecond are noise. */
function rounded({ figures, longTasks, profiles, ...rest }: Measured) {
  const round = (samples: Measured['figures']) =>
    Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, values.map(tenth)]));
  const tasks = Object.entries(profiles ?? {}).map(([name, all]) => [
    name,
    all.map(({ ms, parts, stack }) => ({
      ms: tenth(ms),
      parts: Object.fromEntries(Object.entries(parts).map(([kind, value]) => [kind, tenth(value)])),
      stack,
    })),
  ]);
  return {
    ...rest,
    figures: round(figures),
    longTasks: round(longTasks),
    ...(tasks.length > 0 && { profiles: Object.fromEntries(tasks) }),
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
