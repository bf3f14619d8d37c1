import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import type { VersionId } from '../../../src-server/domain/ids.ts';
import type { InlineEngine } from '../../support/inline-engine.ts';
import { assertSound, put, remove, rows, setVersioning, versionId } from './object-fixture.ts';
import { etagOf, look, openBucket } from './upload-fixture.ts';

let engine: InlineEngine;
afterEach(() => engine.close());

const NULL = 'null' as VersionId;
const shape = async () =>
  (await rows(engine)).map(
    (row) => `${row.version_id}${row.is_marker === 1 ? '(marker)' : ''}${row.is_current === 1 ? '*' : ''}`,
  );

describe('delete-object', () => {
  it('removes the object where versioning is off, and is content where there is none', async () => {
    engine = await openBucket();
    await put(engine, 'a');
    assert.deepEqual(await remove(engine, 'a'), { kind: 'removed', versionId: undefined, wasMarker: false });
    assert.deepEqual(await remove(engine, 'a'), { kind: 'removed', versionId: undefined, wasMarker: false });
    assert.deepEqual(await rows(engine), []);
    assert.deepEqual(await look(engine).usage(), { bytes: 0, versions: 0, objects: 0, uploads: 0 });
    await assertSound(engine);
  });

  it('hides the object behind a marker where versioning is enabled; removing the marker brings it back', async () => {
    engine = await openBucket('Enabled');
    const id = versionId();
    await put(engine, 'a', { id });
    const outcome = await remove(engine, 'a');
    assert.equal(outcome.kind, 'marked');
    const markerId = outcome.kind === 'marked' ? outcome.markerId : NULL;
    assert.deepEqual(await shape(), [`${markerId}(marker)*`, id]);
    assert.equal((await look(engine).usage())?.objects, 0);
    await assertSound(engine);
    assert.deepEqual(await remove(engine, 'a', markerId), { kind: 'removed', versionId: markerId, wasMarker: true });
    assert.deepEqual(await shape(), [`${id}*`]);
    assert.equal((await look(engine).usage())?.objects, 1);
    await assertSound(engine);
  });

  it('puts a marker where there is no object, and one on top of another', async () => {
    engine = await openBucket('Enabled');
    await remove(engine, 'ghost');
    await remove(engine, 'ghost');
    assert.equal((await rows(engine)).filter((row) => row.is_marker === 1).length, 2);
    await assertSound(engine);
  });

  it('replaces the null version by a null marker where versioning is suspended', async () => {
    engine = await openBucket('Enabled');
    const id = versionId();
    await put(engine, 'a', { id });
    await setVersioning(engine, 'Suspended');
    await put(engine, 'a');
    assert.deepEqual(await remove(engine, 'a'), { kind: 'marked', markerId: NULL });
    assert.deepEqual(await shape(), ['null(marker)*', id]);
    await remove(engine, 'a');
    assert.deepEqual(await shape(), ['null(marker)*', id]);
    await assertSound(engine);
    assert.deepEqual(await remove(engine, 'a', NULL), { kind: 'removed', versionId: NULL, wasMarker: true });
    assert.deepEqual(await shape(), [`${id}*`]);
    await assertSound(engine);
  });

  it('removes one version for good, old or current, and succeeds for one that is gone', async () => {
    engine = await openBucket('Enabled');
    const [one, two, three] = [versionId(), versionId(), versionId()];
    for (const id of [one, two, three]) await put(engine, 'a', { id });
    await remove(engine, 'a', two);
    assert.deepEqual(await shape(), [`${three}*`, one]);
    await remove(engine, 'a', three);
    assert.deepEqual(await shape(), [`${one}*`]);
    assert.deepEqual(await remove(engine, 'a', three), { kind: 'removed', versionId: three, wasMarker: false });
    await remove(engine, 'a', one);
    assert.deepEqual(await shape(), []);
    await assertSound(engine);
  });

  it('holds a condition against the current version only', async () => {
    engine = await openBucket('Enabled');
    await assert.rejects(remove(engine, 'a', undefined, etagOf(1)), (error) => isFailure(error, 'NoSuchKey'));
    const old = versionId();
    await put(engine, 'a', { mark: 1, id: old });
    await put(engine, 'a', { mark: 2 });
    await assert.rejects(remove(engine, 'a', old, etagOf(1)), (error) => isFailure(error, 'PreconditionFailed'));
    await remove(engine, 'a', old, etagOf(2));
    await remove(engine, 'a', undefined, etagOf(2));
    await assert.rejects(remove(engine, 'a', undefined, etagOf(2)), (error) => isFailure(error, 'PreconditionFailed'));
    await assertSound(engine);
  });
});
