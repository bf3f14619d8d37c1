import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { bucketQuotaSchema } from '../../src-server/contract/bucket-quota.ts';
import { tenantSchema } from '../../src-server/contract/tenants.ts';
import { type ConsoleClient, codeOf, postSession, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { keyOf, provision } from '../support/users.ts';

const PASSWORD = 'a-long-enough-password';
let server: TestServer;
let boss: ConsoleClient;
let lead: ConsoleClient;

before(async () => {
  server = await startTestServer();
  await provision(server.context, {
    tenants: [{ name: 'acme', quotaBytes: 5000 }],
    users: [
      { name: 'boss', role: 'admin', password: PASSWORD },
      { name: 'lead', role: 'admin', tenant: 'acme', password: PASSWORD },
      { name: 'ann', role: 'user', tenant: 'acme', password: PASSWORD, accessKeys: [keyOf('ann')] },
    ],
  });
  boss = await signInTo(server.consoleUrl, 'boss', PASSWORD);
  lead = await signInTo(server.consoleUrl, 'lead', PASSWORD);
});
after(() => server.close());

const as = (name: string) => server.newClient({ credentials: keyOf(name) });

test('who runs the install adds tenants, sees what they hold, and changes their limits', async () => {
  const added = await boss.send('POST', '/api/v1/tenants', { name: 'Büro Süd', maxKeys: 3 });
  assert.equal(added.status, 201);
  assert.equal(await codeOf(await boss.send('POST', '/api/v1/tenants', { name: 'acme' })), 'EntityAlreadyExists');
  const path = `/api/v1/tenants/${encodeURIComponent('Büro Süd')}`;
  const changed = tenantSchema.parse(await (await boss.send('PATCH', path, { maxKeys: null, quotaBytes: 7 })).json());
  assert.deepEqual([changed.maxKeys, changed.quotaBytes, changed.users], [null, 7, 0]);
  assert.equal((await boss.send('PATCH', '/api/v1/tenants/nobody', { maxKeys: 1 })).status, 404);
  await as('ann').send(new CreateBucketCommand({ Bucket: 'of-acme' }));
  await as('ann').send(new PutObjectCommand({ Bucket: 'of-acme', Key: 'k', Body: '12345' }));
  const { tenants } = (await (await boss.send('GET', '/api/v1/tenants')).json()) as { tenants: unknown[] };
  const acme = tenants.map((tenant) => tenantSchema.parse(tenant)).find(({ name }) => name === 'acme');
  assert.deepEqual([acme?.usedBytes, acme?.buckets, acme?.keys, acme?.users], [5, 1, 1, 2]);
});

test('tenants are not for a tenant’s own admin', async () => {
  for (const [method, path, body] of [
    ['GET', '/api/v1/tenants', undefined],
    ['POST', '/api/v1/tenants', { name: 'mine' }],
    ['PATCH', '/api/v1/tenants/acme', { quotaBytes: null }],
    ['PATCH', '/api/v1/tenants/nobody', { quotaBytes: null }],
  ] as const) {
    assert.equal((await lead.send(method, path, body)).status, 403, `${method} ${path}`);
  }
});

test('a bucket’s quota is set by an admin of its account, noted, undone, and not by its owner', async () => {
  const path = '/api/v1/buckets/of-acme/quota';
  const set = bucketQuotaSchema.parse(await (await lead.send('PUT', path, { quotaBytes: 10, quotaObjects: 9 })).json());
  assert.deepEqual(set, {
    quotaBytes: 10,
    quotaObjects: 9,
    usedBytes: 5,
    usedObjects: 1,
    tenant: { quotaBytes: 5000, usedBytes: 5 },
    mayChange: true,
  });
  await assert.rejects(as('ann').send(new PutObjectCommand({ Bucket: 'of-acme', Key: 'l', Body: '123456' })), {
    name: 'QuotaExceeded',
  });
  const ann = await signInTo(server.consoleUrl, 'ann', PASSWORD);
  assert.equal(bucketQuotaSchema.parse(await (await ann.send('GET', path)).json()).mayChange, false);
  assert.equal((await ann.send('PUT', path, { quotaBytes: null })).status, 403);
  const list = await (await lead.send('GET', '/api/v1/buckets/of-acme/changes')).json();
  const { changes } = list as { changes: { id: number; field: string }[] };
  const change = changes.find(({ field }) => field === 'quotaBytes');
  assert.ok(change);
  assert.equal((await lead.send('POST', `/api/v1/buckets/of-acme/changes/${change.id}/undo`, {})).status < 300, true);
  assert.equal(bucketQuotaSchema.parse(await (await lead.send('GET', path)).json()).quotaBytes, null);
});

test('MaxIOFS 1.6: users of a suspended tenant are refused on each request, and are back when it is let in again', async () => {
  const ann = await signInTo(server.consoleUrl, 'ann', PASSWORD);
  assert.equal((await ann.send('GET', '/api/v1/session')).status, 200);
  await as('ann').send(new ListBucketsCommand({}));
  assert.equal((await boss.send('PATCH', '/api/v1/tenants/acme', { state: 'suspended' })).status, 200);
  await assert.rejects(as('ann').send(new ListBucketsCommand({})), { name: 'InvalidAccessKeyId' });
  assert.equal((await ann.send('GET', '/api/v1/buckets')).status, 401);
  assert.equal((await lead.send('GET', '/api/v1/buckets')).status, 401);
  assert.equal((await postSession(server.consoleUrl, 'ann', PASSWORD)).status, 401);
  assert.equal((await boss.send('PATCH', '/api/v1/tenants/acme', { state: 'active' })).status, 200);
  await as('ann').send(new ListBucketsCommand({}));
});

test('MaxIOFS 1.6: keys and sessions of a disabled user are refused on each request', async () => {
  const ann = await signInTo(server.consoleUrl, 'ann', PASSWORD);
  const switchTo = (state: string) => boss.send('PATCH', '/api/v1/people/ann', { state });
  assert.equal((await switchTo('disabled')).status, 204);
  await assert.rejects(as('ann').send(new ListBucketsCommand({})), { name: 'InvalidAccessKeyId' });
  assert.equal((await ann.send('GET', '/api/v1/buckets')).status, 401);
  assert.equal((await switchTo('active')).status, 204);
  await as('ann').send(new ListBucketsCommand({}));
});
