import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { type KeyPair, type KeySummary, keyPairSchema, keySchema } from '../../src-server/contract/keys.ts';
import { MAX_KEYS_PER_USER } from '../../src-server/domain/people-rules.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const KEYS = '/api/v1/keys';

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 100 && !(await holds()); turn += 1) await sleep(50);
  assert.ok(await holds(), 'what was waited for did not happen');
}

describe('access keys of the console', () => {
  let server: TestServer;
  const clients = new Map<string, ConsoleClient>();
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      tenants: [{ name: 'acme' }, { name: 'other' }],
      users: [
        { name: 'admin', role: 'admin', password: PASSWORD },
        { name: 'ann', role: 'user', password: PASSWORD },
        { name: 'reader', role: 'readonly', password: PASSWORD },
        { name: 'acme-admin', role: 'admin', tenant: 'acme', password: PASSWORD },
        { name: 'acme-user', role: 'user', tenant: 'acme', password: PASSWORD },
        { name: 'other-user', role: 'user', tenant: 'other', password: PASSWORD },
      ],
    });
    for (const name of ['admin', 'ann', 'reader', 'acme-admin', 'acme-user', 'other-user']) {
      clients.set(name, await signInTo(server.consoleUrl, name, PASSWORD));
    }
  });
  after(() => server.close());

  const as = (name: string): ConsoleClient => {
    const client = clients.get(name);
    if (client === undefined) throw new Error(`nobody signed in as ${name}`);
    return client;
  };
  const create = async (by: string, body: object = {}): Promise<KeyPair> => {
    const response = await as(by).send('POST', KEYS, body);
    assert.equal(response.status, 201);
    return keyPairSchema.parse(await response.json());
  };
  const list = async (by: string, query = ''): Promise<KeySummary[]> =>
    z.object({ keys: z.array(keySchema) }).parse(await (await as(by).send('GET', `${KEYS}${query}`)).json()).keys;
  /** How S3 takes a key: `ok` or the error's name. */
  const tryKey = async (credentials: KeyPair): Promise<string> => {
    try {
      await server.newClient({ credentials }).send(new ListBucketsCommand({}));
      return 'ok';
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
  };

  it('creates a key that works at once, and shows its secret this once', async () => {
    const pair = await create('ann', { label: 'restic on the laptop' });
    assert.match(pair.accessKeyId, /^STOW[A-Z2-7]{16}$/);
    assert.equal(await tryKey(pair), 'ok');
    const text = await (await as('ann').send('GET', KEYS)).text();
    assert.ok(text.includes(pair.accessKeyId) && !text.includes(pair.secretAccessKey));
    const [key] = await list('ann');
    assert.deepEqual(
      [key?.label, key?.state, key?.userName, key?.expiresAtMs],
      ['restic on the laptop', 'active', 'ann', null],
    );
  });

  it('says when, from where and by what a key was last used, and no cache of keys pays for it', async () => {
    const [key] = await list('ann');
    assert.ok(key !== undefined);
    const generation = server.context.catalogue.generation();
    const use = async () => (await list('ann')).find(({ accessKeyId }) => accessKeyId === key.accessKeyId)?.lastUse;
    await until(async () => (await use()) != null);
    const { address, client, atMs } = (await use()) ?? assert.fail();
    assert.equal(address, '127.0.0.1');
    assert.match(client, /^aws-sdk-js/);
    assert.ok(Math.abs(Date.now() - atMs) < 30_000);
    assert.equal(server.context.catalogue.generation(), generation);
  });

  it('disables, enables and deletes a key from the next request on', async () => {
    const pair = await create('ann');
    const path = `${KEYS}/${pair.accessKeyId}`;
    assert.equal((await as('ann').send('PATCH', path, { state: 'disabled' })).status, 204);
    assert.equal(await tryKey(pair), 'InvalidAccessKeyId');
    assert.equal((await as('ann').send('PATCH', path, { state: 'active', label: 'again' })).status, 204);
    assert.equal(await tryKey(pair), 'ok');
    assert.equal((await list('ann')).find((key) => key.accessKeyId === pair.accessKeyId)?.label, 'again');
    assert.equal((await as('ann').send('DELETE', path)).status, 204);
    assert.equal(await tryKey(pair), 'InvalidAccessKeyId');
    assert.equal((await as('ann').send('DELETE', path)).status, 404);
  });

  it('refuses a key after its expiry, and an expiry that has passed', async () => {
    const expiresAtMs = Date.now() + 1500;
    const pair = await create('ann', { expiresAtMs });
    assert.equal(await tryKey(pair), 'ok');
    await until(async () => (await tryKey(pair)) === 'InvalidAccessKeyId');
    assert.ok(Date.now() >= expiresAtMs);
    assert.equal((await list('ann')).find((key) => key.accessKeyId === pair.accessKeyId)?.state, 'expired');
    const late = await as('ann').send('POST', KEYS, { expiresAtMs: Date.now() - 1 });
    assert.deepEqual([late.status, await codeOf(late)], [400, 'InvalidArgument']);
    const rotated = await as('ann').send('POST', `${KEYS}/${pair.accessKeyId}/rotate`, { overlapHours: 1 });
    assert.deepEqual([rotated.status, await codeOf(rotated)], [400, 'InvalidArgument']);
  });

  it('rotates with an overlap: both work, then only the new one', async () => {
    const old = await create('reader', { label: 'nightly' });
    const rotate = async (overlapHours: number, id: string) => {
      const response = await as('reader').send('POST', `${KEYS}/${id}/rotate`, { overlapHours });
      assert.equal(response.status, 201);
      return keyPairSchema.parse(await response.json());
    };
    const next = await rotate(0.0005, old.accessKeyId);
    assert.deepEqual([await tryKey(old), await tryKey(next)], ['ok', 'ok']);
    await until(async () => (await tryKey(old)) === 'InvalidAccessKeyId');
    assert.equal(await tryKey(next), 'ok');
    const last = await rotate(0, next.accessKeyId);
    assert.deepEqual([await tryKey(next), await tryKey(last)], ['InvalidAccessKeyId', 'ok']);
    assert.equal((await list('reader')).find((key) => key.accessKeyId === last.accessKeyId)?.label, 'nightly');
  });

  it('lets admins manage the keys of those they may manage, and of nobody else', async () => {
    const pair = await create('admin', { userName: 'ann', label: 'from the admin' });
    assert.equal(await tryKey(pair), 'ok');
    assert.ok((await list('ann')).some((key) => key.accessKeyId === pair.accessKeyId));
    const acme = await create('acme-admin', { userName: 'acme-user' });
    assert.deepEqual(
      (await list('acme-admin', '?of=everybody')).map((key) => key.userName),
      ['acme-user'],
    );
    const everybody = new Set((await list('admin', '?of=everybody')).map((key) => key.userName));
    assert.ok(everybody.has('ann') && everybody.has('acme-user') && !everybody.has('root'));
    assert.equal((await as('admin').send('DELETE', `${KEYS}/${acme.accessKeyId}`)).status, 204);
  });

  it('refuses what is not allowed', async () => {
    const anns = await create('ann');
    const others = await create('other-user');
    const root = server.rootCredentials.accessKeyId;
    const cases: readonly (readonly [string, string, string, object | undefined, number, string])[] = [
      ['ann', 'POST', KEYS, { userName: 'reader' }, 403, 'AccessDenied'],
      ['ann', 'POST', KEYS, { userName: 'admin' }, 403, 'AccessDenied'],
      ['acme-user', 'POST', KEYS, { userName: 'acme-admin' }, 403, 'AccessDenied'],
      ['ann', 'GET', `${KEYS}?of=everybody`, undefined, 403, 'AccessDenied'],
      ['reader', 'GET', `${KEYS}?of=everybody`, undefined, 403, 'AccessDenied'],
      ['admin', 'POST', KEYS, { userName: 'root' }, 404, 'NoSuchEntity'],
      ['admin', 'POST', KEYS, { userName: 'nobody' }, 404, 'NoSuchEntity'],
      ['acme-admin', 'POST', KEYS, { userName: 'other-user' }, 404, 'NoSuchEntity'],
      ['acme-admin', 'POST', KEYS, { userName: 'admin' }, 404, 'NoSuchEntity'],
      ['reader', 'DELETE', `${KEYS}/${anns.accessKeyId}`, undefined, 404, 'NoSuchEntity'],
      ['reader', 'PATCH', `${KEYS}/${anns.accessKeyId}`, { state: 'disabled' }, 404, 'NoSuchEntity'],
      ['reader', 'POST', `${KEYS}/${anns.accessKeyId}/rotate`, { overlapHours: 0 }, 404, 'NoSuchEntity'],
      ['acme-admin', 'DELETE', `${KEYS}/${others.accessKeyId}`, undefined, 404, 'NoSuchEntity'],
      ['acme-admin', 'POST', `${KEYS}/${others.accessKeyId}/rotate`, { overlapHours: 0 }, 404, 'NoSuchEntity'],
      ['admin', 'DELETE', `${KEYS}/${root}`, undefined, 404, 'NoSuchEntity'],
      ['admin', 'PATCH', `${KEYS}/${root}`, { state: 'disabled' }, 404, 'NoSuchEntity'],
      ['admin', 'DELETE', `${KEYS}/UNKNOWN`, undefined, 404, 'NoSuchEntity'],
      ['ann', 'POST', `${KEYS}/${anns.accessKeyId}/rotate`, { overlapHours: -1 }, 400, 'InvalidRequest'],
      ['ann', 'POST', KEYS, { label: 'a\u0007b' }, 400, 'InvalidRequest'],
      ['ann', 'POST', KEYS, { unknown: 1 }, 400, 'InvalidRequest'],
    ];
    for (const [by, method, path, body, status, code] of cases) {
      const response = await as(by).send(method, path, body);
      assert.deepEqual([response.status, await codeOf(response)], [status, code], `${by} ${method} ${path}`);
    }
    assert.equal(await tryKey(anns), 'ok');
    assert.equal(await tryKey(others), 'ok');
    assert.equal((await fetch(`${server.consoleUrl}${KEYS}`)).status, 401);
    const forged = await as('ann').send('POST', KEYS, {}, { 'x-csrf-token': 'wrong' });
    assert.deepEqual([forged.status, await codeOf(forged)], [403, 'RequestForged']);
  });

  it('stops at the limit of keys', async () => {
    const have = (await list('other-user')).length;
    for (let i = have; i < MAX_KEYS_PER_USER; i += 1) await create('other-user');
    const response = await as('other-user').send('POST', KEYS, {});
    assert.deepEqual([response.status, await codeOf(response)], [409, 'LimitExceeded']);
  });

  it('stores secrets sealed only', async () => {
    const pair = await create('ann');
    const rows = await server.context.catalogue.read((tx) =>
      tx.all<{ id: string; sealed_secret: Buffer }>('SELECT id, sealed_secret FROM access_key'),
    );
    assert.ok(rows.some((row) => row.id === pair.accessKeyId));
    assert.ok(rows.every((row) => !row.sealed_secret.includes(pair.secretAccessKey)));
  });
});
