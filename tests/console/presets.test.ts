import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BUCKET_PRESETS, PRESET_IDS } from '../../src-server/contract/bucket-presets.ts';
import { bucketDetailSchema } from '../../src-server/contract/bucket-settings.ts';
import { type ConsoleClient, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const BUCKETS = '/api/v1/buckets';

describe('presets of new buckets', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, { users: [{ name: 'admin', role: 'admin', password: PASSWORD }] });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
  });
  after(() => server.close());

  const made = async (body: { readonly name: string }) => {
    assert.equal((await admin.send('POST', BUCKETS, body)).status, 201);
    return bucketDetailSchema.parse(await (await admin.send('GET', `${BUCKETS}/${body.name}`)).json());
  };

  for (const preset of PRESET_IDS) {
    it(`${preset}: sets what it says`, async () => {
      const bucket = await made({ name: `for-${preset}`, ...{ preset } });
      const { versioning, encryption, cors, locks, speaksSosapi } = BUCKET_PRESETS[preset];
      assert.equal(bucket.versioning, versioning ? 'enabled' : 'off');
      assert.equal(bucket.encryption, encryption);
      assert.deepEqual(bucket.cors, cors);
      assert.deepEqual(bucket.objectLock, locks === 'always' ? { defaultRetention: null } : null);
      assert.equal(bucket.speaksSosapi, speaksSosapi);
    });
  }

  it('what is asked for counts more than the preset', async () => {
    const bucket = await made({ name: 'own-way', ...{ preset: 'office', versioning: false, encryption: 'off' } });
    assert.deepEqual([bucket.versioning, bucket.encryption], ['off', 'off']);
  });

  it('veeam: versions, Object Lock without a default, and Veeam is told', async () => {
    const bucket = await made({ name: 'veeam-again', ...{ preset: 'veeam' } });
    assert.deepEqual(
      [bucket.versioning, bucket.objectLock, bucket.speaksSosapi],
      ['enabled', { defaultRetention: null }, true],
    );
  });

  it('restic and kopia: immutable where that is asked for, and versions with it', async () => {
    const defaultRetention = { mode: 'COMPLIANCE', unit: 'days', count: 30 };
    const restic = await made({ name: 'restic-kept', ...{ preset: 'restic', objectLock: { defaultRetention } } });
    assert.deepEqual([restic.versioning, restic.objectLock], ['enabled', { defaultRetention }]);
    const kopia = await made({ name: 'kopia-kept', ...{ preset: 'kopia', objectLock: { defaultRetention: null } } });
    assert.deepEqual([kopia.versioning, kopia.objectLock], ['enabled', { defaultRetention: null }]);
  });

  it('a page of any origin may read static assets across origins, and no more', async () => {
    const ask = (method: string) =>
      fetch(`${server.endpoint}/for-static/app.js`, {
        method: 'OPTIONS',
        headers: { origin: 'https://page.example', 'access-control-request-method': method },
      });
    assert.equal((await ask('GET')).status, 200);
    assert.equal((await ask('PUT')).status, 403);
  });
});
