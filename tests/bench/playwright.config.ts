import { defineConfig } from '@playwright/test';
import journeys from '../journeys/playwright.config.ts';

const dist = process.env.LOCUTION_DIST ?? 'dist';
const server = journeys.webServer as Exclude<typeof journeys.webServer, undefined | readonly unknown[]>;

/** Measurements in the built page: one at a time, and none is cut short. Called by `run.js`. */
export default defineConfig({
  ...journeys,
  testMatch: '**/*.bench.ts',
  outputDir: '../../test-results/bench',
  reporter: [['line'], ['./reporter.ts']],
  workers: 1,
  use: { ...journeys.use, actionTimeout: 60_000 },
  timeout: 30 * 60_000,
  webServer: { ...server, command: `npx vite preview --outDir ${dist}` },
});
