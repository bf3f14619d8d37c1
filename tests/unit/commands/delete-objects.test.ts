import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { ObjectKey } from '../../../src-server/domain/ids.ts';
import type { InlineEngine } from '../../support/inline-engine.ts';
import { assertSound, put, rows, versionId } from './object-fixture.ts';
import { BUCKET, etagOf, look, NOW, OWNER, openBucket } from './upload-fixture.ts';

let engine: InlineEngine;
afterEach(() => engine.close());

function removeAll(requests: readonly { key: string; etag?: string }[]) {
  return engine.client.submit('delete-objects', {
    scene: { bucketId: BUCKET, ownerId: OWNER, nowMs: NOW, lockNowMs: NOW },
    requests: requests.map(({ key, etag }) => ({
      key: key as ObjectKey,
      versionId: undefined,
      condition: etag === undefined ? undefined : { kind: 'listed' as const, tags: [etag] },
      markerId: versionId(),
      bypassGovernance: false,
    })),
  });
}

describe('delete-objects', () => {
  it('answers for each key in order; a failed condition fails its key alone', async () => {
    engine = await openBucket();
    for (const key of ['a', 'b', 'c']) await put(engine, key, { mark: 1 });
    const results = await removeAll([
      { key: 'a' },
      { key: 'b', etag: etagOf(2) },
      { key: 'nothing', etag: etagOf(1) },
      { key: 'c', etag: etagOf(1) },
      { key: 'nothing' },
    ]);
    assert.deepEqual(
      results.map((result) => (result.kind === 'failed' ? result.code : result.kind)),
      ['removed', 'PreconditionFailed', 'NoSuchKey', 'removed', 'removed'],
    );
    assert.deepEqual(
      (await rows(engine)).map((row) => row.key),
      ['b'],
    );
    assert.deepEqual(await look(engine).usage(), { bytes: 10, versions: 1, objects: 1, uploads: 0 });
    await assertSound(engine);
  });

  it('takes the same key twice', async () => {
    engine = await openBucket('Enabled');
    await put(engine, 'a');
    const results = await removeAll([{ key: 'a' }, { key: 'a' }]);
    assert.deepEqual(
      results.map((result) => result.kind),
      ['marked', 'marked'],
    );
    assert.equal((await rows(engine)).length, 3);
    await assertSound(engine);
  });
});
