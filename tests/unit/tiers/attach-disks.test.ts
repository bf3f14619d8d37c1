import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { DiskConfig } from '../../../src-server/config/schema.ts';
import { LockHeld } from '../../../src-server/db/sqlite/exclusive-lock.ts';
import { type AttachedDisks, type AttachOptions, attachDisks } from '../../../src-server/tiers/attach-disks.ts';
import { DiskRefused } from '../../../src-server/tiers/disk-refused.ts';

let folder = '';
let attached: AttachedDisks[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-disks-'));
  mkdirSync(join(folder, 'data'));
});
afterEach(() => {
  for (const disks of attached) disks.release();
  attached = [];
  rmSync(folder, { recursive: true });
});

function config(name: string, options: Partial<DiskConfig> & { make?: boolean } = {}): DiskConfig {
  const { make = true, ...rest } = options;
  const path = rest.path ?? join(folder, name);
  if (make) mkdirSync(path, { recursive: true });
  return { name, path, tier: 'hot', builtIn: false, ...rest };
}

async function attach(disks: DiskConfig[], options: Partial<AttachOptions> = {}): Promise<AttachedDisks> {
  const dataDir = join(folder, 'data');
  const result = await attachDisks({
    dataDir,
    disks,
    adoptInstall: false,
    nowMs: 1_700_000_000_000,
    newUuid: () => randomUUID(),
    ...options,
  });
  attached.push(result);
  return result;
}

/** Attaches, releases, and answers the install id. */
async function once(disks: DiskConfig[], complete = true): Promise<AttachedDisks> {
  const result = await attach(disks);
  if (complete) await result.completeFirstRun();
  result.release();
  return result;
}

describe('attaching disks', () => {
  it('gives an empty folder an identity and its folders, and knows it again', async () => {
    const disks = [config('a'), config('b', { tier: 'cold' })];
    mkdirSync(join(folder, 'b', 'lost+found'));
    const first = await once(disks, false);
    assert.equal(first.firstRun, true);
    assert.equal(readdirSync(join(folder, 'a', 'chunks')).length, 256);
    assert.equal(existsSync(join(folder, 'b', 'quarantine')), true);
    const second = await once(disks);
    assert.equal(second.firstRun, true, 'the first run was not completed');
    assert.equal(second.installId, first.installId);
    assert.deepEqual(second.disks, first.disks);
    assert.equal((await once(disks)).firstRun, false);
  });

  it('makes the built-in disk, and no other', async () => {
    await assert.rejects(attach([config('a', { make: false })]), refused('a', /does not exist/));
    const { disks } = await once([config('main', { make: false, builtIn: true })]);
    assert.equal(disks[0]?.present, true);
  });

  it('refuses a folder that is somebody else’s', async () => {
    const disk = config('a');
    writeFileSync(join(disk.path, 'thesis.doc'), 'x');
    await assert.rejects(attach([disk]), refused('a', /not empty \(thesis.doc\)/));
    assert.deepEqual(readdirSync(disk.path), ['thesis.doc']);
    const file = config('f', { make: false });
    writeFileSync(file.path, '');
    await assert.rejects(attach([file]), refused('f', /not a folder/));
  });

  it('refuses a disk of another install, and names it', async () => {
    const disk = config('a');
    const { installId } = await once([disk]);
    mkdirSync(join(folder, 'other-data'));
    const elsewhere = { dataDir: join(folder, 'other-data') };
    await assert.rejects(attach([disk], elsewhere), refused('a', new RegExp(`${installId}.*rebuild-catalogue`)));
    assert.deepEqual(readdirSync(join(folder, 'other-data')), []);
    await attachDisks({ ...elsewhere, disks: [config('c')], adoptInstall: false, nowMs: 1, newUuid: randomUUID }).then(
      (other) => other.release(),
    );
    await assert.rejects(attach([disk], elsewhere), refused('a', new RegExp(`belongs to install ${installId}`)));
  });

  it('adopts the install of its disks when a catalogue is rebuilt', async () => {
    const disks = [config('a'), config('b')];
    const { installId } = await once(disks);
    rmSync(join(folder, 'data', 'install.json'));
    const adopted = await attach(disks, { adoptInstall: true });
    assert.equal(adopted.installId, installId);
    assert.equal(adopted.firstRun, false);
  });

  it('takes an empty mount point of a known disk for an absent disk, never for a new one', async () => {
    const disks = [config('a'), config('usb')];
    await once(disks);
    rmSync(join(folder, 'usb'), { recursive: true });
    assert.equal((await once(disks)).disks[1]?.present, false);
    mkdirSync(join(folder, 'usb'));
    const { disks: found } = await once(disks);
    assert.equal(found[0]?.present, true);
    assert.equal(found[1]?.present, false);
    assert.deepEqual(readdirSync(join(folder, 'usb')), []);
  });

  it('refuses a disk that another process holds, and a copy of a disk', async () => {
    const disk = config('a');
    await attach([disk]);
    await assert.rejects(attach([disk]), LockHeld);
    attached.at(0)?.release();
    const copy = config('copy');
    writeFileSync(join(copy.path, 'stowage-disk.json'), readFileSync(join(disk.path, 'stowage-disk.json')));
    await assert.rejects(attach([disk, copy]), refused('copy', /one identity/));
  });

  it('refuses a damaged identity', async () => {
    const disk = config('a');
    writeFileSync(join(disk.path, 'stowage-disk.json'), '{');
    await assert.rejects(attach([disk]), refused('a', /damaged/));
  });
});

function refused(disk: string, message: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof DiskRefused, String(error));
    assert.equal(error.disk, disk);
    assert.match(error.message, message);
    return true;
  };
}
