// Builds the renderer into dist/renderer. The page's policy allows scripts of its own folder only, and styles with a
// nonce that the shell puts in for __CSP_NONCE__ (renderer/index.html) at every answer: so nothing may be inlined.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // Electron 45 and the browsers the bench server is meant for.
    target: 'chrome156',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A local program loads from disk; the size of one file is no concern.
    chunkSizeWarningLimit: 6000,
    reportCompressedSize: false,
  },
});
