import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { BodyId, EpochMs, ETag, VersionId } from '../../../src-server/domain/ids.ts';
import type { InlineEngine } from '../../support/inline-engine.ts';
import {
  BUCKET,
  completion,
  crcOf,
  etagOf,
  KEY,
  look,
  NOW,
  openBucket,
  openUpload,
  putPart,
} from './upload-fixture.ts';

let engine: InlineEngine;
afterEach(() => engine.close());

describe('put-part', () => {
  it('counts open parts and replaces a part of the same number', async () => {
    engine = await openBucket();
    const upload = await openUpload(engine);
    await putPart(engine, upload, 1, 1000);
    await putPart(engine, upload, 2, 500);
    assert.deepEqual(await look(engine).usage(), { bytes: 1500, versions: 0, objects: 0, uploads: 1 });
    await putPart(engine, upload, 1, 10, 77);
    assert.deepEqual(await look(engine).usage(), { bytes: 510, versions: 0, objects: 0, uploads: 1 });
    assert.equal(await look(engine).garbage(), 1);
    assert.deepEqual(await look(engine).wrongRefs(), []);
    const parts = await look(engine).all<{ etag: string; size: number }>(
      'SELECT etag, size FROM upload_part ORDER BY part_number',
    );
    assert.deepEqual(parts, [
      { etag: etagOf(77), size: 10 },
      { etag: etagOf(2), size: 500 },
    ]);
  });
});

describe('abort-upload', () => {
  it('releases everything, and is NoSuchUpload the second time', async () => {
    engine = await openBucket();
    const upload = await openUpload(engine);
    for (let number = 1; number <= 5; number++) await putPart(engine, upload, number, number * 100);
    await engine.client.submit('abort-upload', { upload, nowMs: NOW });
    assert.deepEqual(await look(engine).usage(), { bytes: 0, versions: 0, objects: 0, uploads: 0 });
    assert.equal(await look(engine).garbage(), 5);
    assert.deepEqual(await look(engine).wrongRefs(), []);
    assert.deepEqual(await look(engine).all('SELECT id FROM upload'), []);
    await assert.rejects(engine.client.submit('abort-upload', { upload, nowMs: NOW }), { code: 'NoSuchUpload' });
  });
});

interface Source {
  readonly versionId: VersionId;
  readonly bodyId: BodyId;
  readonly size: number;
  /** Which extent, and where in it, each byte of the source is. */
  readonly map: readonly string[];
}

async function bytesOf(bodyId: number): Promise<string[]> {
  const rows = await look(engine).all<{
    body_offset: number;
    extent_id: number;
    extent_offset: number;
    length: number;
  }>('SELECT * FROM body_extent WHERE body_id = ? ORDER BY body_offset', bodyId);
  const map: string[] = [];
  for (const row of rows) {
    assert.equal(row.body_offset, map.length);
    for (let i = 0; i < row.length; i++) map.push(`${row.extent_id}:${row.extent_offset + i}`);
  }
  return map;
}

/** An object of several parts, so of several extents. */
async function makeSource(sizes: readonly number[]): Promise<Source> {
  const upload = await openUpload(engine);
  for (const [i, size] of sizes.entries()) await putPart(engine, upload, i + 1, size);
  // Parts this small cannot be completed; what a copy sees of a source are its extents, so they are joined by hand.
  const parts = await look(engine).all<{ body_id: number }>('SELECT body_id FROM upload_part ORDER BY part_number');
  const bodyId = parts[0]?.body_id ?? 0;
  await engine.run(async (tx) => {
    let offset = sizes[0] ?? 0;
    for (const [i, part] of parts.slice(1).entries()) {
      await tx.run(
        'UPDATE body_extent SET body_id = ?, body_offset = ? WHERE body_id = ?',
        bodyId,
        offset,
        part.body_id,
      );
      offset += sizes[i + 1] ?? 0;
    }
    await tx.run('DELETE FROM upload_part WHERE part_number > 1');
    await tx.run('UPDATE upload_part SET size = ?', offset);
  });
  const done = await engine.client.submit('complete-upload', completion(upload, [1]));
  const [version] = await look(engine).all<{ body_id: BodyId; size: number }>(
    'SELECT body_id, size FROM object_version WHERE is_current = 1',
  );
  if (version === undefined) throw new Error('no source');
  return {
    versionId: done.versionId,
    bodyId: version.body_id,
    size: version.size,
    map: await bytesOf(version.body_id),
  };
}

function copyInput(upload: Awaited<ReturnType<typeof openUpload>>, source: Source, start: number, end: number) {
  return {
    upload,
    partNumber: 1,
    etag: etagOf(9) as ETag,
    checksum: crcOf(9),
    source: { bucketId: BUCKET, key: KEY, versionId: source.versionId, bodyId: source.bodyId, start, end },
    nowMs: NOW as EpochMs,
  };
}

describe('copy-part', () => {
  it('names exactly the bytes of any slice of the source', async () => {
    engine = await openBucket();
    const source = await makeSource([5, 1, 9, 3, 12]);
    assert.equal(source.size, 30);
    await fc.assert(
      fc.asyncProperty(fc.nat(29), fc.nat(29), async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b) + 1];
        const upload = await openUpload(engine);
        assert.equal(await engine.client.submit('copy-part', copyInput(upload, source, start, end)), 'copied');
        const [part] = await look(engine).all<{ body_id: number; size: number }>(
          'SELECT body_id, size FROM upload_part WHERE upload_id = ?',
          upload.uploadId,
        );
        assert.equal(part?.size, end - start);
        assert.deepEqual(await bytesOf(part?.body_id ?? 0), source.map.slice(start, end));
        assert.deepEqual(await look(engine).wrongRefs(), []);
      }),
      { seed: 11, numRuns: 60 },
    );
    assert.equal((await look(engine).usage())?.bytes, await look(engine).recount());
  });

  it('keeps shared bytes as long as one of the two names them', async () => {
    engine = await openBucket();
    const source = await makeSource([8, 8]);
    const upload = await openUpload(engine);
    await engine.client.submit('copy-part', copyInput(upload, source, 0, 16));
    const over = await openUpload(engine);
    await putPart(engine, over, 1, 1);
    await engine.client.submit('complete-upload', completion(over, [1]));
    assert.equal(await look(engine).garbage(), 0);
    await engine.client.submit('abort-upload', { upload, nowMs: NOW });
    assert.equal(await look(engine).garbage(), 2);
    assert.deepEqual(await look(engine).wrongRefs(), []);
  });

  it('tells that the source went away, and changes nothing', async () => {
    engine = await openBucket();
    const source = await makeSource([8]);
    const upload = await openUpload(engine);
    const gone = { ...source, bodyId: 1 as BodyId };
    assert.equal(await engine.client.submit('copy-part', copyInput(upload, gone, 0, 4)), 'source-gone');
    assert.deepEqual(await look(engine).all('SELECT * FROM upload_part'), []);
  });
});
