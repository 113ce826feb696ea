import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const isRoot = process.getuid?.() === 0;
const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const debianPackages = ['chromium', 'fonts-noto-color-emoji'];

/** Keeps Chromium from calling home. Its sandbox cannot be used by root. */
export const chromiumArgs: readonly string[] = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * The path of a Chromium: `CHROMIUM_PATH`, else Playwright's own, else one of the system, else, as root on Debian, one
 * that is installed now.
 *
 * @throws Error that says what to do when there is none.
 */
export function findChromium(): string {
  if (process.env.CHROMIUM_PATH) return existing(process.env.CHROMIUM_PATH);
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  return onPath() ?? installed() ?? failed();
}

function existing(path: string): string {
  if (!existsSync(path)) throw new Error(`CHROMIUM_PATH names ${path}, where there is nothing.`);
  return path;
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return systemNames.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

/** On Ubuntu the package of this name only asks for a snap, so that Debian alone counts. */
function installed(): string | undefined {
  if (!isRoot || !existsSync('/etc/os-release')) return undefined;
  if (!/^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))) return undefined;
  console.log(`There is no Chromium yet. Installing ${debianPackages.join(', ')} with apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => execFileSync('apt-get', ['-qq', ...args], { stdio: 'inherit', env });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...debianPackages);
  } catch (cause) {
    failed(cause);
  }
  return onPath();
}

function failed(cause?: unknown): never {
  throw new Error(
    'The journeys need a Chromium: set CHROMIUM_PATH to one, install your system’s, or run `npx playwright install chromium`.',
    { cause },
  );
}
