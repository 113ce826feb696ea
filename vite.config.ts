import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defaultClientConditions, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const paper = '#fbf9f4';
const port = Number(process.env.LOCUTION_PORT ?? 4821);
/** Tests of what draws, asks for files or saves them. The others need no page, and no time to set one up. */
const testsOfThePage = [
  'tests/ui/**/*.svelte.test.ts',
  'tests/session/files/*.svelte.test.ts',
  'tests/session/statistics.svelte.test.ts',
];
const hasDisplay =
  ['darwin', 'win32'].includes(process.platform) || !!process.env.DISPLAY || !!process.env.WAYLAND_DISPLAY;

/**
 * Two builds: the page with its service worker, and with `--mode single` one file that also works from `file://`. Both
 * have relative addresses, so that they may lie under any path.
 */
export default defineConfig(({ mode }) => {
  const single = mode === 'single';
  return {
    base: './',
    define: { __BUILD__: JSON.stringify({ version: readPackage(root).version }) },
    plugins: [
      svelte({
        configFile: false,
        // Tests without a DOM run the same client code; components of packages may still be written without runes.
        dynamicCompileOptions: ({ filename }) => ({
          generate: 'client',
          ...(/[\\/]node_modules[\\/]/.test(filename) ? {} : { runes: true }),
        }),
      }),
      licences(),
      offlineApp(single),
      plainWordsForATakenPort(),
      ...(single ? [inlineWorkersAndIcon(), viteSingleFile()] : []),
      contentSecurityPolicy(single),
    ],
    // Tests take what the browser takes, Svelte above all.
    resolve: { conditions: [...defaultClientConditions] },
    ssr: { resolve: { conditions: [...defaultClientConditions] } },
    // From file:// Chromium starts classic workers out of blobs, but no module workers.
    worker: { format: single ? 'iife' : 'es' },
    build: {
      target: ['chrome111', 'safari17.2', 'firefox128'],
      emptyOutDir: !single,
      copyPublicDir: !single,
      // `font-src 'self'` allows no data: addresses; the single file inlines everything.
      assetsInlineLimit: single ? Infinity : 0,
      // The polyfill uses fetch, which `connect-src 'none'` forbids; every browser we build for preloads modules itself.
      modulePreload: { polyfill: false },
      // Sizes are watched by tests/size.
      chunkSizeWarningLimit: Infinity,
      rolldownOptions: {
        checks: { pluginTimings: false },
        // What the page starts with is one file: in pieces, as late parts share them, it is an eighth larger.
        ...(!single && { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } }),
      },
    },
    server: { host: '127.0.0.1', port, strictPort: true },
    preview: { host: '127.0.0.1', port, strictPort: true, open: hasDisplay && !process.env.CI },
    test: {
      // Machines that run other things as well take longer than the default of five seconds.
      testTimeout: 30_000,
      maxWorkers: '100%',
      projects: [
        {
          extends: true,
          test: {
            name: 'node',
            environment: 'node',
            include: ['tests/**/*.test.ts'],
            setupFiles: ['tests/seed.ts'],
            // What is read anew for each file is half of the time, and no test here changes what others read.
            isolate: false,
            exclude: [...testsOfThePage, 'tests/size/**', 'tests/faults/**'],
          },
        },
        {
          extends: true,
          plugins: [svelteTesting({ resolveBrowser: false })],
          test: {
            name: 'jsdom',
            environment: 'jsdom',
            setupFiles: ['tests/seed.ts', 'tests/ui/stand-ins.ts'],
            include: testsOfThePage,
          },
        },
        {
          extends: true,
          // Long ones: what takes too long to be tried at each change.
          test: {
            name: 'faults',
            environment: 'node',
            include: ['tests/faults/**/*.fault.test.ts'],
            setupFiles: ['tests/seed.ts'],
            testTimeout: 10 * 60_000,
          },
        },
        { extends: true, test: { name: 'size', environment: 'node', include: ['tests/size/**/*.test.ts'] } },
      ],
    },
  };
});

/** Manifest and service worker. Without one, as in the single file, `virtual:pwa-register` does nothing. */
function offlineApp(single: boolean): Plugin[] {
  return VitePWA({
    disable: single,
    registerType: 'prompt',
    injectRegister: null,
    includeManifestIcons: false,
    manifest: {
      name: 'Locution',
      short_name: 'Locution',
      description: 'Mark spans of text by hand and export training data, offline.',
      lang: 'en',
      display: 'standalone',
      theme_color: paper,
      background_color: paper,
      icons: [
        { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
      screenshots: [{ src: 'screenshot.png', sizes: '1280x800', type: 'image/png', form_factor: 'wide' }],
    },
    workbox: {
      globPatterns: ['**/*.{html,js,css,woff2,svg,png}'],
      globIgnores: ['locution.html', 'screenshot.png', 'guide/**'],
      maximumFileSizeToCacheInBytes: 8_000_000,
      navigateFallback: 'index.html',
      navigateFallbackDenylist: [/\/locution\.html$/],
      clientsClaim: true,
      cleanupOutdatedCaches: true,
      // Tabs that were open before ask for parts that this version does not have; see src/ui/earlier-parts.ts.
      runtimeCaching: [
        {
          urlPattern: /\/assets\//,
          handler: async ({ request }) => (await caches.match(request)) ?? fetch(request),
        },
      ],
      inlineWorkboxRuntime: true,
      sourcemap: false,
    },
  });
}

/** The page's policy, first in its head. What the single file inlines is named by hash: nothing is `'unsafe-inline'`. */
function contentSecurityPolicy(single: boolean): Plugin {
  const served = `script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; manifest-src 'self'; worker-src 'self' blob:`;
  const inlined = (html: string): string =>
    `script-src ${hashes(html, 'script')}; style-src ${hashes(html, 'style')}; img-src data: blob:; font-src data:; worker-src blob:`;
  return {
    name: 'locution:content-security-policy',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html'];
        const html = page?.type === 'asset' ? String(page.source) : '';
        if (!html.includes('<head>'))
          this.error('There is no index.html with a <head> to put the policy into.');
        const policy = `default-src 'none'; ${single ? inlined(html) : served}; connect-src 'none'; base-uri 'none'; form-action 'none'`;
        const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
        delete bundle['index.html'];
        if (single && Object.keys(bundle).length > 0)
          this.error(`Not inlined: ${Object.keys(bundle).join(', ')}`);
        const source = html.replace('<head>', `<head>\n    ${meta}`);
        this.emitFile({ type: 'asset', fileName: single ? 'locution.html' : 'index.html', source });
      },
    },
  };
}

/** The sources of a policy that allow exactly the inlined elements of this name. */
function hashes(html: string, name: 'script' | 'style'): string {
  // Looking for both at once never takes markup inside a script for an element.
  const elements = [...html.matchAll(/<(script|style)\b[^>]*>([\s\S]*?)<\/\1>/g)];
  const contents = elements.filter((element) => element[1] === name).map((element) => element[2]!);
  if (contents.some((content) => /[\r\0]/.test(content) || !content.isWellFormed())) {
    throw new Error(
      `A ${name} has a character that the browser reads as another one, so its hash would not fit.`,
    );
  }
  const hash = (content: string): string => createHash('sha256').update(content).digest('base64');
  return contents.map((content) => `'sha256-${hash(content)}'`).join(' ');
}

/** What `vite-plugin-singlefile` leaves out: workers, which a page from file:// may start only from blobs, and the icon. */
function inlineWorkersAndIcon(): Plugin {
  const icon = readFileSync(join(root, 'public/icon.svg')).toString('base64');
  return {
    name: 'locution:inline-workers-and-icon',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\?worker$/ },
      handler(source, importer) {
        return this.resolve(`${source}&inline`, importer, { skipSelf: true });
      },
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html
          .replace('/icon.svg', `data:image/svg+xml;base64,${icon}`)
          .replace(/\s*<link rel="apple-touch-icon".*>/, ''),
    },
  };
}

/** `virtual:licences`: name, version and licence text of every package that ships. */
function licences(): Plugin {
  return {
    name: 'locution:licences',
    resolveId: { filter: { id: /^virtual:licences$/ }, handler: (id) => `\0${id}` },
    load: {
      filter: { id: /^\0virtual:licences$/ },
      handler: () => {
        const all = shippedPackages().map(licenceOf);
        // Many packages of one author have the same text: it is in the page once.
        const texts = [...new Set(all.map(({ text }) => text))];
        const entries = all.map((one) => ({ ...one, text: texts.indexOf(one.text) }));
        return `const texts = ${JSON.stringify(texts)};
export default ${JSON.stringify(entries)}.map((one) => ({ ...one, text: texts[one.text] }));`;
      },
    },
  };
}

/** The folders of the dependencies and of theirs, by package name. */
function shippedPackages(): string[] {
  const found = new Map<string, string>();
  const collect = (names: string[], from: string): void => {
    for (const name of names.filter((dependency) => !dependency.startsWith('@types/'))) {
      const folder = packageFolder(name, from);
      if (found.has(folder)) continue;
      found.set(folder, name);
      collect(Object.keys(readPackage(folder).dependencies ?? {}), folder);
    }
  };
  collect(Object.keys(readPackage(root).dependencies ?? {}), root);
  // The service worker is built out of these two.
  collect(['workbox-precaching', 'workbox-routing'], root);
  return [...found.keys()].toSorted((a, b) => found.get(a)!.localeCompare(found.get(b)!, 'en'));
}

function licenceOf(folder: string) {
  const { name, version, license: licence } = readPackage(folder);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)(\.(md|txt))?$/i.test(file));
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  return { name, version, licence, text };
}

/** Where Node finds a package: in the nearest node_modules upwards. */
function packageFolder(name: string, from: string): string {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  if (dirname(from) === from) throw new Error(`The package ${name} is not installed. Run \`npm ci\`.`);
  return packageFolder(name, dirname(from));
}

function readPackage(folder: string): {
  name: string;
  version: string;
  license: string;
  dependencies?: object;
} {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** Says what to do when the port is taken, before Vite prints a stack trace. */
function plainWordsForATakenPort(): Plugin {
  const explain = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EADDRINUSE') return;
    console.error(
      `Port ${port} is taken, perhaps by Locution itself: open http://127.0.0.1:${port}/ to see, or close the other ` +
        'program and start again. (LOCUTION_PORT=… chooses another port, but a browser keeps documents for each port apart.)',
    );
    process.exit(1);
  };
  return {
    name: 'locution:taken-port',
    configureServer: (server) => void server.httpServer?.once('error', explain),
    configurePreviewServer: (server) => void server.httpServer.once('error', explain),
  };
}
