import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { chromiumArgs, findChromium } from '../browser.ts';

/** A Chromium with a profile of its own on disk, that can be killed as the system kills it. */
export class ChromiumProfile {
  readonly folder: string;
  #context: BrowserContext | undefined;
  #aimedAt: readonly number[] = [];

  constructor(folder = mkdtempSync(join(tmpdir(), 'locution-profile-'))) {
    this.folder = folder;
  }

  async launch(): Promise<BrowserContext> {
    this.#context = await chromium.launchPersistentContext(this.folder, {
      executablePath: findChromium(),
      args: [...chromiumArgs],
    });
    return this.#context;
  }

  /** Finds the processes beforehand, so that the kill comes in the middle of whatever is under way. */
  aim(): void {
    this.#aimedAt = processTree(this.folder);
    if (this.#aimedAt.length === 0) throw new RangeError(`no process runs on ${this.folder}`);
  }

  /** SIGKILL to the browser and all its children. */
  async kill(): Promise<void> {
    const closed = this.#context?.waitForEvent('close');
    for (const pid of this.#aimedAt) killNow(pid);
    for (const pid of processTree(this.folder)) killNow(pid);
    await closed;
    this.#context = undefined;
  }

  async remove(): Promise<void> {
    await this.#context?.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Whether processes can be found as this module finds them. */
export const canKill = process.platform === 'linux';

/** The processes that name the profile's folder as theirs, and their descendants, parents first. */
function processTree(folder: string): number[] {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const tree = found
    .filter(({ command }) => command.includes(`--user-data-dir=${folder}`))
    .map(({ pid }) => pid);
  for (const parent of tree)
    tree.push(
      ...found.filter((child) => child.parent === parent && !tree.includes(child.pid)).map(({ pid }) => pid),
    );
  return tree;
}

function readProcess(pid: number) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const parent = Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    return { pid, parent, command };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
