import { defineConfig, devices } from '@playwright/test';
import { chromiumArgs, findChromium } from '../browser.ts';

// Its own port, so that a Locution which is in use meanwhile is left alone.
const port = Number(process.env.LOCUTION_TEST_PORT ?? 4831);
const baseURL = `http://127.0.0.1:${port}/`;

/** Journeys walk through the built page, so `npm run build` comes first. */
export default defineConfig({
  testMatch: '**/*.journey.ts',
  outputDir: '../../test-results/journeys',
  reporter: [['list'], ['json', { outputFile: '../../test-results/journeys.json' }]],
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  // A machine that others use as well takes longer than the default of five seconds.
  expect: { timeout: 15_000 },
  use: {
    baseURL,
    // It fetches everything once more for each test. Those about being offline let it in.
    serviceWorkers: 'block',
    launchOptions: { executablePath: findChromium(), args: [...chromiumArgs] },
  },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'] } }],
  webServer: {
    command: 'npx vite preview',
    cwd: '../..',
    url: baseURL,
    env: { LOCUTION_PORT: String(port), BROWSER: 'none' },
    reuseExistingServer: false,
  },
});
