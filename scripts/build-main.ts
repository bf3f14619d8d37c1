// Bundles Electron's main process and its preload script to dist/main. Runs on the pinned Node.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** CommonJS: a sandboxed preload can be nothing else, and tests can put something else in Electron's place. */
export async function buildMain(root: string = ROOT): Promise<void> {
  const source = join(root, 'src-main');
  await build({
    entryPoints: { main: join(source, 'main.ts'), preload: join(source, 'preload', 'preload.ts') },
    outdir: join(root, 'dist', 'main'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    sourcemap: true,
    sourcesContent: false,
    external: ['electron'],
    logLevel: 'warning',
  });
}
