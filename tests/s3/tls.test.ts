import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { connect } from 'node:tls';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createUpload, PART_BYTES, sendPart } from '../support/s3/multipart.ts';
import { RawClient } from '../support/s3/raw-client.ts';
import { seededBytes } from '../support/seeded.ts';
import { startTestServer } from '../support/test-server.ts';

const server = await startTestServer({ args: ['--tls-self-signed'] });
after(() => server.close());
const port = Number(new URL(server.endpoint).port);
const ca = readFileSync(join(server.dataDir, 'tls-self-signed-cert.pem'), 'utf8');
const agent = new Agent({ ca, keepAlive: true });
after(() => agent.destroy());
const client = server.newClient({ requestHandler: { httpsAgent: agent } });
const Bucket = 'over-tls';
await client.send(new CreateBucketCommand({ Bucket }));

async function stored(Key: string): Promise<Buffer> {
  const answer = await client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
}

test('both ports are https, with a certificate that a client can verify', async () => {
  assert.match(server.endpoint, /^https:/);
  assert.match(server.consoleUrl, /^https:/);
  const status = await new Promise((resolve, reject) => {
    request(`${server.consoleUrl}/health/live`, { agent }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(status, 200);
});

test('bodies of every kind arrive whole', async () => {
  const kinds: Record<string, (body: Buffer) => Partial<PutObjectCommandInput>> = {
    'a buffer': (Body) => ({ Body }),
    'a stream with a trailer': (body) => ({ Body: Readable.from([body]), ContentLength: body.length }),
    'a checksum in a trailer': (body) => ({
      Body: Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]),
      ContentLength: body.length,
      ChecksumAlgorithm: 'SHA256',
    }),
  };
  for (const [name, input] of Object.entries(kinds)) {
    for (const sizeBytes of [0, 100_000, 3_000_000]) {
      const body = seededBytes(name, sizeBytes);
      await client.send(new PutObjectCommand({ Bucket, Key: name, ...input(body) }));
      assert.ok((await stored(name)).equals(body), `${name}, ${sizeBytes}`);
    }
  }
});

test('an upload names its object with https', async () => {
  const upload = await createUpload(client, Bucket, 'parts');
  const bodies = [seededBytes('first', PART_BYTES), seededBytes('last', 12_345)];
  const Parts = [];
  for (const [i, body] of bodies.entries()) Parts.push(await sendPart(upload, i + 1, body));
  const { client: _, ...names } = upload;
  const done = await client.send(new CompleteMultipartUploadCommand({ ...names, MultipartUpload: { Parts } }));
  assert.equal(done.Location, `${server.endpoint}/${Bucket}/parts`);
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  assert.equal(sha256(await stored('parts')), sha256(Buffer.concat(bodies)));
});

test('a presigned URL is taken', async () => {
  await client.send(new PutObjectCommand({ Bucket, Key: 'signed', Body: 'by url' }));
  const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'signed' }));
  const text = await new Promise((resolve, reject) => {
    request(url, { agent }, async (answer) => resolve(Buffer.concat(await answer.toArray()).toString()))
      .on('error', reject)
      .end();
  });
  assert.equal(text, 'by url');
});

test('what is not TLS, or too old a version of it, is cut off, and the server goes on', async () => {
  await using plain = await RawClient.connect(port);
  plain.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await plain.closed();
  await using noise = await RawClient.connect(port);
  noise.send(seededBytes('noise', 5000));
  await noise.closed();
  const old = connect({
    port,
    host: '127.0.0.1',
    ca,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  await new Promise<void>((resolve) => {
    old.once('error', () => resolve()).once('secureConnect', () => assert.fail('TLS 1.1 was taken'));
  });
  assert.ok((await stored('signed')).length > 0);
});
