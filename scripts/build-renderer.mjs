// Bundles the console app (src-renderer) to dist/renderer, with Vite. Runs on the pinned Node.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
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
        rolldownOptions: {
          output: {
            // A browser has six connections: few pieces that all pages share, not sixty.
            codeSplitting: {
              groups: [
                {
                  name: 'framework',
                  test: /node_modules[\\/](react|react-dom|scheduler|@tanstack[\\/](react-router|router-core|history|react-query|query-core|react-store|store)|i18next|zod|zustand)[\\/]/,
                },
                {
                  name: 'controls',
                  test: /node_modules[\\/](react-aria|react-aria-components|react-stately|@react-aria|@react-stately|@internationalized)[\\/]/,
                  minShareCount: 12,
                },
                { name: 'shared', test: /src-(renderer|server)[\\/]/, minShareCount: 16 },
              ],
            },
          },
        },
      },
    });
    copyPdfData();
    if (existsSync(TARGET)) renameSync(TARGET, STALE);
    renameSync(FRESH, TARGET);
  } finally {
    rmSync(FRESH, { recursive: true, force: true });
    rmSync(STALE, { recursive: true, force: true });
  }
}

/**
 * What pdf.js loads by itself when a document needs it: character maps, the fonts that every reader has, and its image
 * decoders as plain JavaScript, since the page's policy takes no WebAssembly. The version in the path lets browsers keep it.
 */
function copyPdfData() {
  const source = join(ROOT, 'node_modules', 'pdfjs-dist');
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const target = join(FRESH, 'assets', `pdfjs-${version}`);
  for (const folder of ['cmaps', 'standard_fonts'])
    cpSync(join(source, folder), join(target, folder), { recursive: true });
  mkdirSync(join(target, 'decoders'));
  for (const name of ['openjpeg_nowasm_fallback.js', 'jbig2_nowasm_fallback.js']) {
    copyFileSync(join(source, 'wasm', name), join(target, 'decoders', name));
  }
}
