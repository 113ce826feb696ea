import { defineConfig } from '@playwright/test';
import journeys from '../journeys/playwright.config.ts';

/** Measurements in the built page: one at a time, and none is cut short. `--grep @quick` takes the small workloads. */
export default defineConfig({
  ...journeys,
  testMatch: '**/*.bench.ts',
  reporter: [['line'], ['./reporter.ts']],
  workers: 1,
  timeout: 30 * 60_000,
});
