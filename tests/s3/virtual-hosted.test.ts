import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Agent } from 'node:http';
import { after, test } from 'node:test';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createUpload, sendPart } from '../support/s3/multipart.ts';
import { rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { sign } from '../support/s3/sign.ts';
import { startTestServer } from '../support/test-server.ts';

const DOMAIN = 's3.stowage.test';
const server = await startTestServer({ args: ['--domain', DOMAIN] });
after(() => server.close());
const port = Number(new URL(server.endpoint).port);
const { accessKeyId, secretAccessKey } = server.rootCredentials;
const signing = { accessKey: accessKeyId, secret: secretAccessKey };

/** Every name under the domain is this server, as a wildcard in a name server would have it. */
const agent = new Agent({
  keepAlive: true,
  lookup: (_name, options, done) => {
    if (options.all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(null, '127.0.0.1', 4);
  },
});
after(() => agent.destroy());
const client = server.newClient({
  endpoint: `http://${DOMAIN}:${port}`,
  forcePathStyle: false,
  requestHandler: { httpAgent: agent },
});

async function textOf(Bucket: string, Key: string): Promise<string | undefined> {
  return (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
}

/** One request of a bare socket, signed for the host it names. */
function ask(method: string, host: string, path: string, body = '', query: Record<string, string> = {}) {
  const signed = sign({ ...signing, method, path, query, host, payload: 'UNSIGNED-PAYLOAD' });
  const length = method === 'PUT' ? { 'content-length': String(body.length) } : {};
  return rawRequest(port, method, signed.target, { ...signed.headers, ...length }, body);
}

test('a bucket in the host name: its whole life by the SDK', async () => {
  const Bucket = 'first-bucket';
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new HeadBucketCommand({ Bucket }));
  const keys = ['plain', 'a/b', 'a//b', '/lead', '//', '..', 'first-bucket/inside', 'ö ü+%2F?', 'first-bucket'];
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Key) }));
  for (const Key of keys) assert.equal(await textOf(Bucket, Key), Key);
  const listed = await client.send(new ListObjectsV2Command({ Bucket }));
  assert.deepEqual(
    listed.Contents?.map(({ Key }) => Key),
    keys.toSorted(),
  );
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/a//b` }));
  assert.equal(await textOf(Bucket, 'copy'), 'a//b');
  const Objects = [...keys, 'copy'].map((Key) => ({ Key }));
  const deleted = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  assert.equal(deleted.Deleted?.length, Objects.length);
  await client.send(new DeleteBucketCommand({ Bucket }));
  const left = await client.send(new ListBucketsCommand({}));
  assert.equal(
    left.Buckets?.some(({ Name }) => Name === Bucket),
    false,
  );
});

test('both styles show the same objects, and each answers with Locations of its own', async () => {
  const Bucket = 'dotted.bucket.name';
  await client.send(new CreateBucketCommand({ Bucket }));
  const upload = await createUpload(client, Bucket, 'k/ü');
  const part = await sendPart(upload, 1, Buffer.from('in parts'));
  const { client: _, ...names } = upload;
  const done = await client.send(new CompleteMultipartUploadCommand({ ...names, MultipartUpload: { Parts: [part] } }));
  assert.equal(done.Location, `http://${Bucket}.${DOMAIN}:${port}/k/%C3%BC`);
  const pathStyle = server.newClient();
  assert.equal(
    await (await pathStyle.send(new GetObjectCommand({ Bucket, Key: 'k/ü' }))).Body?.transformToString(),
    'in parts',
  );
  const again = await createUpload(pathStyle, Bucket, 'again');
  const { client: __, ...there } = again;
  const Parts = [await sendPart(again, 1, Buffer.from('x'))];
  const told = await pathStyle.send(new CompleteMultipartUploadCommand({ ...there, MultipartUpload: { Parts } }));
  assert.equal(told.Location, `${server.endpoint}/${Bucket}/again`);
});

test('presigned URLs and forms name the bucket in the host', async () => {
  const Bucket = 'signed-bucket';
  await client.send(new CreateBucketCommand({ Bucket }));
  const put = new URL(await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'a b/ü' })));
  assert.equal(put.host, `${Bucket}.${DOMAIN}:${port}`);
  const stored = await rawRequest(
    port,
    'PUT',
    put.pathname + put.search,
    { host: put.host, 'content-length': '3' },
    'abc',
  );
  assert.equal(stored.status, 200);
  const get = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'a b/ü' })));
  const read = await rawRequest(port, 'GET', get.pathname + get.search, { host: get.host });
  assert.equal(read.body.toString(), 'abc');
  const elsewhere = await rawRequest(port, 'GET', get.pathname + get.search, { host: `other.${DOMAIN}:${port}` });
  assert.equal(xmlField(elsewhere, 'Code'), 'SignatureDoesNotMatch');

  const { url, fields } = await createPresignedPost(client, { Bucket, Key: 'form' });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob(['posted']), 'f.txt');
  const request = new Request(url, { method: 'POST', body: form });
  const target = new URL(url);
  const body = Buffer.from(await request.arrayBuffer());
  const headers = { host: target.host, 'content-type': request.headers.get('content-type') ?? '' };
  const posted = await rawRequest(
    port,
    'POST',
    target.pathname,
    { ...headers, 'content-length': String(body.length) },
    body,
  );
  assert.equal(posted.status, 204);
  assert.equal(posted.headers['location'], `http://${Bucket}.${DOMAIN}:${port}/form`);
  assert.equal(await textOf(Bucket, 'form'), 'posted');
});

test('the host decides, whatever its case and port; the path is the key, whatever it looks like', async () => {
  await client.send(new CreateBucketCommand({ Bucket: 'hosted' }));
  await client.send(new CreateBucketCommand({ Bucket: 'other' }));
  for (const host of [`HOSTED.S3.Stowage.TEST:${port}`, `hosted.${DOMAIN}`, `hosted.${DOMAIN}:1`]) {
    assert.equal((await ask('PUT', host, '/other/key', host)).status, 200, host);
    assert.equal(await textOf('hosted', 'other/key'), host);
  }
  assert.equal(xmlField(await ask('GET', `127.0.0.1:${port}`, '/other/key'), 'Code'), 'NoSuchKey');
  // Not under the domain: path style.
  for (const host of [
    `127.0.0.1:${port}`,
    `${DOMAIN}:${port}`,
    `x${DOMAIN}`,
    'localhost',
    '[::1]:9000',
    'hosted.elsewhere',
  ]) {
    assert.equal((await ask('GET', host, '/hosted/other/key')).status, 200, host);
  }
  const service = await ask('GET', DOMAIN, '/');
  assert.match(service.body.toString(), /<ListAllMyBucketsResult/);
  const bucket = await ask('GET', `hosted.${DOMAIN}`, '/', '', { 'list-type': '2' });
  assert.equal(xmlField(bucket, 'Name'), 'hosted');
});

test('a host that can name no bucket is refused', async () => {
  for (const [host, code] of [
    [`Bad_Bucket.${DOMAIN}`, 'InvalidBucketName'],
    [`a..b.${DOMAIN}`, 'InvalidBucketName'],
    [`..%2f.${DOMAIN}`, 'InvalidBucketName'],
    [`absent-bucket.${DOMAIN}`, 'NoSuchBucket'],
  ] as const) {
    assert.equal(xmlField(await ask('GET', host, '/'), 'Code'), code, host);
  }
});

test('version 2 signs the bucket of the host in front of the path', async () => {
  await client.send(new CreateBucketCommand({ Bucket: 'second-version' }));
  const date = new Date().toUTCString();
  const signed = (resource: string) =>
    createHmac('sha1', secretAccessKey).update(`PUT\n\n\n${date}\n${resource}`).digest('base64');
  const put = (resource: string) =>
    rawRequest(
      port,
      'PUT',
      '/v2%20key',
      {
        host: `second-version.${DOMAIN}`,
        date,
        authorization: `AWS ${accessKeyId}:${signed(resource)}`,
        'content-length': '2',
      },
      'ok',
    );
  assert.equal((await put('/second-version/v2%20key')).status, 200);
  assert.equal(await textOf('second-version', 'v2 key'), 'ok');
  assert.equal(xmlField(await put('/v2%20key'), 'Code'), 'SignatureDoesNotMatch');
});
