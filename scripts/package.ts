// npm run package [-- --dir] [-- --stand-in]
// Packs the desktop app into release/. --dir stops before the installers; --stand-in needs no Electron download.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makePackage } from './package/make-package.ts';
import { makeStandInElectron } from './package/stand-in-electron.ts';

/** What a download ends with where the network or the way out of it is missing. */
const NETWORK_ERRORS = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
]);

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { dir: { type: 'boolean' }, 'stand-in': { type: 'boolean' } } });
const standIn = values['stand-in'] === true ? mkdtempSync(join(tmpdir(), 'stowage-electron-')) : undefined;
try {
  if (standIn !== undefined) {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8'));
    makeStandInElectron(standIn, version);
  }
  const folderOnly = values.dir === true || standIn !== undefined;
  await makePackage({ root: ROOT, output: join(ROOT, 'release'), electronDist: standIn, folderOnly });
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || !NETWORK_ERRORS.has(code)) throw error;
  process.stderr.write(
    `stowage: Electron or an installer's tool could not be downloaded (${code}).\n` +
      'stowage: without a way to the internet, `npm run package -- --dir --stand-in` packs everything but Electron itself.\n',
  );
  process.exitCode = 1;
} finally {
  if (standIn !== undefined) rmSync(standIn, { recursive: true, force: true });
}
