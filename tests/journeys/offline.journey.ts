import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Browser } from '@playwright/test';
import { ownReport } from './gold.ts';
import { PageLog } from './page-log.ts';
import { prove } from './proof.ts';
import { Reader } from './reader.ts';
import { StaticServer } from './static-server.ts';

test.use({ serviceWorkers: 'allow' });

const dist = join(import.meta.dirname, '../../dist');
const { file, goldFile, text, spans } = ownReport('report');

/** Marks the gold list, by mouse and by keyboard in turn. */
async function markAll(reader: Reader): Promise<void> {
  for (const [index, span] of spans.entries())
    await (index % 2 === 0 ? reader.markByMouse(span) : reader.markByKeyboard(span));
  await reader.lists(spans);
  await reader.saved();
}

async function reloadAndProve(reader: Reader, path: string): Promise<void> {
  await reader.page.reload();
  await reader.sees(text);
  await reader.lists(spans);
  await (await reader.export()).saveAs(path);
  prove(path, { equals: file, spans: goldFile });
}

test('the single file does the whole journey from file:// with the network off, and asks for nothing', async ({
  context,
  page,
}, testInfo) => {
  const folder = mkdtempSync(join(tmpdir(), 'locution-single-'));
  const copy = join(folder, 'locution.html');
  copyFileSync(join(dist, 'locution.html'), copy);
  const address = pathToFileURL(copy).href;
  const log = await PageLog.of(context);
  await context.setOffline(true);
  const reader = new Reader(page);
  try {
    await page.goto(address);
    await reader.importFiles(file);
    await reader.sees(text);
    await markAll(reader);
    await reloadAndProve(reader, testInfo.outputPath('export.jsonl'));
    await reader.goTo('Settings');
    await expect(page.getByText('This is the single file: it never needs a network.')).toBeVisible();

    expect(log.sent.map((url) => url.split('#')[0])).toEqual([address, address]);
    expect(log.complaints).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A visit whose every request, to whomever, comes to the server. */
async function visit(browser: Browser, server: StaticServer) {
  const context = await browser.newContext({ proxy: { server: server.origin, bypass: '<-loopback>' } });
  const log = await PageLog.of(context);
  const page = await context.newPage();
  await page.goto(server.origin);
  const reader = new Reader(page);
  await reader.goTo('Settings');
  await expect(page.getByText('Ready offline')).toBeVisible({ timeout: 20_000 });
  await reader.goTo('Annotate');
  return { context, log, page, reader };
}

test('after one visit the page starts with its server stopped, and work goes on', async ({
  browser,
}, testInfo) => {
  const server = new StaticServer(dist);
  await server.start();
  const { context, log, page, reader } = await visit(browser, server);
  try {
    await server.stop();
    await page.reload();
    await reader.importFiles(file);
    await reader.sees(text);
    await markAll(reader);
    await reloadAndProve(reader, testInfo.outputPath('export.jsonl'));
    expect(log.complaints).toEqual([]);
  } finally {
    await context.close();
  }
});

test('nothing is asked of anybody else ever, and once ready offline nothing but whether there is a new version', async ({
  browser,
}, testInfo) => {
  const server = new StaticServer(dist);
  await server.start();
  const { context, log, page, reader } = await visit(browser, server);
  try {
    const atReady = server.asked.length;
    expect(server.asked).toContain('/sw.js');
    await page.reload();
    await reader.importFiles(file);
    await reader.sees(text);
    await reader.markByMouse(spans[0]!);
    await reader.markByKeyboard(spans[1]!);
    await reader.saved();
    await (await reader.export()).saveAs(testInfo.outputPath('export.jsonl'));
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.keyboard.press('Escape');
    await reader.goTo('Documents');
    await reader.goTo('Settings');
    await page.getByRole('button', { name: /Licences/ }).click();
    await expect(reader.dialog('Licences').getByText('MIT').first()).toBeVisible();
    await page.reload();
    await expect(page.getByText('Ready offline')).toBeVisible();

    expect(server.asked.slice(atReady).filter((path) => path !== '/sw.js')).toEqual([]);
    expect(server.foreign).toEqual([]);
    expect(log.sent.filter((url) => !url.startsWith(`${server.origin}/`))).toEqual([]);
    expect(log.complaints).toEqual([]);
  } finally {
    await context.close();
    await server.stop();
  }
});
