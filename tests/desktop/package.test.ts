import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makePackage } from '../../scripts/package/make-package.ts';
import { makeStandInElectron } from '../../scripts/package/stand-in-electron.ts';
import { start } from '../contract-cli/fixtures/run-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(import.meta.url);

const missing =
  process.platform !== 'linux'
    ? 'the stand-in is made for Linux'
    : existsSync(join(ROOT, 'dist', 'server', 'main.js'))
      ? false
      : 'the server is not built';

describe('desktop package', { skip: missing, timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-package-'));
  const resources = join(folder, 'release', 'linux-unpacked', 'resources');
  before(async () => {
    makeStandInElectron(join(folder, 'electron'), '45.4.1');
    const electronDist = join(folder, 'electron');
    await makePackage({ root: ROOT, output: join(folder, 'release'), electronDist, folderOnly: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds main process and server, no sources, no maps, no packages that are bundled', () => {
    // It comes with electron-builder and has no types of its own here.
    const asar: { listPackage(archive: string, options: object): string[] } = require('@electron/asar');
    const files = asar.listPackage(join(resources, 'app.asar'), { isPack: false });
    assert.ok(files.includes('/dist/main/main.cjs') && files.includes('/dist/server/main.js'));
    assert.deepEqual(
      files.filter((name) => /\.map$|^\/src-|^\/tests|node_modules\/(koa|zod|pino)\//.test(name)),
      [],
    );
  });

  it("holds this platform's natives only", () => {
    const prebuilds = join(resources, 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds');
    const names = readdirSync(prebuilds, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.node'),
    );
    assert.deepEqual(names, [`linux-${process.arch}.node`]);
    assert.equal(
      readFileSync(join(prebuilds, names[0] ?? ''))
        .subarray(1, 4)
        .toString(),
      'ELF',
    );
  });

  it('starts its server far from the project', async () => {
    const place = join(folder, 'elsewhere');
    cpSync(join(resources, 'app.asar.unpacked'), place, { recursive: true });
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    const addresses = ['--s3-address', '127.0.0.1:0', '--console-address', '127.0.0.1:0'];
    const server = start(process.execPath, [join(place, 'dist/server/main.js'), '--data-dir', dataDir, ...addresses]);
    await server.seen('stdout', '\n');
    const ready: { console: string } = JSON.parse(server.stdout());
    assert.equal((await fetch(`${ready.console}/health/ready`)).status, 200);
    server.child.kill('SIGTERM');
    assert.equal((await server.finished()).code, 0);
  });
});
