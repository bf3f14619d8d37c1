import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { S3Operation } from '../../src-server/s3/operation.ts';
import { OPERATION_TABLE } from '../../src-server/s3/operation-table/index.ts';
import type { AnyOperationRow } from '../../src-server/s3/operation-table/row.ts';
import { rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { sign } from '../support/s3/sign.ts';
import { startWireServer } from '../support/s3/wire-server.ts';

interface AwsOperation {
  readonly name: string;
  readonly method: string;
  readonly uri: string;
  readonly required: readonly string[];
  readonly headers: readonly string[];
  readonly checksumRequired: boolean;
}

const fixture = new URL('../fixtures/aws-s3-operations.json', import.meta.url);
const AWS: readonly AwsOperation[] = JSON.parse(readFileSync(fixture, 'utf8'));
const BODY = '<a/>';

/** The least request of an operation by AWS's model: its URI, required parameters and the header that tells it apart. */
function leastRequest(operation: AwsOperation): {
  target: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
} {
  const [path = '', text = ''] = operation.uri.replace('{Bucket}', 'bucket').replace('{Key+}', 'some/key').split('?');
  const query: Record<string, string> = {};
  for (const part of text.split('&').filter((piece) => piece !== ''))
    query[part.split('=')[0] ?? ''] = part.split('=')[1] ?? '';
  for (const name of operation.required) query[name] = '1';
  const headers: Record<string, string> = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  if (operation.headers.includes('x-amz-copy-source')) headers['x-amz-copy-source'] = '/bucket/other';
  if (operation.checksumRequired) headers['content-md5'] = createHash('md5').update(BODY).digest('base64');
  return { target: '', path, query, headers };
}

async function send(port: number, operation: AwsOperation) {
  const { path, query, headers } = leastRequest(operation);
  const hasBody = operation.method === 'PUT' || operation.method === 'POST';
  const signed = sign({ method: operation.method, path, query, headers, payload: 'UNSIGNED-PAYLOAD' });
  const all = { ...signed.headers, ...(hasBody && { 'content-length': String(BODY.length) }) };
  return rawRequest(port, operation.method, signed.target, all, hasBody ? BODY : '');
}

test('the least request of every operation reaches that operation and no other', async () => {
  const reached: string[] = [];
  const stub =
    (action: string): S3Operation =>
    async () => {
      reached.push(action);
      return { status: 200, headers: {}, body: { kind: 'empty' } };
    };
  // A stub takes any target.
  const table = OPERATION_TABLE.map((row) => ({ ...row, handler: stub(row.action) }) as AnyOperationRow);
  await using server = await startWireServer({}, { table });
  for (const operation of AWS) {
    reached.length = 0;
    const answer = await send(server.port, operation);
    // These are told apart by an endpoint, a path or a header that general-purpose buckets do not have.
    if (operation.name === 'ListDirectoryBuckets' || operation.name === 'WriteGetObjectResponse') continue;
    if (answer.status === 403) {
      // `authorize` does not know the action, so nobody may do it.
      assert.equal(xmlField(answer, 'Code'), 'AccessDenied');
      assert.equal(OPERATION_TABLE.find((row) => row.action === operation.name)?.handler, 'not-implemented');
      continue;
    }
    const expected = OPERATION_TABLE.find((row) => row.action === operation.name)?.supersededBy ?? operation.name;
    assert.deepEqual(reached, [expected], operation.name);
  }
});

test('every operation that is not implemented says so in XML and reaches none that is', async () => {
  const reached: string[] = [];
  const table = OPERATION_TABLE.map((row) => {
    const handler: S3Operation = async () => {
      reached.push(row.action);
      return { status: 200, headers: {}, body: { kind: 'empty' } };
    };
    return (row.handler === 'not-implemented' ? row : { ...row, handler }) as AnyOperationRow;
  });
  await using server = await startWireServer({}, { table });
  for (const operation of AWS) {
    const row = table.find((candidate) => candidate.action === operation.name);
    if (row?.handler !== 'not-implemented' || row.supersededBy !== undefined) continue;
    if (operation.name === 'ListDirectoryBuckets' || operation.name === 'WriteGetObjectResponse') continue;
    const answer = await send(server.port, operation);
    assert.equal(answer.status, 501, operation.name);
    if (operation.method !== 'HEAD') {
      assert.equal(xmlField(answer, 'Code'), 'NotImplemented', operation.name);
      assert.equal(xmlField(answer, 'RequestId'), answer.headers['x-amz-request-id']);
    }
  }
  assert.deepEqual(reached, []);
});
