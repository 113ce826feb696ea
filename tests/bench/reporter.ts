import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { format } from 'prettier';
import { markdown, type Machine, type Measured } from './figures.ts';
import { workloads } from './generator.ts';

const root = join(import.meta.dirname, '../..');
/** The workload of the lists, and the two of what comes in and goes out. */
const others = 3;
/** The name under which a measurement hands over its figures. */
export const attachmentName = 'measured';

/** Gathers what the measurements found. A run of all workloads becomes the record; a part of it is only shown. */
export default class BenchReporter implements Reporter {
  readonly #measured: Measured[] = [];
  readonly #loadBefore = loadavg()[0]!;

  onTestEnd(_test: TestCase, { status, attachments }: TestResult): void {
    const found = attachments.find(({ name }) => name === attachmentName)?.body;
    if (status === 'passed' && found) this.#measured.push(JSON.parse(found.toString()));
  }

  async onEnd(): Promise<void> {
    if (this.#measured.length === 0) return;
    const machine = this.#machine();
    const text = markdown(machine, this.#measured);
    const isWhole = this.#measured.length === workloads.length + others;
    const folder = isWhole ? import.meta.dirname : join(root, 'test-results');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'results.md'), text);
    const json = JSON.stringify({ machine, measured: this.#measured.map(rounded) });
    writeFileSync(join(folder, 'results.json'), await format(json, { parser: 'json', printWidth: 110 }));
    console.log(`\n${text}\nWritten to ${join(folder, 'results.md')}`);
  }

  #machine(): Machine {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return {
      date: new Date().toISOString().slice(0, 16).replace('T', ' '),
      app: version,
      cpu: cpus()[0]?.model.trim() ?? 'an unknown processor',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1e9),
      system: `${type()} ${release()}`,
      node: process.versions.node,
      chromium: this.#measured[0]!.chromium,
      load: [this.#loadBefore, loadavg()[0]!],
    };
  }
}

/** Digits beyond a tenth of a millisecond are noise. */
function rounded({ figures, longTasks, ...rest }: Measured) {
  const round = (samples: Measured['figures']) =>
    Object.fromEntries(
      Object.entries(samples).map(([name, values]) => [
        name,
        values.map((value) => Math.round(value * 10) / 10),
      ]),
    );
  return { ...rest, figures: round(figures), longTasks: round(longTasks) };
}
