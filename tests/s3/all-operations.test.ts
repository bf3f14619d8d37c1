import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { OPERATION_TABLE } from '../../src-server/s3/operation-table/index.ts';
import type { AnyOperationRow } from '../../src-server/s3/operation-table/row.ts';
import { type Snapshot, takeSnapshot } from '../support/s3/bucket-snapshot.ts';
import { AWS_OPERATIONS, type AwsOperation, LEAST_BODY, leastRequest } from '../support/s3/least-request.ts';
import { createUpload, sendPart } from '../support/s3/multipart.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';
import { type RawAnswer, RawClient, xmlField } from '../support/s3/raw-client.ts';
import { sign } from '../support/s3/sign.ts';

const KEY = 'some/key';
const scene = await openObjectScene();
after(() => scene.close());
const port = Number(new URL(scene.server.endpoint).port);

interface Plain {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** One signed request on a kept-alive connection; the next one goes over a new connection where the answer ended it. */
let connection: RawClient | undefined;
after(() => connection?.socket.destroy());
async function send({ method, path, query, headers, body }: Plain): Promise<RawAnswer> {
  if (connection === undefined || connection.isClosed) connection = await RawClient.connect(port);
  const { accessKeyId: accessKey, secretAccessKey: secret } = scene.server.rootCredentials;
  const signed = sign({ method, path, query, headers, payload: 'UNSIGNED-PAYLOAD', accessKey, secret });
  connection.sendHead(method, signed.target, {
    ...signed.headers,
    ...(body !== '' && { 'content-length': String(body.length) }),
  });
  if (body !== '') connection.send(body);
  const answer = await connection.answer({ head: method === 'HEAD' });
  if (answer.headers['connection'] === 'close') await connection.closed();
  return answer;
}

/** A bucket with something of everything: versions, a marker, tags, parts, an open upload, settings. */
async function furnishedBucket(): Promise<string> {
  const { client } = scene;
  const Bucket = await scene.newBucket();
  await scene.put(Bucket, KEY, 'before versioning');
  await scene.put(Bucket, 'other', 'the source of copies', { Metadata: { colour: 'blue' }, Tagging: 'a=1&b=2' });
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await scene.put(Bucket, KEY, 'the second version', { Tagging: 'c=3', CacheControl: 'no-store' });
  await scene.put(Bucket, 'hidden', 'below a marker');
  await scene.remove(Bucket, 'hidden');
  const upload = await createUpload(client, Bucket, KEY, { ChecksumAlgorithm: 'CRC32' });
  await sendPart(upload, 1, Buffer.from('a part'), 'CRC32');
  const TagSet = [{ Key: 'office', Value: 'north' }];
  await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }];
  await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }];
  await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  await scene.put(Bucket, 'sealed', 'encrypted');
  return Bucket;
}

function rowOf(name: string): AnyOperationRow {
  const row = OPERATION_TABLE.find((candidate) => candidate.action === name);
  assert.ok(row);
  return row;
}

/** An error is S3's document, with the header's request id; a HEAD has the header only. */
function assertError(answer: RawAnswer, method: string, what: string): void {
  const id = answer.headers['x-amz-request-id'];
  assert.match(id ?? '', /^[0-9A-F]{16}$/, what);
  if (method === 'HEAD') return;
  assert.equal(answer.headers['content-type'], 'application/xml', what);
  assert.match(
    answer.body.toString(),
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>\w+<\/Code><Message>/,
    what,
  );
  assert.equal(xmlField(answer, 'RequestId'), id, what);
  assert.ok(xmlField(answer, 'Resource') !== undefined && xmlField(answer, 'HostId') !== undefined, what);
}

function assertUnchanged(before: Snapshot, now: Snapshot, what: string): void {
  // Named one by one, since a difference inside thousands of lines is hard to find.
  for (const [request, shown] of Object.entries(before)) assert.equal(now[request], shown, `${what}: ${request}`);
  assert.deepEqual(Object.keys(now), Object.keys(before), what);
}

test('what is not implemented answers 501 in XML and touches nothing', async () => {
  const bucket = await furnishedBucket();
  const before = await takeSnapshot(scene.server);
  assert.ok(Object.keys(before).length > 30);
  let refused = 0;
  for (const operation of AWS_OPERATIONS) {
    // `GET /` alone: told from ListBuckets by its endpoint.
    if (rowOf(operation.name).handler !== 'not-implemented' || operation.name === 'ListDirectoryBuckets') continue;
    const least = leastRequest(operation, bucket, KEY);
    if (operation.name === 'WriteGetObjectResponse') {
      least.headers['x-amz-request-route'] = 'r';
      least.headers['x-amz-request-token'] = 't';
    }
    const answer = await send({ ...least, path: least.path === '/WriteGetObjectResponse' ? '/' : least.path });
    assertError(answer, operation.method, operation.name);
    assert.deepEqual([answer.status, xmlField(answer, 'Code')], [501, 'NotImplemented'], operation.name);
    refused++;
  }
  assert.ok(refused > 50);
  assertUnchanged(before, await takeSnapshot(scene.server), 'after everything that is not implemented');
});

test('a sub-resource never falls through to the action of its method', async () => {
  const bucket = await furnishedBucket();
  const before = await takeSnapshot(scene.server);
  const subresources = [...new Set(OPERATION_TABLE.flatMap((row) => row.subresource ?? []))];
  const known = new Set(OPERATION_TABLE.map((row) => `${row.method} ${row.scope} ${row.subresource}`));
  let asked = 0;
  for (const subresource of subresources) {
    for (const [scope, path] of [
      ['service', '/'],
      ['bucket', `/${bucket}`],
      ['object', `/${bucket}/${KEY}`],
    ] as const) {
      for (const method of ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] as const) {
        if (known.has(`${method} ${scope} ${subresource}`)) continue;
        const body = method === 'PUT' || method === 'POST' ? LEAST_BODY : '';
        const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
        const answer = await send({ method, path, query: { [subresource]: '' }, headers, body });
        assertError(answer, method, `${method} ${path}?${subresource}`);
        assert.equal(answer.status, 501, `${method} ${path}?${subresource}`);
        asked++;
      }
    }
  }
  assert.ok(asked > 300);
  assertUnchanged(before, await takeSnapshot(scene.server), 'after sub-resources of no action');
});

/** Answers of the least request, which names uploads and parts that are not there and bodies that say nothing. */
const REFUSED: Readonly<Record<string, string>> = {
  AbortMultipartUpload: '404 NoSuchUpload',
  CompleteMultipartUpload: '404 NoSuchUpload',
  CreateBucket: '400 MalformedXML',
  DeleteBucket: '409 BucketNotEmpty',
  DeleteObjects: '400 MalformedXML',
  GetBucketPolicy: '404 NoSuchBucketPolicy',
  GetBucketPolicyStatus: '404 NoSuchBucketPolicy',
  GetObjectLegalHold: '400 InvalidRequest',
  GetObjectLockConfiguration: '404 ObjectLockConfigurationNotFoundError',
  GetObjectRetention: '400 InvalidRequest',
  ListParts: '404 NoSuchUpload',
  PutBucketAcl: '400 MalformedACLError',
  PutBucketCors: '400 MalformedXML',
  PutBucketEncryption: '400 MalformedXML',
  PutBucketOwnershipControls: '400 MalformedXML',
  PutBucketPolicy: '400 MalformedPolicy',
  PutBucketRequestPayment: '400 MalformedXML',
  PutBucketTagging: '400 MalformedXML',
  PutBucketVersioning: '400 MalformedXML',
  PutObjectAcl: '400 MalformedACLError',
  PutObjectLegalHold: '400 MalformedXML',
  PutObjectLockConfiguration: '400 MalformedXML',
  PutObjectRetention: '400 MalformedXML',
  PutObjectTagging: '400 MalformedXML',
  PutPublicAccessBlock: '400 MalformedXML',
  UploadPart: '404 NoSuchUpload',
  UploadPartCopy: '404 NoSuchUpload',
};

test('the least request of what is implemented has the answer of the model, or an error that says why', async () => {
  const bucket = await furnishedBucket();
  const done: string[] = [];
  // What the others look at goes last.
  const order = ({ name, method }: AwsOperation) => (name === 'DeleteObject' ? 2 : method === 'DELETE' ? 1 : 0);
  for (const operation of AWS_OPERATIONS.toSorted((a, b) => order(a) - order(b))) {
    if (rowOf(operation.name).handler === 'not-implemented') continue;
    const least = leastRequest(operation, bucket, KEY);
    if (operation.name === 'GetObjectAttributes') least.headers['x-amz-object-attributes'] = 'ETag';
    const answer = await send(least);
    const { name, method } = operation;
    if (answer.status >= 300) {
      assertError(answer, method, name);
      assert.equal(`${answer.status} ${xmlField(answer, 'Code')}`, REFUSED[name], name);
    } else {
      assert.equal(answer.status, operation.status, name);
      assert.equal(REFUSED[name], undefined, name);
      assert.match(answer.headers['x-amz-request-id'] ?? '', /^[0-9A-F]{16}$/);
      done.push(name);
    }
  }
  assert.deepEqual(done.length + Object.keys(REFUSED).length, 58);
});
