// Bundles the console, the desktop shell and the server (main and worker entries, shared code split out, natives left out).
// Runs on the pinned Node; argument 1 is the stamp that tells the bootstrap that this build is current.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildMain } from './build-main.ts';
import { buildRenderer } from './build-renderer.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TARGET = join(ROOT, 'dist', 'server');
// Written beside and moved into place, so that a failed build leaves the last good one.
const FRESH = join(ROOT, 'dist', `server.${process.pid}.new`);
const STALE = join(ROOT, 'dist', `server.${process.pid}.old`);

function entryPoints() {
  const threads = join(ROOT, 'src-server', 'threads');
  const workers = existsSync(threads) ? readdirSync(threads).filter((name) => name.endsWith('.ts')) : [];
  return [join(ROOT, 'src-server', 'main.ts'), ...workers.map((name) => join(threads, name))];
}

// An ESM import of node:http reads every one of its exports, and its WebSocket brings a second HTTP client (undici) that
// nobody uses: 16 MiB resident in each thread that listens, and a tenth of the start. Asked for like this it stays away.
const leanHttp = {
  name: 'lean-http',
  setup(building) {
    building.onResolve({ filter: /^(node:)?http$/ }, () => ({ path: 'http', namespace: 'lean-http' }));
    building.onLoad({ filter: /.*/, namespace: 'lean-http' }, () => ({
      contents: "module.exports = process.getBuiltinModule('node:http');",
    }));
  },
};

// V8 keeps a file's text for as long as it runs, in twice the space where one character is beyond Latin-1. esbuild escapes
// them in the program, so only dashes and arrows of comments are left.
function narrowComments(folder) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    const narrow = text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, (line) => line.replaceAll(/[\u0100-\uffff]/g, '-'));
    if (narrow !== text) writeFileSync(join(folder, name), narrow);
  }
}

async function bundle() {
  await build({
    entryPoints: entryPoints(),
    entryNames: '[name]',
    chunkNames: 'shared-[hash]',
    outdir: FRESH,
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    plugins: [leanHttp],
    external: ['better-sqlite3', '@node-rs/*', 'sharp'],
    // CommonJS packages inside the bundle ask for Node's own modules through require.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  narrowComments(FRESH);
  writeFileSync(join(FRESH, 'package.json'), '{"type":"module"}\n');
  writeFileSync(join(FRESH, '.stamp'), process.argv[2] ?? 'built by hand');
}

// First, because the stamp of the server's build says that all three are current.
if (!process.argv.includes('--server-only')) {
  await buildRenderer();
  await buildMain();
}
mkdirSync(FRESH, { recursive: true });
try {
  await bundle();
  if (existsSync(TARGET)) renameSync(TARGET, STALE);
  renameSync(FRESH, TARGET);
} finally {
  rmSync(FRESH, { recursive: true, force: true });
  rmSync(STALE, { recursive: true, force: true });
}
