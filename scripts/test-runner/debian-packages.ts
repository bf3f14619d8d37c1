import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own notation
const STATUS_FIELD = '${db:Status-Status}';

/**
 * On Debian as root, installs what is missing of the list; elsewhere prints the one command. Never fails: the tests that
 * need a missing tool say why they skip.
 */
export function provideDebianPackages(listFile: string): void {
  const wanted = readFileSync(listFile, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (!existsSync('/etc/debian_version')) {
    console.log(`not Debian: tests of other programs are skipped where these are missing: ${wanted.join(' ')}`);
    return;
  }
  const missing = wanted.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    console.log(`tests that need these are skipped until you run, as root: ${command}`);
    return;
  }
  console.log(`installing Debian packages: ${missing.join(' ')}`);
  if (apt(['update']) !== 0 || apt(['install', '-y', '--no-install-recommends', ...missing]) !== 0) {
    console.log(`not all could be installed; by hand: ${command}`);
  }
}

function isInstalled(name: string): boolean {
  const query = spawnSync('dpkg-query', ['-W', '-f', STATUS_FIELD, name], { encoding: 'utf8' });
  return query.stdout === 'installed';
}

function apt(args: readonly string[]): number | null {
  return spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status;
}
