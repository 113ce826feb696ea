import { defineConfig } from 'vite';

/** One script that a bare page can be given. */
export default defineConfig({
  // A build of a library leaves it in, and a page has none.
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: '../../../test-results/bench-peer',
    emptyOutDir: true,
    minify: true,
    lib: { entry: 'page.js', formats: ['iife'], name: 'peer', fileName: () => 'peer.js' },
  },
});
