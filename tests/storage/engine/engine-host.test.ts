import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SqliteCatalogue } from '../../../src-server/db/sqlite/sqlite-catalogue.ts';
import { isFailure } from '../../../src-server/domain/failure.ts';
import type { BucketName, EpochMs } from '../../../src-server/domain/ids.ts';
import { connectEngine } from '../../../src-server/engine/engine-client.ts';
import { type EngineHost, openEngine } from '../../../src-server/engine/engine-host.ts';
import { assertReplayEqual } from '../../support/engine-asserts.ts';
import { assertPutsThere } from '../../support/engine-child.ts';
import { EngineFixture } from '../../support/engine-fixture.ts';
import { arrangeBucket, fillOf, PUT_FRAME_BYTES, putInput } from '../../support/engine-puts.ts';

async function withHost(work: (host: EngineHost, fixture: EngineFixture) => Promise<void>): Promise<void> {
  const fixture = new EngineFixture();
  const host = await openEngine(fixture.options());
  try {
    await work(host, fixture);
  } finally {
    await host.close();
    fixture.remove();
  }
}

test('commands of several threads go through one commit thread; answers are seen by every reader', async () => {
  await withHost(async (host, fixture) => {
    const scene = await arrangeBucket(host);
    const clients = [host.client, connectEngine(host.connect()), connectEngine(host.connect())];
    const catalogue = new SqliteCatalogue({ path: host.cataloguePath, generation: host.generation });
    const names: string[] = [];
    await Promise.all(
      Array.from({ length: 60 }, async (_, number) => {
        const name = `put-${number}`;
        // A part of a larger buffer: it must not drag the rest of it across.
        const frame = Buffer.alloc(PUT_FRAME_BYTES + 5000, fillOf(number)).subarray(100, 100 + PUT_FRAME_BYTES);
        await clients[number % 3]?.submit('put-object', putInput(scene, name, number), [frame]);
        const found = await catalogue.read((tx) => tx.all('SELECT 1 FROM object_version WHERE key = ?', name));
        assert.equal(found.length, 1);
        names.push(name);
      }),
    );
    catalogue.close();
    const status = await host.status();
    assert.ok(status.counters.commands >= 60 && status.counters.batches < 60);
    assert.equal(status.syncedSequence, status.lastSequence);
    assert.ok(status.logBytes > 60 * PUT_FRAME_BYTES && status.catalogueBytes > 0);
    assert.equal((await host.checkpoint()).appliedSequence, status.lastSequence);
    assert.deepEqual(await host.releaseSegments(), []);
    await host.close();
    const engine = await fixture.open();
    assertPutsThere(engine, [fixture.disk('disk1')], names);
    await engine.close();
    assertReplayEqual(fixture);
  });
});

test('a failure crosses as itself, a bug as an error, and neither harms the others of its turn', async () => {
  await withHost(async (host) => {
    const scene = await arrangeBucket(host);
    const nowMs = 1 as EpochMs;
    const taken = { name: 'bench' as BucketName, ownerId: scene.ownerId, location: null, tags: undefined, nowMs };
    const outcomes = await Promise.allSettled([
      host.client.submit('create-bucket', { ...taken, ownership: 'BucketOwnerEnforced' }),
      host.client.submit('put-object', putInput(scene, 'a', 1), [Buffer.alloc(PUT_FRAME_BYTES)]),
      host.client.submit('put-object', putInput(scene, 'b', 2), []),
      // Not a command; the types forbid it.
      host.client.submit('no-such-command' as 'put-object', putInput(scene, 'c', 3), []),
    ]);
    assert.deepEqual(
      outcomes.map((outcome) => outcome.status),
      ['rejected', 'fulfilled', 'rejected', 'rejected'],
    );
    const [taken_, , bug] = outcomes;
    assert.ok(
      taken_?.status === 'rejected' && isFailure(taken_.reason, 'BucketAlreadyOwnedByYou', 'BucketAlreadyExists'),
    );
    assert.ok(bug?.status === 'rejected' && !isFailure(bug.reason) && /names frame 0 of 0/.test(String(bug.reason)));
    const uncloneable = { ...putInput(scene, 'd', 4), condition: () => undefined };
    await assert.rejects(host.client.submit('put-object', uncloneable as never), /could not be cloned/);
  });
});

test('close finishes what was queued; afterwards the engine is gone', async () => {
  await withHost(async (host) => {
    const scene = await arrangeBucket(host);
    const other = connectEngine(host.connect());
    const frame = Buffer.alloc(PUT_FRAME_BYTES);
    const queued = Array.from({ length: 20 }, (_, number) =>
      host.client.submit('put-object', putInput(scene, `q${number}`, number), [frame]),
    );
    await new Promise((resolve) => setImmediate(resolve));
    await host.close();
    assert.equal((await Promise.allSettled(queued)).filter((one) => one.status === 'fulfilled').length, 20);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const late = [host.client, other].map((client) =>
      client.submit('put-object', putInput(scene, 'late', 99), [frame]),
    );
    for (const one of late) await assert.rejects(one, (error) => isFailure(error, 'ServiceUnavailable'));
  });
});

test('what forbids the start crosses by its class', async () => {
  const fixture = new EngineFixture();
  try {
    await (await openEngine(fixture.options())).close();
    renameSync(fixture.dataDir, join(fixture.root, 'elsewhere'));
    mkdirSync(fixture.dataDir);
    await assert.rejects(openEngine(fixture.options()), { name: 'InstallMismatch', message: /rebuild-catalogue/ });
  } finally {
    fixture.remove();
  }
});
