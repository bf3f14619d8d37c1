import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { operationSchema } from '../../src-server/contract/operations.ts';
import { findUserByName } from '../../src-server/db/tables/iam-user.ts';
import { Failure } from '../../src-server/domain/failure.ts';
import type { BucketId, BucketName, OperationId } from '../../src-server/domain/ids.ts';
import { announceOperation } from '../../src-server/services/operations/announce-operation.ts';
import { type ConsoleClient, signInTo } from '../support/console-client.ts';
import { assertCountsExact, keysIn, look, operate } from '../support/operations.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';

let server: TestServer;
let admin: ConsoleClient;
before(async () => {
  server = await startTestServer();
  await provision(server.context, { users: [{ name: 'admin', role: 'admin', password: PASSWORD }] });
  admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
});
after(() => server.close());

async function bucketOf(name: string, keys: readonly string[]): Promise<string> {
  await server.client.send(new CreateBucketCommand({ Bucket: name }));
  for (const key of keys) await put(name, key, `content of ${key}`);
  return name;
}

async function put(Bucket: string, Key: string, Body: string): Promise<void> {
  await server.client.send(new PutObjectCommand({ Bucket, Key, Body }));
}

async function contentOf(Bucket: string, Key: string): Promise<string | undefined> {
  return (await server.client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
}

const folder = (from: string, to: string) => ({ kind: 'folder' as const, from, to });
const file = (from: string, to: string) => ({ kind: 'file' as const, from, to });

type Submit = typeof server.context.engine.submit;
type BinInput = { readonly items: readonly { readonly key: string }[] };

/** Comes before each command that puts objects into a bin, until the answer is called. */
function intercept(hook: (input: BinInput, go: () => Promise<unknown>) => Promise<unknown>): () => void {
  const { engine } = server.context;
  const { submit } = engine;
  // One command's input is looked at; the others pass as they are.
  const hooked = ((name: string, input: BinInput, ...more: unknown[]) => {
    const go = () => Reflect.apply(submit, engine, [name, input, ...more]);
    return name === 'bin-objects' ? hook(input, go) : go();
  }) as Submit;
  Object.assign(engine, { submit: hooked });
  return () => void Object.assign(engine, { submit });
}

describe('operations that meet trouble', () => {
  it('lets nobody wait for operations that have to be tried again', async () => {
    const bucket = await bucketOf('waiting', ['1', '2', '3', '4', '5']);
    const order = (key: string) => ({ kind: 'delete', bucket, items: [{ kind: 'file', from: key }] });
    const later = new Set<string>();
    const release = intercept(async (input, go) => {
      if (input.items[0]?.key !== '5') throw new Failure('ServiceUnavailable');
      return go();
    });
    try {
      for (const key of ['1', '2', '3', '4']) {
        const asked = await admin.send('POST', '/api/v1/operations', order(key));
        later.add(operationSchema.parse(await asked.json()).id);
      }
      const fifth = operationSchema.parse(await (await admin.send('POST', '/api/v1/operations', order('5'))).json());
      for (let tries = 0; (await look(admin, fifth.id)).state !== 'done'; tries++) {
        assert.ok(tries < 60, 'it waits for others');
        await sleep(50);
      }
    } finally {
      release();
    }
    for (const id of later) await admin.send('POST', `/api/v1/operations/${id}/cancel`);
  });

  it('ends what cannot be gone on with, instead of trying for ever', async () => {
    const nobody = 999_999 as OperationId;
    const who = await server.context.catalogue.read((tx) => findUserByName(tx, 'admin'));
    assert.ok(who !== undefined);
    const id = await server.context.engine.submit('create-operation', {
      operation: {
        user_id: who.id,
        user_name: who.name,
        kind: 'undo',
        bucket_id: 1 as BucketId,
        bucket_name: 'waiting' as BucketName,
        summary: JSON.stringify({ items: 0, first: '', folder: '', target: null }),
        undo_of: nobody,
        created_ms: server.context.now(),
      },
      request: JSON.stringify({ kind: 'undo', operationId: nobody }),
    });
    await announceOperation(server.context, id);
    for (let tries = 0; (await look(admin, String(id))).state !== 'failed'; tries++) {
      assert.ok(tries < 60, 'it does not end');
      await sleep(50);
    }
  });

  it('overwrites nothing that came after what it put aside', async () => {
    const bucket = await bucketOf('plain-source', ['x']);
    const target = await bucketOf('sealed-target', ['x']);
    const ServerSideEncryptionConfiguration = {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }],
    };
    await server.client.send(new PutBucketEncryptionCommand({ Bucket: target, ServerSideEncryptionConfiguration }));
    const binned = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const release = intercept(async (_input, go) => {
      const done = await go();
      binned.resolve();
      await goOn.promise;
      return done;
    });
    const items = [{ kind: 'file' as const, from: 'x', to: 'x' }];
    const copying = operate(admin, { kind: 'copy', bucket, targetBucket: target, items, conflict: 'replace' });
    await binned.promise;
    release();
    await put(target, 'x', 'newer');
    goOn.resolve();
    const copied = await copying;
    assert.deepEqual([copied.doneObjects, copied.failed], [0, 1], JSON.stringify(copied));
    assert.equal(await contentOf(target, 'x'), 'newer');
    await assertCountsExact(server.context);
  });

  it('writes a single file anew once', async () => {
    const bucket = await bucketOf('single-source', ['x']);
    const target = await bucketOf('single-target', []);
    const ServerSideEncryptionConfiguration = {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }],
    };
    await server.client.send(new PutBucketEncryptionCommand({ Bucket: target, ServerSideEncryptionConfiguration }));
    const order = { kind: 'copy' as const, bucket, targetBucket: target, items: [file('x', 'x')] };
    for (const conflict of ['fail', 'keep-both'] as const) {
      const copied = await operate(admin, { ...order, conflict });
      assert.deepEqual([copied.state, copied.doneObjects, copied.failed], ['done', 1, 0]);
    }
    assert.deepEqual(await keysIn(server.context, target), ['x', 'x (2)']);
  });

  it('does once what is named twice', async () => {
    const bucket = await bucketOf('twice', ['a/1', 'a/b/2', 'a/']);
    const twice = [folder('a/', 'a/'), folder('a/', 'a/'), folder('a/b/', 'a/b/'), file('a/', 'a/')];
    const items = twice.map(({ kind, from }) => ({ kind, from }));
    const deleted = await operate(admin, { kind: 'delete', bucket, items });
    assert.deepEqual([deleted.doneObjects, deleted.failed], [3, 0]);
  });
});
