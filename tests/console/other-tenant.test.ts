import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { findUserByName } from '../../src-server/db/tables/iam-user.ts';
import { type ConsoleClient, signInTo } from '../support/console-client.ts';
import { LeanClient } from '../support/lean-client.ts';
import { type ForeignThings, probeConsole, probeS3 } from '../support/other-tenant.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { keyOf, provision } from '../support/users.ts';

const PASSWORD = 'a-long-enough-password';
/** Stands in everything of the first tenant that could be told. */
const CANARY = /canary/i;
let server: TestServer;
let things: ForeignThings;
let strangers: { admin: ConsoleClient; user: ConsoleClient };

before(async () => {
  server = await startTestServer();
  const user = (name: string, role: string, tenant: string) => ({
    name,
    role,
    tenant,
    password: PASSWORD,
    email: `${name}@canary.example`,
    accessKeys: [keyOf(name)],
  });
  await provision(server.context, {
    tenants: [{ name: 'canary-tenant' }, { name: 'other' }],
    users: [user('canary-ann', 'user', 'canary-tenant'), user('canary-lead', 'admin', 'canary-tenant')],
  });
  await provision(server.context, {
    users: [
      { name: 'olga', role: 'admin', tenant: 'other', password: PASSWORD, accessKeys: [keyOf('olga')] },
      { name: 'oskar', role: 'user', tenant: 'other', password: PASSWORD, accessKeys: [keyOf('oskar')] },
    ],
  });
  things = await makeThings();
  strangers = {
    admin: await signInTo(server.consoleUrl, 'olga', PASSWORD),
    user: await signInTo(server.consoleUrl, 'oskar', PASSWORD),
  };
});
after(() => server.close());

async function makeThings(): Promise<ForeignThings> {
  const ann = server.newClient({ credentials: keyOf('canary-ann') });
  const Bucket = 'canary-bucket';
  await ann.send(new CreateBucketCommand({ Bucket }));
  await ann.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const put = await ann.send(new PutObjectCommand({ Bucket, Key: 'canary-key', Body: 'canary body' }));
  const upload = await ann.send(new CreateMultipartUploadCommand({ Bucket, Key: 'canary-upload' }));
  const lead = await signInTo(server.consoleUrl, 'canary-lead', PASSWORD);
  const json = async (path: string) => JSON.stringify(await (await lead.send('GET', path)).json());
  return {
    bucket: Bucket,
    key: 'canary-key',
    versionId: put.VersionId ?? '',
    uploadId: upload.UploadId ?? '',
    user: 'canary-ann',
    accessKeyId: keyOf('canary-ann').accessKeyId,
    shareId: '987001',
    operationId: '987002',
    sessionId: /"id":"?([^",}]+)/.exec(await json('/api/v1/sessions'))?.[1] ?? '',
    tenant: 'canary-tenant',
    changeId: /"id":(\d+)/.exec(await json(`/api/v1/buckets/${Bucket}/changes`))?.[1] ?? '',
    policyArn: 'arn:aws:iam::123456789012:policy/canary-policy',
    group: 'canary-group',
    role: 'canary-role',
  };
}

/** The same shapes, of nothing that there is. */
function absent(): ForeignThings {
  return {
    ...things,
    user: 'absent-ann',
    accessKeyId: keyOf('absent-ann').accessKeyId,
    tenant: 'absent-tenant',
    sessionId: 'a'.repeat(things.sessionId.length),
    shareId: '999999',
    operationId: '999999',
    policyArn: 'arn:aws:iam::123456789012:policy/absent-policy',
    group: 'absent-group',
    role: 'absent-role',
  };
}

/** What was asked may be said again; nothing of it is news. */
function withoutEcho(text: string): string {
  return Object.values(things).reduce((left, value) => (value === '' ? left : left.replaceAll(value, '')), text);
}

function codeIn(text: string): string | undefined {
  return /"code":"(\w+)"/.exec(text)?.[1];
}

for (const who of ['admin', 'user'] as const) {
  test(`no route of the console tells the ${who} of another tenant anything of this one`, async (t) => {
    const answers = await probeConsole(strangers[who], things);
    for (const { name, status, text } of answers) {
      assert.ok(status < 500 || status === 501 || status === 503, `${name}: ${status} ${text}`);
      assert.doesNotMatch(withoutEcho(text), CANARY, `${name}: ${status}`);
      if (name.includes('Bucket') && name !== 'postBucket' && name !== 'getBuckets') {
        assert.ok(status >= 400, `${name}: ${status} ${text}`);
      }
    }
    t.diagnostic(`${answers.length} routes`);
  });

  test(`a real name or id of another tenant is answered as one that is not there, to its ${who}`, async () => {
    const real = await probeConsole(strangers[who], things);
    const made = await probeConsole(strangers[who], absent());
    for (const [index, { name, isNamed, status, text }] of real.entries()) {
      const other = made[index];
      if (!isNamed) continue;
      assert.deepEqual([name, status, codeIn(text)], [name, other?.status, codeIn(other?.text ?? '')], text);
    }
  });

  test(`every S3 operation on a bucket of another tenant is denied to its ${who}`, async (t) => {
    const client = new LeanClient(server.endpoint, keyOf(who === 'admin' ? 'olga' : 'oskar'));
    const answers = await probeS3(client, things);
    client.close();
    for (const { name, status, text } of answers) {
      assert.ok(status === 403, `${name}: ${status} ${text}`);
      assert.doesNotMatch(withoutEcho(text), CANARY, name);
    }
    t.diagnostic(`${answers.length} operations`);
  });
}

test('after all of that the first tenant’s things are as they were', async () => {
  const ann = server.newClient({ credentials: keyOf('canary-ann') });
  const head = await ann.send(new HeadObjectCommand({ Bucket: things.bucket, Key: things.key }));
  assert.equal(head.VersionId, things.versionId);
  assert.deepEqual(
    (await ann.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name),
    [things.bucket],
  );
  const row = await server.context.catalogue.read((tx) => findUserByName(tx, 'canary-ann'));
  assert.deepEqual([row?.role, row?.state], ['user', 'active']);
});

test('/metrics and the overview name nothing of a tenant to another', async () => {
  const overview = await (await strangers.admin.send('GET', '/api/v1/overview')).text();
  assert.doesNotMatch(overview, CANARY);
  const metrics = await (await fetch(`${server.consoleUrl}/metrics`)).text();
  assert.doesNotMatch(metrics, CANARY);
});
