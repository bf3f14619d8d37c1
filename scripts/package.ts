// npm run package [-- --dir] [-- --stand-in]
// Packs the desktop app into release/. --dir stops before the installers; --stand-in needs no Electron download.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makePackage } from './package/make-package.ts';
import { makeStandInElectron } from './package/stand-in-electron.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { dir: { type: 'boolean' }, 'stand-in': { type: 'boolean' } } });
const standIn = values['stand-in'] === true ? mkdtempSync(join(tmpdir(), 'stowage-electron-')) : undefined;
if (standIn !== undefined) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8'));
  makeStandInElectron(standIn, version);
}
const folderOnly = values.dir === true || standIn !== undefined;
await makePackage({ root: ROOT, output: join(ROOT, 'release'), electronDist: standIn, folderOnly });
if (standIn !== undefined) rmSync(standIn, { recursive: true, force: true });
