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

/** Of @electron/fuses, which comes with electron-builder: a byte for each fuse, '1' where it is on. */
interface FuseTool {
  readonly FuseV1Options: Readonly<Record<string, number>>;
  getCurrentFuseWire(path: string): Promise<Readonly<Record<number, number>>>;
}

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
    for (const name of [
      '/dist/main/main.cjs',
      '/dist/main/preload.cjs',
      '/dist/server/main.js',
      '/dist/renderer/index.html',
    ])
      assert.ok(files.includes(name), name);
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

  it('has its fuses set', () => {
    const { FuseV1Options: fuse, getCurrentFuseWire }: FuseTool = require('@electron/fuses');
    const electron = join(folder, 'release', 'linux-unpacked', 'stowage');
    return getCurrentFuseWire(electron).then((wire) => {
      const isOn = (name: string) => String.fromCharCode(wire[fuse[name] ?? -1] ?? 0) === '1';
      const off = ['RunAsNode', 'EnableNodeOptionsEnvironmentVariable', 'EnableNodeCliInspectArguments'];
      assert.deepEqual([...off, 'GrantFileProtocolExtraPrivileges'].filter(isOn), []);
      assert.ok(isOn('OnlyLoadAppFromAsar') && isOn('EnableCookieEncryption'));
      assert.ok(isOn('EnableEmbeddedAsarIntegrityValidation'));
    });
  });

  it('brings the unit for a service, and a preload that loads nothing but Electron', () => {
    const unit = readFileSync(join(resources, 'linux', 'stowage.service'), 'utf8');
    for (const line of [
      'ProtectSystem=strict',
      'NoNewPrivileges=yes',
      'LimitNOFILE=65536',
      'RestartPreventExitStatus=2',
    ])
      assert.ok(unit.includes(`\n${line}\n`), line);
    const preload = readFileSync(join(ROOT, 'dist', 'main', 'preload.cjs'), 'utf8');
    assert.deepEqual(
      [...preload.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]),
      ['electron'],
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
