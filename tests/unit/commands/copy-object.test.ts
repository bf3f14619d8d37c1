import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { CopyObjectInput } from '../../../src-server/commands/copy-object.ts';
import { NO_CONDITION } from '../../../src-server/domain/conditions.ts';
import type { ObjectKey, SequenceId, VersionId } from '../../../src-server/domain/ids.ts';
import type { InlineEngine } from '../../support/inline-engine.ts';
import { assertSound, newObject, put, remove, rows } from './object-fixture.ts';
import { BUCKET, completion, etagOf, look, MIB, openBucket, openUpload, putPart } from './upload-fixture.ts';

let engine: InlineEngine;
afterEach(() => engine.close());

function copy(from: string, versionId: VersionId, seq: SequenceId, to: string, size = 10) {
  const input: CopyObjectInput = {
    object: newObject(to, size, etagOf(1)),
    condition: NO_CONDITION,
    source: { bucketId: BUCKET, key: from as ObjectKey, versionId, seq },
  };
  return engine.client.submit('copy-object', input);
}

const extents = () => look(engine).all<{ id: number; refs: number }>('SELECT id, refs FROM extent ORDER BY id');

describe('copy-object', () => {
  it('names the extents once more and moves no byte', async () => {
    engine = await openBucket();
    const source = await put(engine, 'a');
    const framesBefore = engine.frames.size;
    assert.notEqual(await copy('a', source.versionId, source.seq, 'b'), 'source-gone');
    assert.equal(engine.frames.size, framesBefore);
    assert.deepEqual(
      (await extents()).map((extent) => extent.refs),
      [2],
    );
    await remove(engine, 'a');
    assert.equal(await look(engine).garbage(), 0);
    await remove(engine, 'b');
    assert.equal(await look(engine).garbage(), 1);
    await assertSound(engine);
  });

  it('copies an object onto itself without letting go of its bytes', async () => {
    engine = await openBucket();
    const source = await put(engine, 'a');
    await copy('a', source.versionId, source.seq, 'a');
    assert.equal(await look(engine).garbage(), 0);
    assert.deepEqual(
      (await extents()).map((extent) => extent.refs),
      [1],
    );
    await assertSound(engine);
  });

  it('changes nothing where the source was replaced since it was read', async () => {
    engine = await openBucket();
    const source = await put(engine, 'a', { mark: 1 });
    await put(engine, 'a', { mark: 2 });
    assert.equal(await copy('a', source.versionId, source.seq, 'b'), 'source-gone');
    assert.deepEqual(
      (await rows(engine)).map((row) => row.key),
      ['a'],
    );
    await assertSound(engine);
  });

  it('copies a multipart object as one body, an empty one without an extent', async () => {
    engine = await openBucket();
    const upload = await openUpload(engine);
    await putPart(engine, upload, 1, 5 * MIB);
    await putPart(engine, upload, 2, 5);
    await engine.client.submit('complete-upload', completion(upload, [1, 2]));
    const [version] = await look(engine).all<{ seq: SequenceId }>('SELECT seq FROM object_version');
    assert.ok(version);
    await copy(upload.key, 'null' as VersionId, version.seq, 'copy', 5 * MIB + 5);
    assert.deepEqual(
      (await extents()).map((extent) => extent.refs),
      [2, 2],
    );
    const empty = await put(engine, 'empty', { size: 0 });
    await copy('empty', empty.versionId, empty.seq, 'empty-too', 0);
    await assertSound(engine);
  });
});
