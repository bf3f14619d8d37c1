import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { MIGRATIONS } from '../../src-server/db/migrations/index.ts';
import { createCatalogue } from '../../src-server/db/migrations/run-migrations.ts';
import { openDatabase } from '../../src-server/db/sqlite/open-database.ts';
import { addExtentRefs, dropExtentRefs } from '../../src-server/db/tables/extent.ts';
import { findUpload, listOpenUploads, listUploadsCompletedBefore } from '../../src-server/db/tables/upload.ts';
import { discardParts, findPart, listParts, movePartsToBody } from '../../src-server/db/tables/upload-part.ts';
import { insertVersionParts, listVersionParts } from '../../src-server/db/tables/version-part.ts';
import type { SqlValue, WriteTx } from '../../src-server/db/tx.ts';
import type { BodyId, BucketId, EpochMs, ObjectKey, SequenceId, UploadId } from '../../src-server/domain/ids.ts';

const folder = mkdtempSync(join(tmpdir(), 'stowage-plans-'));
const db = openDatabase(join(folder, 'catalogue.db'));
createCatalogue(db, MIGRATIONS);
after(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The plans of the statements that `use` runs, which run on nothing. */
async function plansOf(use: (tx: WriteTx) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = [];
  const explain = (sql: string, parameters: readonly SqlValue[]) => {
    const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
    plans.push(rows.map((row) => (row as { detail: string }).detail).join('; '));
  };
  await use({
    get: async (sql, ...parameters) => void explain(sql, parameters) as undefined,
    all: async (sql, ...parameters) => {
      explain(sql, parameters);
      return [];
    },
    run: async (sql, ...parameters) => {
      explain(sql, parameters);
      return 0;
    },
    nextId: () => 1 as SequenceId,
  });
  return plans;
}

const ID = 'f'.repeat(48) as UploadId;
const BODY = 7 as BodyId;

describe('plans of multipart statements', () => {
  it('lists open uploads by index, in order, from where a page begins', async () => {
    const page = { after: { key: 'a', id: '' }, to: 'b', limit: 10 };
    const plans = await plansOf((tx) => listOpenUploads(tx, 1 as BucketId, page));
    assert.deepEqual(plans, ['SEARCH upload USING INDEX upload_by_key (bucket_id=? AND (key,id)>(?,?) AND key<?)']);
  });

  it('finds uploads and parts by their keys', async () => {
    const plans = await plansOf(async (tx) => {
      await findUpload(tx, ID, 1 as BucketId, 'k' as ObjectKey);
      await findPart(tx, ID, 1);
      await listParts(tx, ID, 0, 10);
      await listVersionParts(tx, BODY, 0, 10);
    });
    assert.deepEqual(plans, [
      'SEARCH upload USING PRIMARY KEY (id=?)',
      'SEARCH upload_part USING PRIMARY KEY (upload_id=? AND part_number=?)',
      'SEARCH upload_part USING PRIMARY KEY (upload_id=? AND part_number>?)',
      'SEARCH version_part USING PRIMARY KEY (body_id=? AND part_number>?)',
    ]);
  });

  it('finds old completed uploads by age', async () => {
    const [plan] = await plansOf((tx) => listUploadsCompletedBefore(tx, 5 as EpochMs, 4));
    assert.match(plan ?? '', /USING (COVERING )?INDEX upload_completed \(completed_ms<\?\)/);
  });

  it('never scans a table to move, release or count what a body or an upload holds', async () => {
    const plans = await plansOf(async (tx) => {
      await insertVersionParts(tx, ID, BODY, { first: 1, last: 9, bodyOffset: 0 }, true);
      await movePartsToBody(tx, ID, BODY);
      await discardParts(tx, ID, 5 as EpochMs);
      await addExtentRefs(tx, BODY);
      await dropExtentRefs(tx, BODY);
    });
    assert.equal(plans.length, 10);
    for (const plan of plans) {
      assert.doesNotMatch(plan, /SCAN (upload_part|body_extent|extent|version_part|garbage|p|e|v)\b/, plan);
    }
  });
});
