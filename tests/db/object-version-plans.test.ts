import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MIGRATIONS } from '../../src-server/db/migrations/index.ts';
import { createCatalogue } from '../../src-server/db/migrations/run-migrations.ts';
import { openDatabase } from '../../src-server/db/sqlite/open-database.ts';
import * as bodies from '../../src-server/db/tables/body-extent.ts';
import * as extents from '../../src-server/db/tables/extent.ts';
import * as garbage from '../../src-server/db/tables/garbage.ts';
import * as versions from '../../src-server/db/tables/object-version.ts';
import type { WriteTx } from '../../src-server/db/tx.ts';
import type { BodyId, BucketId, EpochMs, ObjectKey, SequenceId, VersionId } from '../../src-server/domain/ids.ts';

const folder = mkdtempSync(join(tmpdir(), 'stowage-plans-'));
const db = openDatabase(join(folder, 'catalogue.db'));
createCatalogue(db, MIGRATIONS);
after(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

// Tests mint the brands of the values they bind.
const BUCKET = 1 as BucketId;
const KEY = 'k' as ObjectKey;
const BODY = 2 as BodyId;
const ROW = { bucket_id: BUCKET, key: KEY, seq: 3 as SequenceId };
const RANGE = { from: 'a', end: 'b' };

/** The plan lines of every statement that a table function runs. */
async function plansOf(act: (tx: WriteTx) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = [];
  const explain = (sql: string, parameters: unknown[]) => {
    // The driver types `prepare` by its parameters; these are the table function's own.
    const statement = db.prepare(`EXPLAIN QUERY PLAN ${sql}`) as { all(...p: unknown[]): { detail: string }[] };
    plans.push(...statement.all(...parameters).map((line) => line.detail));
  };
  const tx = {
    get: async (sql: string, ...parameters: unknown[]) => explain(sql, parameters),
    all: async (sql: string, ...parameters: unknown[]) => {
      explain(sql, parameters);
      return [];
    },
    run: async (sql: string, ...parameters: unknown[]) => {
      explain(sql, parameters);
      return 0;
    },
    nextId: () => 1 as SequenceId,
  };
  // A double that plans statements instead of running them.
  await act(tx as unknown as WriteTx).catch((error: unknown) => {
    // Where a row must exist, its absence is told after the statement.
    if (plans.length === 0) throw error;
  });
  return plans;
}

const PK = /object_version USING PRIMARY KEY \(bucket_id=\? AND key=\?/;
const CASES: [name: string, act: (tx: WriteTx) => Promise<unknown>, expected: readonly RegExp[]][] = [
  [
    'findKeyState',
    (tx) => versions.findKeyState(tx, BUCKET, KEY),
    [/SEARCH b USING INTEGER PRIMARY KEY/, /SEARCH v USING (?:PRIMARY KEY|INDEX) .*\(bucket_id=\? AND key=\?/],
  ],
  ['findCurrentHead', (tx) => versions.findCurrentHead(tx, BUCKET, KEY), [PK]],
  [
    'findHeadById',
    (tx) => versions.findHeadById(tx, BUCKET, KEY, 'A'.repeat(32) as VersionId),
    [/INDEX object_version_by_id \(bucket_id=\? AND key=\? AND version_id=\?\)/],
  ],
  [
    'findNoncurrentNullHead',
    (tx) => versions.findNoncurrentNullHead(tx, BUCKET, KEY),
    [/INDEX object_null_noncurrent/],
  ],
  ['findVersion', (tx) => versions.findVersion(tx, BUCKET, KEY, undefined), [PK]],
  ['setCurrent', (tx) => versions.setCurrent(tx, ROW, 0), [/\(bucket_id=\? AND key=\? AND seq=\?\)/]],
  ['setVersionTags', (tx) => versions.setVersionTags(tx, ROW, null), [/\(bucket_id=\? AND key=\? AND seq=\?\)/]],
  [
    'deleteVersionRow',
    (tx) => versions.deleteVersionRow(tx, ROW, { lockNowMs: 1, bypassGovernance: false }),
    [/\(bucket_id=\? AND key=\? AND seq=\?\)/],
  ],
  [
    'listObjects',
    (tx) => versions.listObjects(tx, BUCKET, RANGE, 9),
    [/COVERING INDEX object_listed \(bucket_id=\? AND key>\? AND key<\?\)/, /SEARCH v USING PRIMARY KEY/],
  ],
  [
    'listVersions',
    (tx) => versions.listVersions(tx, BUCKET, RANGE, 9),
    [/object_version USING PRIMARY KEY \(bucket_id=\? AND key>\? AND key<\?\)/],
  ],
  [
    'listOlderVersions',
    (tx) => versions.listOlderVersions(tx, BUCKET, 'k', 5, 9),
    [/USING PRIMARY KEY \(bucket_id=\? AND key=\? AND seq[<>]\?\)/],
  ],
  [
    'listPlacedSlices',
    (tx) => bodies.listPlacedSlices(tx, BODY, 0, 9),
    [
      /SEARCH b USING PRIMARY KEY \(body_id=\? AND body_offset>\? AND body_offset<\?\)/,
      /SEARCH e/,
      /SEARCH c/,
      /SEARCH r/,
    ],
  ],
  ['dropExtentRefs', (tx) => extents.dropExtentRefs(tx, BODY), [/SEARCH body_extent USING PRIMARY KEY \(body_id=\?\)/]],
  ['collectBodyGarbage', (tx) => garbage.collectBodyGarbage(tx, BODY, 0 as EpochMs), [/\(body_id=\?\)/]],
];

for (const [name, act, expected] of CASES) {
  test(`${name} seeks, and sorts nothing`, async () => {
    const plans = await plansOf(act);
    for (const pattern of expected)
      assert.ok(
        plans.some((line) => pattern.test(line)),
        plans.join('\n'),
      );
    for (const line of plans) {
      assert.doesNotMatch(line, /^SCAN (?:object_version|body_extent|extent|v|e)\b/, plans.join('\n'));
      if (!/GROUP BY/.test(line)) assert.doesNotMatch(line, /TEMP B-TREE/, plans.join('\n'));
    }
  });
}
