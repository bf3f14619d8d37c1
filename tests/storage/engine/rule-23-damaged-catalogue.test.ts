import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertReplayEqual, segmentPaths, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';
import { waitFor } from '../../support/wait-for.ts';

const SEAL = 'catalogue-closed.json';
const MARK = 'catalogue-doubtful.json';

async function withFixture(use: (fixture: EngineFixture, path: string) => Promise<void>): Promise<void> {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    for (const name of ['a', 'b']) await engine.submit(put(name));
    await engine.keeper.make();
    await engine.submit(put('c'));
    await engine.close();
    await use(fixture, join(fixture.dataDir, 'catalogue.db'));
  } finally {
    fixture.remove();
  }
}

function change(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
}

function asides(fixture: EngineFixture): string[] {
  return readdirSync(fixture.dataDir).filter((name) => /\.aside-\d+$/.test(name));
}

async function expectRebuilt(fixture: EngineFixture): Promise<void> {
  const engine = await fixture.open();
  assert.deepEqual([engine.recovered.refusal, settings(engine)], [undefined, ['a', 'b', 'c']]);
  assert.deepEqual([asides(fixture).length, existsSync(join(fixture.dataDir, MARK))], [1, false]);
  await engine.submit(put('d'));
  await engine.close();
  assertReplayEqual(fixture);
}

test('rule 23: a bit that flipped in the closed catalogue, wherever it is: built anew, the old one is kept', async () => {
  for (const at of [20, 5000, -1]) {
    await withFixture(async (fixture, path) => {
      change(path, at < 0 ? readFileSync(path).length + at : at);
      await expectRebuilt(fixture);
    });
  }
});

test('rule 23: a damaged seal is as good as a damaged catalogue; a sound one is trusted, and used once', async () => {
  await withFixture(async (fixture) => {
    writeFileSync(join(fixture.dataDir, SEAL), 'no JSON');
    await expectRebuilt(fixture);
    const engine = await fixture.open();
    assert.deepEqual([asides(fixture).length, existsSync(join(fixture.dataDir, SEAL))], [1, false]);
    engine.abandon();
    const again = await fixture.open();
    assert.deepEqual([again.recovered.refusal, asides(fixture).length], [undefined, 1]);
    await again.close();
  });
});

test('rule 23: after a crash, a catalogue that SQLite cannot read is built anew', async () => {
  for (const garbage of [Buffer.alloc(50_000, 'no database'), Buffer.alloc(0)]) {
    await withFixture(async (fixture, path) => {
      rmSync(join(fixture.dataDir, SEAL));
      const bytes = garbage.length > 0 ? garbage : Buffer.from(readFileSync(path)).fill(0xff, 100, 4000);
      writeFileSync(path, bytes);
      await expectRebuilt(fixture);
    });
  }
});

test('rule 23: a damaged catalogue and no whole log: reads only while it can be read, with the reason, at every start', async () => {
  await withFixture(async (fixture, path) => {
    change(path, unusedByte(readFileSync(path)));
    rmSync(segmentPaths(fixture.disk('disk1'))[0] ?? '');
    for (let start = 0; start < 2; start += 1) {
      const engine = await fixture.open();
      assert.match(engine.recovered.refusal ?? '', /not what it was when it was closed\) and could not be rebuilt/);
      assert.deepEqual(settings(engine), ['a', 'b', 'c']);
      await engine.close();
    }
    writeFileSync(path, Buffer.alloc(50_000, 'no database'));
    await assert.rejects(fixture.open(), {
      name: 'InstallMismatch',
      message: /is damaged .* run `stowage rebuild-cat/,
    });
  });
});

test('rule 23: damage that SQLite meets in service stops the engine, and the next start builds the catalogue anew', async () => {
  await withFixture(async (fixture) => {
    const engine = await fixture.open();
    const malformed = Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT_INDEX' });
    engine.submit(() => Promise.reject(malformed)).catch(() => undefined);
    await waitFor(() => engine.fatal.error !== undefined);
    assert.equal(engine.fatal.error?.name, 'CatalogueDoubtful');
    assert.ok(existsSync(join(fixture.dataDir, MARK)));
    engine.abandon();
    await expectRebuilt(fixture);
  });
});

/** A byte that no row needs: in the middle of the root page of an empty table (SQLite's file format, "B-tree pages"). */
function unusedByte(database: Buffer): number {
  const pageBytes = database.readUInt16BE(16);
  for (let page = pageBytes; page < database.length; page += pageBytes) {
    const isEmptyTable = database[page] === 0x0d && database.readUInt16BE(page + 3) === 0;
    if (isEmptyTable) return page + pageBytes / 2;
  }
  throw new Error('the catalogue has no empty table');
}
