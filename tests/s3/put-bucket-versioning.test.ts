import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { GetBucketVersioningCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
after(() => scene.close());

const configuration = (inner: string) => `<VersioningConfiguration>${inner}</VersioningConfiguration>`;
const put = (bucket: string, xml: string, amzHeaders = {}) =>
  raw({ method: 'PUT', path: `/${bucket}`, query: 'versioning=', xml, amzHeaders });
const statusOf = async (Bucket: string) => (await client.send(new GetBucketVersioningCommand({ Bucket }))).Status;

test('enabled, suspended, enabled again; the next write knows', async () => {
  const Bucket = await scene.newBucket();
  const write = async () => (await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }))).VersionId;
  assert.equal(await write(), undefined);
  for (const Status of ['Enabled', 'Suspended', 'Enabled'] as const) {
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    assert.equal(await statusOf(Bucket), Status);
    assert.equal((await write()) !== undefined, Status === 'Enabled');
  }
});

test('a bucket that never had versioning may be suspended', async () => {
  const Bucket = await scene.newBucket();
  assert.equal((await put(Bucket, configuration('<Status>Suspended</Status>'))).status, 200);
  assert.equal(await statusOf(Bucket), 'Suspended');
});

test('bad bodies change nothing', async () => {
  const Bucket = await scene.newBucket();
  const cases: [xml: string, status: number, code: string][] = [
    [configuration('<Status>Off</Status>'), 400, 'MalformedXML'],
    [configuration('<Status>enabled</Status>'), 400, 'MalformedXML'],
    [configuration('<Status>Enabled</Status><Status>Enabled</Status>'), 400, 'MalformedXML'],
    [configuration('<Other/>'), 400, 'MalformedXML'],
    [configuration(''), 400, 'IllegalVersioningConfigurationException'],
    [configuration('<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>'), 501, 'NotImplemented'],
    ['', 400, 'MissingRequestBodyError'],
  ];
  for (const [xml, status, code] of cases) {
    const answer = await put(Bucket, xml);
    assert.deepEqual([answer.status, answer.element('Code')], [status, code], xml);
  }
  assert.equal(await statusOf(Bucket), undefined);
  const mfa = await put(Bucket, configuration('<Status>Enabled</Status>'), { 'x-amz-mfa': 'serial code' });
  assert.equal(mfa.status, 501);
  assert.equal(
    (await put(Bucket, configuration('<Status>Enabled</Status><MfaDelete>Disabled</MfaDelete>'))).status,
    200,
  );
});

test('a body that its digest does not fit changes nothing', async () => {
  const Bucket = await scene.newBucket();
  const wrong = { 'x-amz-checksum-sha256': Buffer.alloc(32).toString('base64') };
  const answered = await put(Bucket, configuration('<Status>Enabled</Status>'), wrong);
  assert.deepEqual([answered.status, answered.element('Code')], [400, 'BadDigest']);
  assert.equal(await statusOf(Bucket), undefined);
});

test('who may', async () => {
  const Bucket = await scene.newBucket('ann');
  const command = () => new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  for (const stranger of ['bob', 'abe', 'reader']) {
    assert.equal(await refusalOf(as(stranger).send(command())), '403 AccessDenied');
  }
  assert.equal(await refusalOf(as('ann').send(command())), 'was accepted');
});
