import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { EpochMs, ObjectKey } from '../../../src-server/domain/ids.ts';
import { multipartETag } from '../../../src-server/domain/multipart-etag.ts';
import type { InlineEngine } from '../../support/inline-engine.ts';
import { completion, etagOf, KEY, look, MIB, NOW, openBucket, openUpload, putPart } from './upload-fixture.ts';

let engine: InlineEngine;
afterEach(() => engine.close());

const rejectsWith = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code);
  return true;
};

interface ExtentRow {
  readonly body_offset: number;
  readonly extent_id: number;
  readonly length: number;
}

describe('complete-upload', () => {
  it('makes the object of the parts, in order, without touching an extent', async () => {
    engine = await openBucket();
    const upload = await openUpload(engine);
    for (const number of [3, 1, 2]) await putPart(engine, upload, number, number === 3 ? 7 : 5 * MIB + number);
    const before = await look(engine).all('SELECT * FROM extent ORDER BY id');
    const result = await engine.client.submit('complete-upload', completion(upload, [1, 2, 3]));
    assert.equal(result.etag, multipartETag([etagOf(1), etagOf(2), etagOf(3)]));
    assert.equal(result.checksum.algorithm, 'CRC64NVME');
    assert.deepEqual(await look(engine).all('SELECT * FROM extent ORDER BY id'), before);
    const [version] = await look(engine).all<{ size: number; part_count: number; body_id: number }>(
      'SELECT * FROM object_version',
    );
    assert.equal(version?.size, 10 * MIB + 10);
    assert.equal(version?.part_count, 3);
    const rows = await look(engine).all<ExtentRow>(
      'SELECT * FROM body_extent WHERE body_id = ?',
      version?.body_id ?? 0,
    );
    assert.deepEqual(
      rows.map((row) => [row.body_offset, row.length]),
      [
        [0, 5 * MIB + 1],
        [5 * MIB + 1, 5 * MIB + 2],
        [10 * MIB + 3, 7],
      ],
    );
    const parts = await look(engine).all<{ part_number: number; body_offset: number; checksum: null }>(
      'SELECT * FROM version_part ORDER BY part_number',
    );
    assert.deepEqual(
      parts.map((part) => [part.part_number, part.body_offset, part.checksum]),
      [
        [1, 0, null],
        [2, 5 * MIB + 1, null],
        [3, 10 * MIB + 3, null],
      ],
    );
    assert.deepEqual(await look(engine).usage(), { bytes: 10 * MIB + 10, versions: 1, objects: 1, uploads: 0 });
    assert.deepEqual(await look(engine).all('SELECT * FROM upload_part'), []);
    assert.equal((await look(engine).all('SELECT body_id FROM body_extent')).length, 3);
  });

  it('releases parts that are not listed, also those between listed ones', async () => {
    engine = await openBucket();
    const upload = await openUpload(engine);
    for (let number = 1; number <= 6; number++) await putPart(engine, upload, number, 5 * MIB + number);
    await engine.client.submit('complete-upload', completion(upload, [1, 2, 4, 6]));
    assert.equal(await look(engine).garbage(), 2);
    assert.deepEqual(await look(engine).wrongRefs(), []);
    assert.deepEqual(await look(engine).usage(), { bytes: 20 * MIB + 13, versions: 1, objects: 1, uploads: 0 });
    const parts = await look(engine).all<{ part_number: number; body_offset: number }>('SELECT * FROM version_part');
    assert.deepEqual(
      parts.map((part) => [part.part_number, part.body_offset]),
      [
        [1, 0],
        [2, 5 * MIB + 1],
        [4, 10 * MIB + 3],
        [6, 15 * MIB + 7],
      ],
    );
  });

  it('answers a retry as the first time, and nobody else', async () => {
    engine = await openBucket('Enabled');
    const upload = await openUpload(engine);
    await putPart(engine, upload, 1, 10);
    const first = await engine.client.submit('complete-upload', completion(upload, [1]));
    const usage = await look(engine).usage();
    const again = await engine.client.submit('complete-upload', completion(upload, [1]));
    assert.deepEqual(again, first);
    assert.deepEqual(await look(engine).usage(), usage);
    await assert.rejects(
      engine.client.submit('complete-upload', completion(upload, [1], { fingerprint: 'another' })),
      rejectsWith('NoSuchUpload'),
    );
    await assert.rejects(engine.client.submit('abort-upload', { upload, nowMs: NOW }), rejectsWith('NoSuchUpload'));
    await assert.rejects(putPart(engine, upload, 2, 10), rejectsWith('NoSuchUpload'));
  });

  it('forgets completed uploads after a day', async () => {
    engine = await openBucket();
    const old = await openUpload(engine);
    await putPart(engine, old, 1, 1);
    await engine.client.submit('complete-upload', completion(old, [1]));
    const later = (NOW + 25 * 3600 * 1000) as EpochMs;
    const next = await openUpload(engine);
    await putPart(engine, next, 1, 1);
    await engine.client.submit('complete-upload', completion(next, [1], { nowMs: later }));
    const left = await look(engine).all<{ id: string }>('SELECT id FROM upload');
    assert.deepEqual(left, [{ id: next.uploadId }]);
  });

  it('replaces the object that stood, whose bytes become garbage', async () => {
    engine = await openBucket();
    for (const size of [10, 20]) {
      const upload = await openUpload(engine);
      await putPart(engine, upload, 1, size);
      await engine.client.submit('complete-upload', completion(upload, [1]));
    }
    assert.deepEqual(await look(engine).usage(), { bytes: 20, versions: 1, objects: 1, uploads: 0 });
    assert.equal(await look(engine).garbage(), 1);
    assert.equal((await look(engine).all('SELECT * FROM version_part')).length, 1);
    assert.deepEqual(await look(engine).wrongRefs(), []);
  });

  it('keeps the one that stood where versioning is enabled', async () => {
    engine = await openBucket('Enabled');
    for (const size of [10, 20]) {
      const upload = await openUpload(engine);
      await putPart(engine, upload, 1, size);
      await engine.client.submit('complete-upload', completion(upload, [1]));
    }
    assert.deepEqual(await look(engine).usage(), { bytes: 30, versions: 2, objects: 1, uploads: 0 });
    assert.equal(await look(engine).garbage(), 0);
  });

  it('changes nothing when it is refused', async () => {
    engine = await openBucket();
    const upload = await openUpload(engine);
    await putPart(engine, upload, 1, 10);
    await putPart(engine, upload, 2, 10);
    const before = await look(engine).usage();
    const refusals: [string, Parameters<typeof completion>[1], Parameters<typeof completion>[2]][] = [
      ['EntityTooSmall', [1, 2], {}],
      ['InvalidPart', [1, 3], {}],
      ['InvalidPartOrder', [2, 1], {}],
      ['InvalidPartOrder', [1, 1], {}],
      ['InvalidRequest', [2], { claims: { checksum: undefined, type: undefined, sizeBytes: 11 } }],
      ['BadDigest', [2], { claims: { checksum: undefined, type: 'COMPOSITE', sizeBytes: 10 } }],
      [
        'BadDigest',
        [2],
        {
          claims: {
            checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAE=' },
            type: undefined,
            sizeBytes: undefined,
          },
        },
      ],
      ['NoSuchKey', [2], { condition: { kind: 'matches', tags: ['x'] } }],
    ];
    for (const [code, numbers, more] of refusals) {
      await assert.rejects(
        engine.client.submit('complete-upload', completion(upload, numbers, more)),
        rejectsWith(code),
      );
    }
    assert.deepEqual(await look(engine).usage(), before);
    assert.equal((await look(engine).all('SELECT * FROM upload_part')).length, 2);
    assert.deepEqual(await look(engine).all('SELECT * FROM object_version'), []);
  });

  it('lets one of two racing If-None-Match: * win', async () => {
    engine = await openBucket();
    const uploads = [await openUpload(engine), await openUpload(engine)];
    for (const upload of uploads) await putPart(engine, upload, 1, 10);
    const results = await Promise.allSettled(
      uploads.map((upload) =>
        engine.client.submit('complete-upload', completion(upload, [1], { condition: { kind: 'absent' } })),
      ),
    );
    assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected']);
  });

  it('finds an upload only under its bucket and key', async () => {
    engine = await openBucket();
    const upload = await openUpload(engine);
    await putPart(engine, upload, 1, 10);
    const elsewhere = { ...upload, key: 'another' as ObjectKey };
    for (const submit of [
      () => engine.client.submit('complete-upload', completion(elsewhere, [1])),
      () => engine.client.submit('abort-upload', { upload: elsewhere, nowMs: NOW }),
      () => putPart(engine, elsewhere, 1, 10),
    ]) {
      await assert.rejects(submit, rejectsWith('NoSuchUpload'));
    }
    assert.equal(upload.key, KEY);
  });

  it('takes an empty only part', async () => {
    engine = await openBucket();
    const upload = await openUpload(engine);
    await putPart(engine, upload, 1, 0);
    await engine.client.submit('complete-upload', completion(upload, [1]));
    const [version] = await look(engine).all<{ size: number; part_count: number }>('SELECT * FROM object_version');
    assert.equal(version?.size, 0);
    assert.equal(version?.part_count, 1);
  });

  it('moves 10,000 parts at once', async (t) => {
    engine = await openBucket();
    const upload = await openUpload(engine);
    const numbers = Array.from({ length: 10_000 }, (_, i) => i + 1);
    for (const number of numbers) await putPart(engine, upload, number, 5 * MIB);
    const input = completion(upload, numbers);
    const start = performance.now();
    await engine.client.submit('complete-upload', input);
    t.diagnostic(`10,000 parts in ${Math.round(performance.now() - start)} ms`);
    assert.deepEqual(await look(engine).usage(), { bytes: 50_000 * MIB, versions: 1, objects: 1, uploads: 0 });
    assert.equal((await look(engine).all('SELECT body_id FROM body_extent')).length, 10_000);
    assert.equal(await look(engine).recount(), 50_000 * MIB);
  });
});
