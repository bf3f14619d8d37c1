import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rebuildCatalogue } from '../../../src-server/engine/offline/rebuild-catalogue.ts';
import type { SalvagedExtent, SalvageSource } from '../../../src-server/engine/offline/salvage.ts';
import { rows } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

interface Found {
  readonly key: string;
  readonly versionId?: string;
  readonly partNumber?: number;
  readonly bodyOffset?: number;
  readonly last?: boolean;
  readonly createdMs: number;
  readonly length?: number;
  readonly container?: string;
}

let uids = 0;

function extentOf(found: Found, diskUuid: string): SalvagedExtent {
  uids += 1;
  const uid = Buffer.alloc(16);
  uid.writeUInt32LE(uids);
  const plainLength = found.length ?? 100;
  const name = found.container ?? '0000000000000001.log';
  return {
    container: { name, kind: name.endsWith('.log') ? 'log' : 'chunk', diskUuid, lengthBytes: 1_000_000 },
    offset: uids * 1000,
    header: {
      uid,
      installTag: Buffer.alloc(8),
      codec: 'plain',
      plainLength,
      createdMs: found.createdMs,
      bodyOffset: found.bodyOffset ?? 0,
      lastOfBody: found.last ?? true,
      envelope: Buffer.alloc(0),
      origin: {
        bucket: 'photos',
        key: found.key,
        versionId: found.versionId ?? 'null',
        partNumber: found.partNumber ?? 0,
      },
      headerLength: 90,
      storedLength: plainLength + 4,
    },
  };
}

test('neither checkpoint nor log: bodies and names come back from the containers, and the install goes on', async () => {
  const fixture = new EngineFixture();
  const disk = fixture.disk('disk1');
  try {
    const old = await fixture.open();
    await old.submit(put('gone with the catalogue'));
    await old.close();
    rmSync(join(fixture.dataDir, 'catalogue.db'));
    // Its beginning is lost: the log cannot be replayed.
    rmSync(join(disk.path, 'log', '0000000000000001.log'));
    const found: Found[] = [
      { key: 'a', createdMs: 10 },
      { key: 'a', createdMs: 30, length: 300 },
      { key: 'a', createdMs: 20, versionId: 'A'.repeat(32) },
      // A large body of two chunks, and the first chunk of another that was never finished.
      { key: 'b', createdMs: 10, last: false, container: 'aa', length: 500 },
      { key: 'b', createdMs: 11, bodyOffset: 500, container: 'ab' },
      { key: 'b', createdMs: 99, last: false, container: 'ac' },
      // A multipart upload whose second part was sent twice.
      { key: 'c', createdMs: 10, versionId: 'upload-1', partNumber: 1, length: 1000 },
      { key: 'c', createdMs: 10, versionId: 'upload-1', partNumber: 2, length: 7 },
      { key: 'c', createdMs: 12, versionId: 'upload-1', partNumber: 2, length: 8 },
    ];
    const source: SalvageSource = {
      disks: [disk],
      async *extents() {
        for (const one of found) yield extentOf(one, disk.uuid);
      },
    };
    const outcome = await rebuildCatalogue({ dataDir: fixture.dataDir, disks: [disk], salvage: source });
    assert.deepEqual(
      outcome.kind === 'salvaged' && [outcome.buckets, outcome.versions, outcome.incompleteExtents],
      [1, 5, 2],
    );
    const engine = await fixture.open();
    assert.equal(engine.recovered.refusal, undefined);
    assert.deepEqual(
      rows(engine, 'SELECT key, size, is_current, modified_ms FROM object_version ORDER BY key, seq').map(
        Object.values,
      ),
      [
        ['a', 100, 0, 10],
        ['a', 100, 0, 20],
        ['a', 300, 1, 30],
        ['b', 600, 1, 11],
        ['c', 1008, 1, 12],
      ],
    );
    assert.deepEqual(rows(engine, 'SELECT bytes, versions, objects, uploads FROM bucket_usage').map(Object.values), [
      [2108, 5, 3, 0],
    ]);
    await engine.submit(put('after'));
    assert.ok(engine.core.parts.head.segment.number > 1);
    const manifest = await engine.keeper.make();
    await engine.submit(put('later'));
    await engine.close();
    assert.ok(manifest.appliedSequence > 0);
    const outcomeAgain = await rebuildCatalogue({ dataDir: fixture.dataDir, disks: [disk], salvage: source });
    assert.equal(outcomeAgain.kind, 'rebuilt');
    const again = await fixture.open();
    assert.equal(rows(again, 'SELECT name FROM setting').length, 3);
    await again.close();
    assert.ok(readFileSync(join(fixture.dataDir, 'catalogue.db')).length > 0);
  } finally {
    fixture.remove();
  }
});
