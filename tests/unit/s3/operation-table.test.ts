import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { HEADER_RULES } from '../../../src-server/s3/http/header-rules.ts';
import { OPERATION_TABLE } from '../../../src-server/s3/operation-table/index.ts';

/** An extract of botocore's model of S3: every operation with its request line, parameters and headers. */
interface AwsOperation {
  readonly name: string;
  readonly method: string;
  readonly uri: string;
  readonly status: number;
  readonly query: readonly string[];
  readonly headers: readonly string[];
  readonly checksumRequired: boolean;
}

const fixture = new URL('../../fixtures/aws-s3-operations.json', import.meta.url);
const AWS: readonly AwsOperation[] = JSON.parse(readFileSync(fixture, 'utf8'));

test('the table knows every action of AWS, and PostObject, once', () => {
  const names = OPERATION_TABLE.map((row) => row.action);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(names.toSorted(), [...AWS.map((operation) => operation.name), 'PostObject'].sort());
});

for (const operation of AWS) {
  test(`${operation.name} has AWS's method, target and sub-resource`, () => {
    const row = OPERATION_TABLE.find((candidate) => candidate.action === operation.name);
    assert.ok(row);
    const [path = '', query = ''] = operation.uri.split('?');
    const scope = path.includes('{Key+}') ? 'object' : path.includes('{Bucket}') ? 'bucket' : 'service';
    assert.equal(row.method, operation.method);
    assert.equal(row.scope, scope);
    const [subresource = '', ...fixed] = query.split('&').filter((part) => part !== '');
    const given = Object.entries(row.query ?? {}).map(([name, value]) => `${name}=${value}`);
    if (subresource.includes('=')) assert.ok(given.includes(subresource));
    else assert.equal(row.subresource ?? '', subresource);
    for (const part of fixed) assert.ok(given.includes(part));
    for (const [name, value] of Object.entries(row.query ?? {})) {
      if (value === '*') assert.ok(operation.query.includes(name), name);
    }
    if (row.requestHeader !== undefined) assert.ok(operation.headers.includes(row.requestHeader));
    // The model says nothing of it; S3 itself answers this one without content.
    assert.equal(row.status, operation.name === 'PutBucketPolicy' ? 204 : operation.status);
    if (row.checksumRequired === true) assert.ok(operation.checksumRequired);
  });
}

test('every x-amz-* header of the model has a rule', () => {
  const known = new Set(AWS.flatMap((operation) => operation.headers));
  const missing = [...known].filter(
    (name) =>
      name.startsWith('x-amz-') &&
      name !== 'x-amz-meta-' &&
      // WriteGetObjectResponse alone has these; it is refused as a whole.
      !name.startsWith('x-amz-fwd-') &&
      !HEADER_RULES.has(name),
  );
  assert.deepEqual(missing, []);
});

test('bodies that are read whole have a limit', () => {
  for (const row of OPERATION_TABLE) {
    if (row.body !== 'none') assert.ok(row.bodyLimitBytes > 0, row.action);
  }
});
