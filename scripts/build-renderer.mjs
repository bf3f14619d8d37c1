// Bundles the console app (src-renderer) to dist/renderer, with Vite. Runs on the pinned Node.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TARGET = join(ROOT, 'dist', 'renderer');
// Written beside and moved into place, so that a failed build leaves the last good one.
const FRESH = join(ROOT, 'dist', `renderer.${process.pid}.new`);
const STALE = join(ROOT, 'dist', `renderer.${process.pid}.old`);

/** Builds; throws where the sources do not bundle. */
export async function buildRenderer() {
  mkdirSync(FRESH, { recursive: true });
  try {
    await build({
      configFile: false,
      root: join(ROOT, 'src-renderer'),
      cacheDir: join(ROOT, '.cache', 'vite'),
      logLevel: 'warn',
      plugins: [react(), tailwindcss()],
      build: {
        outDir: FRESH,
        emptyOutDir: true,
        target: 'es2024',
        // A file inlined as data: is one that the page's policy may refuse.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
    });
    if (existsSync(TARGET)) renameSync(TARGET, STALE);
    renameSync(FRESH, TARGET);
  } finally {
    rmSync(FRESH, { recursive: true, force: true });
    rmSync(STALE, { recursive: true, force: true });
  }
}
