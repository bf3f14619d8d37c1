import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  GetBucketEncryptionCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
after(() => scene.close());

const configuration = (byDefault: string, more = '') =>
  `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>${byDefault}</ApplyServerSideEncryptionByDefault>${more}</Rule></ServerSideEncryptionConfiguration>`;
const AES256 = '<SSEAlgorithm>AES256</SSEAlgorithm>';
const put = (bucket: string, xml: string) => raw({ method: 'PUT', path: `/${bucket}`, query: 'encryption=', xml });

test('AES256 is stored, and objects written from then on are encrypted', async () => {
  const Bucket = await scene.newBucket();
  const write = async (Key: string) =>
    (await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).ServerSideEncryption;
  assert.equal(await write('before'), undefined);
  await client.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    }),
  );
  const stored = await client.send(new GetBucketEncryptionCommand({ Bucket }));
  assert.deepEqual(stored.ServerSideEncryptionConfiguration?.Rules, [
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
  ]);
  assert.equal(await write('after'), 'AES256');
  const head = (Key: string) => client.send(new HeadObjectCommand({ Bucket, Key }));
  assert.equal((await head('before')).ServerSideEncryption, undefined);
  assert.equal((await head('after')).ServerSideEncryption, 'AES256');
});

test('keys of a KMS are not done, and nothing is stored', async () => {
  const bucket = await scene.newBucket();
  const cases: [xml: string, status: number, code: string][] = [
    [configuration('<SSEAlgorithm>aws:kms</SSEAlgorithm>'), 501, 'NotImplemented'],
    [configuration('<SSEAlgorithm>aws:kms:dsse</SSEAlgorithm>'), 501, 'NotImplemented'],
    [configuration('<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>'), 501, 'NotImplemented'],
    [
      configuration(AES256, '<BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes>'),
      501,
      'NotImplemented',
    ],
    [configuration(`${AES256}<KMSMasterKeyID>k</KMSMasterKeyID>`), 400, 'InvalidArgument'],
    [configuration('<SSEAlgorithm>rot13</SSEAlgorithm>'), 400, 'MalformedXML'],
    [configuration(''), 400, 'MalformedXML'],
    ['<ServerSideEncryptionConfiguration/>', 400, 'MalformedXML'],
    ['<ServerSideEncryptionConfiguration><Rule/></ServerSideEncryptionConfiguration>', 400, 'MalformedXML'],
    [configuration(AES256).replace(/(<Rule>.*<\/Rule>)/, '$1$1'), 400, 'MalformedXML'],
    ['', 400, 'MissingRequestBodyError'],
  ];
  for (const [xml, status, code] of cases) {
    const answer = await put(bucket, xml);
    assert.deepEqual([answer.status, answer.element('Code')], [status, code], xml);
  }
  assert.equal(
    await refusalOf(client.send(new GetBucketEncryptionCommand({ Bucket: bucket }))),
    '404 ServerSideEncryptionConfigurationNotFoundError',
  );
});

test('the bucket key flag is kept, blocking nothing is accepted', async () => {
  const bucket = await scene.newBucket();
  const more =
    '<BucketKeyEnabled>true</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes>';
  assert.equal((await put(bucket, configuration(AES256, more))).status, 200);
  const stored = await raw({ method: 'GET', path: `/${bucket}`, query: 'encryption=' });
  assert.equal(stored.element('BucketKeyEnabled'), 'true');
});

test('who may', async () => {
  const bucket = await scene.newBucket('ann');
  for (const who of ['bob', 'abe', 'reader']) {
    const answer = await raw(
      { method: 'PUT', path: `/${bucket}`, query: 'encryption=', xml: configuration(AES256) },
      who,
    );
    assert.equal(answer.element('Code'), 'AccessDenied');
  }
  assert.equal(
    await refusalOf(as('ann').send(new GetBucketEncryptionCommand({ Bucket: bucket }))),
    '404 ServerSideEncryptionConfigurationNotFoundError',
  );
});
