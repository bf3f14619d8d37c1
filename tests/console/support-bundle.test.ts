import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { BUNDLE_SECTIONS, supportBundleSchema } from '../../src-server/contract/support-bundle.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, TEST_METRICS_TOKEN, type TestServer } from '../support/test-server.ts';
import { keyOf, provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const BUNDLE = '/api/v1/support-bundle';

describe('the support bundle', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  before(async () => {
    server = await startTestServer({ env: { STOWAGE_METRICS_TOKEN: TEST_METRICS_TOKEN } });
    await provision(server.context, {
      users: [
        { name: 'admin', role: 'admin', password: PASSWORD, accessKeys: [keyOf('admin')] },
        { name: 'user', role: 'user', password: PASSWORD },
      ],
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
  });
  after(() => server.close());

  const read = async () => {
    const response = await admin.send('GET', BUNDLE);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return { text, sections: supportBundleSchema.parse(JSON.parse(text)).sections };
  };

  it('is for who operates the appliance', async () => {
    const user = await signInTo(server.consoleUrl, 'user', PASSWORD);
    const response = await user.send('GET', BUNDLE);
    assert.deepEqual([response.status, await codeOf(response)], [403, 'AccessDenied']);
  });

  it('has every section, each with something to read', async () => {
    const { sections } = await read();
    assert.deepEqual(
      sections.map(({ name }) => name),
      BUNDLE_SECTIONS,
    );
    const textOf = (wanted: string) => sections.find(({ name }) => name === wanted)?.text ?? '';
    assert.match(textOf('about'), /^Stowage test\n/);
    assert.match(textOf('settings'), /^s3Address {2}"127\.0\.0\.1:0" {2}from option --s3-address$/m);
    assert.match(textOf('settings'), /^metrics\.token {2}\(set\) {2}from env STOWAGE_METRICS_TOKEN$/m);
    assert.match(textOf('status'), /"catalogueWorks": true/);
    assert.match(textOf('disks'), /"name": "main"/);
    assert.match(textOf('jobs'), /"name": "empty-bins"/);
    assert.match(textOf('log'), /first run: these files hold the root key/);
    assert.match(textOf('metrics'), /^# TYPE stowage_/m);
  });

  it('holds none of the secrets that reached the log', async () => {
    const { secretAccessKey } = keyOf('admin');
    const url = await getSignedUrl(server.client, new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
    const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? '';
    const shareToken = 'sHaReToKeN0123456789abcdefghijkl';
    const planted = [
      secretAccessKey,
      PASSWORD,
      signature,
      shareToken,
      'bearer-0123456789',
      'c2VjcmV0OmJhc2lj',
      'V2signature0123=',
      'session-cookie-0123',
      server.rootCredentials.secretAccessKey,
      TEST_METRICS_TOKEN,
    ];
    const { log } = server.context;
    log.info({ secretAccessKey, password: PASSWORD, token: shareToken, url }, `presigned ${url}`);
    log.warn(
      { nested: { headers: { authorization: 'Bearer bearer-0123456789', cookie: 's=session-cookie-0123' } } },
      'in',
    );
    log.error(
      { err: new Error(`refused Authorization: Basic c2VjcmV0OmJhc2lj`) },
      'Authorization: AWS AKID:V2signature0123=',
    );
    log.info(`GET /s/${shareToken}/download and /content/${shareToken} with "password": "${PASSWORD}"`);
    log.info(`secretAccessKey=${secretAccessKey} Cookie: stowage=session-cookie-0123`);
    log.info(`root ${server.rootCredentials.secretAccessKey} metrics ${TEST_METRICS_TOKEN}`);
    const { text, sections } = await read();
    const logText = sections.find(({ name }) => name === 'log')?.text ?? '';
    assert.match(logText, /presigned http/);
    assert.deepEqual(
      planted.filter((secret) => text.includes(secret)),
      [],
    );
  });
});
