import { defineConfig } from '@playwright/test';
import journeys from '../journeys/playwright.config.ts';

/** Faults of the machine and the browser, in the built page: what takes too long to be tried at each change. */
export default defineConfig({
  ...journeys,
  testMatch: '**/*.fault.ts',
  reporter: [['list'], ['json', { outputFile: '../../test-results/faults-browser.json' }]],
  timeout: 10 * 60_000,
});
