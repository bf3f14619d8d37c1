// The only part of Stowage that the machine's own Node runs (>= 20, nothing installed): it installs what is missing, builds
// what is stale, then hands over to the pinned Node. Everything it says goes to stderr.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronProgram, hasDisplay } from './lib/electron-program.mjs';
import { handOver, runStep } from './lib/hand-over.mjs';
import { install, pinnedNode } from './lib/install.mjs';
import { say } from './lib/say.mjs';
import { contentHash } from './lib/stale.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SERVER = join(ROOT, 'dist', 'server');
const BUILD_INPUTS = [
  'src-server',
  'src-renderer',
  'src-main',
  'assets',
  'scripts/build.mjs',
  'scripts/build-renderer.mjs',
  'scripts/build-main.ts',
  'package.json',
  'package-lock.json',
];

/** What each npm script does once packages and build are there. `build: false` = runs from source. */
const COMMANDS = {
  start: { build: true, run: start },
  test: { build: true, run: (args) => ({ args: [script('test.ts'), ...args] }) },
  verify: { build: false, run: (args) => ({ args: [script('test.ts'), '--verify', ...args] }) },
  dev: { build: true, run: dev },
  bench: { build: true, run: (args) => ({ args: [join(ROOT, 'tests', 'bench', 'main.ts'), ...args] }) },
  build: { build: true, run: () => undefined },
  package: { build: true, run: (args) => ({ args: [script('package.ts'), ...args] }) },
};

function script(name) {
  return join(ROOT, 'scripts', name);
}

/** The desktop app where there is a screen; with any option, or without one, the server alone. */
function start(args) {
  const server = { args: ['--enable-source-maps', join(SERVER, 'main.js'), ...args] };
  if (args.length > 0 || !hasDisplay()) return server;
  const electron = electronProgram(ROOT);
  if (electron !== undefined) return { program: electron, args: [ROOT] };
  return { ...server, env: { STOWAGE_OPEN_BROWSER: '1' } };
}

function dev(args) {
  return { args: ['--watch', '--watch-preserve-output', join(ROOT, 'src-server', 'main.ts'), ...args] };
}

function build() {
  const stampFile = join(SERVER, '.stamp');
  const hash = contentHash(ROOT, BUILD_INPUTS);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  say('building the server and the console');
  const code = runStep(pinnedNode(ROOT), [script('build.mjs'), hash], { cwd: ROOT });
  if (code !== 0) throw new Error(`the build failed (exit ${code})`);
}

function main() {
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Error(`Node 20 or newer is wanted, this is ${process.version}`);
  const [name = 'start', ...args] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`unknown command ${name}; there are ${Object.keys(COMMANDS).join(', ')}`);
  install(ROOT);
  if (command.build) build();
  const program = command.run(args);
  // The caller's folder stays the working folder, so that relative paths in options mean what they say.
  if (program === undefined) return;
  const cwd = process.env.INIT_CWD ?? process.cwd();
  handOver(program.program ?? pinnedNode(ROOT), program.args, { cwd, env: program.env });
}

try {
  main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
