import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIGRATIONS } from '../../src-server/db/migrations/index.ts';
import type { Migration } from '../../src-server/db/migrations/migration.ts';
import type { EngineDisk } from '../../src-server/engine/engine-options.ts';
import { findSegments, type LogDiskFolder, linkSegments } from '../../src-server/engine/log/log-chain.ts';
import type { LogRecord } from '../../src-server/engine/log/log-walker.ts';
import { LogWalker } from '../../src-server/engine/log/log-walker.ts';
import { checkLog } from '../../src-server/engine/offline/check-log.ts';
import { verifyReplayEqualsCatalogue } from '../../src-server/engine/offline/verify-replay.ts';
import type { EngineFixture, EngineUnderTest } from './engine-fixture.ts';

/** Names of all settings, sorted. */
export function settings(engine: EngineUnderTest): unknown[] {
  return rows(engine, 'SELECT name FROM setting ORDER BY name').map((row) => row['name']);
}

export function rows(engine: EngineUnderTest, sql: string): Record<string, unknown>[] {
  // Rows are objects of their columns.
  return engine.core.parts.db.prepare(sql).all() as Record<string, unknown>[];
}

/** The test of all tests: the log says what the catalogue says, and every CRC in it is right. */
export function assertReplayEqual(
  fixture: EngineFixture,
  disks: readonly LogDiskFolder[] = [fixture.disk('disk1')],
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  const verdict = verifyReplayEqualsCatalogue({ dataDir: fixture.dataDir, disks, migrations });
  assert.deepEqual(verdict.differences, []);
  assert.deepEqual(checkLog({ disks }).problems, []);
}

/** Each extent's bytes, as the catalogue says where they stand, are still those of its body: all of one fill. */
export function assertBodiesReadable(engine: EngineUnderTest, disks: readonly EngineDisk[]): void {
  const sql = `SELECT e.container_offset AS at, e.stored_length AS length, c.name AS name, d.uuid AS uuid, e.uid AS uid
    FROM extent e JOIN container c ON c.id = e.container_id
    JOIN replica r ON r.container_id = c.id JOIN disk d ON d.id = r.disk_id`;
  for (const row of rows(engine, sql)) {
    const disk = disks.find((one) => one.uuid === row['uuid']);
    const file = readFileSync(join(disk?.path ?? '', 'log', String(row['name'])));
    const at = Number(row['at']);
    const bytes = file.subarray(at, at + Number(row['length']));
    const fill = Number(String(row['uid']).split('-').at(-1)) + 1;
    assert.ok(
      bytes.length === Number(row['length']) && bytes.every((byte) => byte === fill),
      `body ${String(row['uid'])} at ${at} of ${String(row['name'])}`,
    );
  }
}

export function segmentPaths(disk: EngineDisk): string[] {
  const folder = join(disk.path, 'log');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort()
    .map((name) => join(folder, name));
}

/** Every record of the log on `disks`, in order. */
export function logRecords(disks: readonly LogDiskFolder[], logId: Buffer = Buffer.alloc(16, 7)): LogRecord[] {
  const chain = linkSegments(findSegments(disks).segments, logId);
  const walker = new LogWalker(chain, chain.start);
  const records: LogRecord[] = [];
  for (let one = walker.next(); one !== undefined; one = walker.next()) records.push(one);
  walker.close();
  return records;
}
