import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DeleteObjectCommand, GetObjectLockConfigurationCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { bucketDetailSchema } from '../../src-server/contract/bucket-settings.ts';
import { lockClockSchema, objectLockSchema } from '../../src-server/contract/object-lock.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { type ConsoleClient, signInTo } from '../support/console-client.ts';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const BUCKET = '/api/v1/buckets/vault';
const DAY_MS = 86_400_000;

describe('Object Lock in the console', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let reader: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: (['admin', 'readonly'] as const).map((role) => ({ name: role, role, password: PASSWORD })),
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    reader = await signInTo(server.consoleUrl, 'readonly', PASSWORD);
    await admin.send('POST', '/api/v1/buckets', { name: 'vault', versioning: false });
  });
  after(() => server.close());

  const lockOf = async (versionId: string) =>
    objectLockSchema.parse(await (await admin.send('GET', `${BUCKET}/object/lock?key=a&version=${versionId}`)).json());
  const put = async () =>
    (await server.client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'x' }))).VersionId ?? '';

  it('is turned on with versioning, gets a default, and neither goes off again', async () => {
    const defaultRetention = { mode: 'GOVERNANCE', unit: 'days', count: 2 };
    const changed = await admin.send('PATCH', BUCKET, { objectLock: { defaultRetention } });
    const detail = bucketDetailSchema.parse(await changed.json());
    assert.deepEqual([detail.versioning, detail.objectLock], ['enabled', { defaultRetention }]);
    const { ObjectLockConfiguration } = await server.client.send(
      new GetObjectLockConfigurationCommand({ Bucket: 'vault' }),
    );
    assert.equal(ObjectLockConfiguration?.Rule?.DefaultRetention?.Days, 2);
    assert.equal((await admin.send('PATCH', BUCKET, { versioning: 'suspended' })).status, 409);
    assert.equal((await reader.send('PATCH', BUCKET, { objectLock: { defaultRetention: null } })).status, 403);
    await admin.send('PATCH', BUCKET, { objectLock: { defaultRetention: null } });
  });

  it('keeps a version until a time or until a hold is lifted', async () => {
    const versionId = await put();
    assert.deepEqual(await lockOf(versionId), { retention: null, legalHold: false, state: 'free' });
    const untilMs = Date.now() + DAY_MS;
    const retain = (mode: string, until: number, bypassGovernance = false) =>
      admin.send('PUT', `${BUCKET}/object/retention`, {
        key: 'a',
        versionId,
        retention: { mode, untilMs: until },
        bypassGovernance,
      });
    assert.equal((await retain('GOVERNANCE', untilMs)).status, 200);
    assert.equal((await retain('GOVERNANCE', untilMs - 1)).status, 403);
    assert.equal((await retain('GOVERNANCE', untilMs - 1, true)).status, 200);
    assert.equal((await retain('COMPLIANCE', untilMs, true)).status, 200);
    assert.equal((await retain('COMPLIANCE', untilMs - 1, true)).status, 403);
    assert.deepEqual(await lockOf(versionId), {
      retention: { mode: 'COMPLIANCE', untilMs },
      legalHold: false,
      state: 'retained',
    });
    const items = [{ key: 'a', versionId }];
    const deleted = await admin.send('POST', `${BUCKET}/objects/delete-versions`, { items });
    assert.doesNotMatch(await deleted.text(), /"changed":1/);
    const held = await put();
    await admin.send('PUT', `${BUCKET}/object/legal-hold`, { key: 'a', versionId: held, isOn: true });
    assert.equal((await lockOf(held)).state, 'held');
    const erase = () => server.client.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'a', VersionId: held }));
    assert.equal(await refusalOf(erase()), '403 AccessDenied');
    await admin.send('PUT', `${BUCKET}/object/legal-hold`, { key: 'a', versionId: held, isOn: false });
    await erase();
    assert.equal((await reader.send('GET', `${BUCKET}/object/lock?key=a`)).status, 403);
  });

  it('holds all expiries after a jump of the clock until somebody who may says that it is right', async () => {
    const { context } = server;
    const clock = async () => lockClockSchema.parse(await (await admin.send('GET', '/api/v1/lock-clock')).json());
    assert.equal((await clock()).hold, null);
    assert.equal((await admin.send('POST', '/api/v1/lock-clock/confirm', undefined)).status, 400);
    const trustedMs = context.lockClock.nowMs();
    context.lockClock.hold(trustedMs);
    const hold = { trustedMs, wallMs: (trustedMs + 40 * DAY_MS) as EpochMs, while: 'stopped' } as const;
    await context.engine.submit('save-lock-clock', { trustedMs, hold });
    const held = await clock();
    assert.deepEqual([held.lockTimeMs, held.hold], [trustedMs, hold]);
    const ready = await (await fetch(`${server.consoleUrl}/health/ready`)).text();
    assert.match(ready, /no object lock ends until an admin confirms the time/);
    assert.equal((await reader.send('POST', '/api/v1/lock-clock/confirm', undefined)).status, 403);
    assert.equal((await admin.send('POST', '/api/v1/lock-clock/confirm', undefined)).status, 200);
    const after = await clock();
    assert.equal(after.hold, null);
    assert.ok(after.lockTimeMs >= trustedMs && Math.abs(after.lockTimeMs - Date.now()) < 5000);
  });
});
