import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the fuse tool looks for in an Electron executable: the sentinel, version 1, nine fuses. */
const FUSES = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101101011'),
]);

/**
 * A folder that has the shape of Electron's distribution for Linux and no Electron in it. A package made from it shows
 * everything but the window: archive, natives, fuses, the server inside.
 */
export function makeStandInElectron(folder: string, version: string): void {
  for (const path of ['locales', 'resources']) mkdirSync(join(folder, path), { recursive: true });
  cpSync('/bin/true', join(folder, 'electron'), { dereference: true });
  writeFileSync(join(folder, 'electron'), FUSES, { flag: 'a' });
  for (const name of ['chrome-sandbox', 'chrome_crashpad_handler', 'LICENSE', 'LICENSES.chromium.html']) {
    writeFileSync(join(folder, name), '');
  }
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '');
}
