// node scripts/package/server-folder.mjs TARGET
// Copies what the server needs to run without the project, as a service or in a container: its bundle, the console, the
// natives and the pinned Node. Build first.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pinnedNode } from '../lib/install.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What the bundle leaves outside, and what that needs. */
const NATIVES = ['better-sqlite3', '@node-rs', 'sharp', '@img', 'detect-libc', 'semver'];

/** Copies to `target`, which must not exist or be empty: `dist/`, `node_modules/` and `node/`. */
export function copyServer(target) {
  mkdirSync(target, { recursive: true });
  const isWanted = (source) => !source.endsWith('.map');
  for (const name of ['server', 'renderer'])
    cpSync(join(ROOT, 'dist', name), join(target, 'dist', name), { recursive: true, filter: isWanted });
  for (const name of NATIVES) {
    const source = join(ROOT, 'node_modules', name);
    if (existsSync(source)) cpSync(source, join(target, 'node_modules', name), { recursive: true });
  }
  cpSync(dirname(dirname(pinnedNode(ROOT))), join(target, 'node'), { recursive: true });
  for (const name of ['LICENSE', 'package.json']) cpSync(join(ROOT, name), join(target, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [target] = process.argv.slice(2);
  if (target === undefined) throw new Error('a target folder is wanted');
  copyServer(resolve(target));
}
