import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import type { ContainerId, DiskId, ExtentUid } from '../../../src-server/domain/ids.ts';
import type { InlineEngine } from '../../support/inline-engine.ts';
import { assertSound, newObject, put, remove, rows, setVersioning, versionId } from './object-fixture.ts';
import { BUCKET, etagOf, look, openBucket } from './upload-fixture.ts';

let engine: InlineEngine;
afterEach(() => engine.close());

const ids = async () => (await rows(engine)).map((row) => `${row.version_id}${row.is_current === 1 ? '*' : ''}`);

describe('put-object', () => {
  it('replaces the object where versioning is off, and leaves its bytes to the collector', async () => {
    engine = await openBucket();
    const first = await put(engine, 'a', { size: 10, mark: 1 });
    assert.equal(first.versionId, 'null');
    await put(engine, 'a', { size: 7, mark: 2 });
    assert.deepEqual(await ids(), ['null*']);
    assert.deepEqual(await look(engine).usage(), { bytes: 7, versions: 1, objects: 1, uploads: 0 });
    assert.equal(await look(engine).garbage(), 1);
    await assertSound(engine);
  });

  it('keeps every version under its own id where versioning is enabled', async () => {
    engine = await openBucket('Enabled');
    const [one, two] = [versionId(), versionId()];
    assert.equal((await put(engine, 'a', { id: one })).versionId, one);
    assert.equal((await put(engine, 'a', { id: two })).versionId, two);
    assert.deepEqual(await ids(), [`${two}*`, one]);
    await assertSound(engine);
  });

  it('replaces only the null version where versioning is suspended, wherever it stands', async () => {
    engine = await openBucket('Off');
    await put(engine, 'a', { mark: 1 });
    await setVersioning(engine, 'Enabled');
    const named = versionId();
    await put(engine, 'a', { mark: 2, id: named });
    await setVersioning(engine, 'Suspended');
    assert.deepEqual(await ids(), [`${named}*`, 'null']);
    await put(engine, 'a', { mark: 3 });
    assert.deepEqual(await ids(), ['null*', named]);
    await put(engine, 'a', { mark: 4 });
    assert.deepEqual(await ids(), ['null*', named]);
    assert.equal((await rows(engine))[0]?.etag, etagOf(4));
    await assertSound(engine);
  });

  it('stores an object without a byte without an extent', async () => {
    engine = await openBucket();
    await put(engine, 'empty', { size: 0 });
    assert.deepEqual(await look(engine).all('SELECT body_id FROM object_version'), [{ body_id: null }]);
    await remove(engine, 'empty');
    await assertSound(engine);
  });

  it('holds If-None-Match against what stands: of two racing writes one is told', async () => {
    engine = await openBucket('Enabled');
    const both = await Promise.allSettled([
      put(engine, 'a', { condition: { kind: 'absent' } }),
      put(engine, 'a', { condition: { kind: 'absent' } }),
    ]);
    assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await rows(engine)).length, 1);
    await remove(engine, 'a');
    await put(engine, 'a', { condition: { kind: 'absent' } });
    await assertSound(engine);
  });

  it('holds If-Match against the current object, of which a marker leaves none', async () => {
    engine = await openBucket('Enabled');
    const matches = (mark: number) => ({ kind: 'matches', tags: [etagOf(mark)] }) as const;
    await assert.rejects(put(engine, 'a', { condition: matches(1) }), (error) => isFailure(error, 'NoSuchKey'));
    await put(engine, 'a', { mark: 1 });
    await assert.rejects(put(engine, 'a', { condition: matches(2) }), (e) => isFailure(e, 'PreconditionFailed'));
    await put(engine, 'a', { mark: 2, condition: matches(1) });
    await remove(engine, 'a');
    await assert.rejects(put(engine, 'a', { condition: matches(2) }), (error) => isFailure(error, 'NoSuchKey'));
    await assertSound(engine);
  });

  it('changes nothing where the bucket is gone', async () => {
    engine = await openBucket();
    const object = { ...newObject('a', 0, etagOf(1)), bucketId: (BUCKET + 1) as typeof BUCKET };
    const gone = engine.client.submit('put-object', { object, condition: { kind: 'none' }, extents: [] });
    await assert.rejects(gone, (error) => isFailure(error, 'NoSuchBucket'));
    await assertSound(engine);
  });

  it('adds a container with its copy for the first extent in it, and counts what stands there', async () => {
    engine = await openBucket();
    const at = (offset: number) =>
      ({ kind: 'container', name: 'chunk-1', containerKind: 'chunk', diskId: 1 as unknown as DiskId, offset }) as const;
    const extent = {
      uid: new Uint8Array(16) as ExtentUid,
      headerLength: 64,
      storedLength: 100,
      plainLength: 96,
      codec: 'plain',
    } as const;
    const extents = [
      { ...extent, at: at(0) },
      { ...extent, at: at(164) },
    ];
    await engine.client.submit('put-object', {
      object: newObject('big', 192, etagOf(1)),
      condition: { kind: 'none' },
      extents,
    });
    const [container] = await look(engine).all<{ id: ContainerId; length: number; live_bytes: number; state: string }>(
      `SELECT id, length, live_bytes, state FROM container WHERE name = 'chunk-1'`,
    );
    assert.deepEqual([container?.length, container?.live_bytes, container?.state], [328, 328, 'sealed']);
    const copies = await look(engine).all('SELECT disk_id FROM replica WHERE container_id = ?', container?.id ?? 0);
    assert.deepEqual(copies, [{ disk_id: 1 }]);
    const slices = await look(engine).all('SELECT body_offset, length FROM body_extent ORDER BY body_offset');
    assert.deepEqual(slices, [
      { body_offset: 0, length: 96 },
      { body_offset: 96, length: 96 },
    ]);
    await assertSound(engine);
  });
});
