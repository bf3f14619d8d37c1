import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { S3Operation } from '../../src-server/s3/operation.ts';
import { OPERATION_TABLE } from '../../src-server/s3/operation-table/index.ts';
import type { AnyOperationRow } from '../../src-server/s3/operation-table/row.ts';
import { AWS_OPERATIONS, type AwsOperation, ELSEWHERE, leastRequest } from '../support/s3/least-request.ts';
import { rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { sign } from '../support/s3/sign.ts';
import { startWireServer } from '../support/s3/wire-server.ts';

async function send(port: number, operation: AwsOperation) {
  const { method, path, query, headers, body } = leastRequest(operation);
  const signed = sign({ method, path, query, headers, payload: 'UNSIGNED-PAYLOAD' });
  const all = body === '' ? signed.headers : { ...signed.headers, 'content-length': String(body.length) };
  return rawRequest(port, method, signed.target, all, body);
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
  for (const operation of AWS_OPERATIONS) {
    reached.length = 0;
    const answer = await send(server.port, operation);
    if (ELSEWHERE.has(operation.name)) continue;
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
  for (const operation of AWS_OPERATIONS) {
    const row = table.find((candidate) => candidate.action === operation.name);
    if (row?.handler !== 'not-implemented' || row.supersededBy !== undefined) continue;
    if (ELSEWHERE.has(operation.name)) continue;
    const answer = await send(server.port, operation);
    assert.equal(answer.status, 501, operation.name);
    if (operation.method !== 'HEAD') {
      assert.equal(xmlField(answer, 'Code'), 'NotImplemented', operation.name);
      assert.equal(xmlField(answer, 'RequestId'), answer.headers['x-amz-request-id']);
    }
  }
  assert.deepEqual(reached, []);
});
