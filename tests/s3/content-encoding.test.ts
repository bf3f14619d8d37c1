import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openObjectScene } from '../support/s3/object-scene.ts';
import { rawRequest } from '../support/s3/raw-client.ts';
import { sign, unsignedChunks } from '../support/s3/sign.ts';

/* `aws-chunked` is how a body travelled, not what it is: it is never stored, whichever request brings it. */

const scene = await openObjectScene();
after(() => scene.close());
const { wire } = scene;
const bucket = await scene.newBucket();
await scene.put(bucket, 'source', 'x');
const path = `/${bucket}/key`;
const { host, port } = new URL(scene.server.endpoint);
const { accessKeyId, secretAccessKey } = scene.server.rootCredentials;

const CASES: readonly (readonly [sent: string, stored: string | undefined])[] = [
  ['aws-chunked', undefined],
  ['aws-chunked,gzip', 'gzip'],
  ['gzip, aws-chunked', 'gzip'],
  ['AWS-Chunked', undefined],
  ['gzip,aws-chunked,br', 'gzip,br'],
  ['gzip', 'gzip'],
];
const WRITES: Readonly<Record<string, (headers: Record<string, string>) => Promise<number>>> = {
  PutObject: async (headers) => (await wire({ method: 'PUT', path, body: Buffer.from('x'), headers })).status,
  'PutObject in chunks': async (headers) => {
    const body = unsignedChunks(Buffer.from('x'), 1, {});
    const signed = sign({
      method: 'PUT',
      path,
      host,
      headers: { 'x-amz-decoded-content-length': '1' },
      unsigned: { ...headers, 'content-length': String(body.length) },
      payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      accessKey: accessKeyId,
      secret: secretAccessKey,
    });
    return (await rawRequest(Number(port), 'PUT', path, signed.headers, body)).status;
  },
  CopyObject: async (headers) => {
    const amzHeaders = { 'x-amz-copy-source': `/${bucket}/source`, 'x-amz-metadata-directive': 'REPLACE' };
    return (await wire({ method: 'PUT', path, headers, amzHeaders })).status;
  },
  CompleteMultipartUpload: async (headers) => {
    const created = await wire({ method: 'POST', path, query: 'uploads=', headers });
    const id = /<UploadId>([^<]*)/.exec(created.body.toString())?.[1];
    const query = `uploadId=${id}`;
    const part = await wire({ method: 'PUT', path, query: `partNumber=1&${query}`, body: Buffer.from('x'), headers });
    const list = `<Part><PartNumber>1</PartNumber><ETag>${part.header('etag')}</ETag></Part>`;
    const body = Buffer.from(`<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`);
    return (await wire({ method: 'POST', path, query, body })).status;
  },
};

for (const [write, send] of Object.entries(WRITES)) {
  test(write, async () => {
    for (const [sent, stored] of CASES) {
      assert.equal(await send({ 'Content-Encoding': sent }), 200, sent);
      const got = await wire({ method: 'GET', path });
      assert.deepEqual([got.body.toString(), got.header('content-encoding')], ['x', stored], sent);
    }
  });
}
