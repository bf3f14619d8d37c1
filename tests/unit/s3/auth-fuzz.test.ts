import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFailure } from '../../../src-server/domain/failure.ts';
import type { EpochMs } from '../../../src-server/domain/ids.ts';
import { checkPostPolicy, fileBoundsOf, parsePostPolicy } from '../../../src-server/domain/post-policy.ts';
import type { AuthRequest } from '../../../src-server/s3/auth/auth-request.ts';
import { readSigV2Header, readSigV2Presigned } from '../../../src-server/s3/auth/sigv2.ts';
import { readSigV4Header } from '../../../src-server/s3/auth/sigv4-header.ts';
import { readSigV4Presigned } from '../../../src-server/s3/auth/sigv4-presigned.ts';
import { parseQueryString } from '../../../src-server/s3/http/query-string.ts';
import { RequestHeaders } from '../../../src-server/s3/http/request-headers.ts';

const NOW = Date.UTC(2026, 0, 1) as EpochMs;
const SECRET = 'a-secret-of-some-length';

const piece = fc.constantFrom(
  'Credential=',
  'SignedHeaders=',
  'Signature=',
  'key/20260101/us-east-1/s3/aws4_request',
  'key',
  '/',
  '20260101',
  'us-east-1',
  's3',
  'aws4_request',
  'host',
  ';',
  ',',
  ' ',
  '=',
  'x-amz-date',
  'a'.repeat(64),
  '%',
  '\xff',
  '',
  ':',
  '\t',
  '__proto__',
);
const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));

function requestOf(query: string, headers: readonly string[]): AuthRequest {
  return {
    method: 'GET',
    rawPath: '/bucket/key',
    query: parseQueryString(query),
    headers: new RequestHeaders(['Host', 'localhost', ...headers]),
    target: { scope: 'service' },
    hostBucket: undefined,
    now: NOW,
  };
}

/** Nothing made up may be proven, and nothing may throw what is not a failure. */
function refused(attempt: () => { prove(secret: string): unknown }): void {
  try {
    attempt().prove(SECRET);
  } catch (error) {
    assert.ok(isFailure(error), String(error));
    return;
  }
  assert.fail('a made-up signature was taken');
}

test('made-up Authorization headers are refused by name', () => {
  fc.assert(
    fc.property(text, text, (authorization, date) => {
      const dates = [
        'x-amz-date',
        date.length % 2 === 0 ? '20260101T000000Z' : date,
        'x-amz-content-sha256',
        'UNSIGNED-PAYLOAD',
      ];
      refused(() => readSigV4Header(requestOf('', dates), `AWS4-HMAC-SHA256 ${authorization}`, 'us-east-1'));
      refused(() => readSigV2Header(requestOf('', dates), `AWS ${authorization}`));
    }),
    { seed: 41, numRuns: 1500 },
  );
});

test('made-up signed URLs are refused by name', () => {
  const parameter = fc.constantFrom(
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    'X-Amz-Credential=key%2F20260101%2Fus-east-1%2Fs3%2Faws4_request',
    'X-Amz-Date=20260101T000000Z',
    'X-Amz-Date=x',
    'X-Amz-Expires=60',
    'X-Amz-Expires=1e3',
    'X-Amz-SignedHeaders=host',
    'X-Amz-SignedHeaders=',
    'X-Amz-Signature=00',
    'X-Amz-Content-Sha256=x',
    'AWSAccessKeyId=key',
    'Signature=AA%3D',
    'Expires=9999999999',
    'Expires=-1',
    'Expires=99999999999999999999',
    'x-amz-acl=private',
  );
  fc.assert(
    fc.property(fc.array(parameter, { maxLength: 12 }), (parameters) => {
      refused(() => readSigV4Presigned(requestOf(parameters.join('&'), []), 'us-east-1'));
      refused(() => readSigV2Presigned(requestOf(parameters.join('&'), [])));
    }),
    { seed: 42, numRuns: 1500 },
  );
});

test('made-up policies are refused by name or bind the form', () => {
  const condition = fc.oneof(
    fc.tuple(
      fc.constantFrom('eq', 'starts-with', 'content-length-range', 'x', ''),
      fc.constantFrom('$key', '$bucket', 'key', '$', '', 1),
      fc.constantFrom('a', '', 5, null),
    ),
    fc.dictionary(fc.constantFrom('key', 'bucket', '__proto__', 'acl'), fc.constantFrom('a', 'bucket', 1)),
    fc.constantFrom(null, 1, 'x', [], {}),
  );
  fc.assert(
    fc.property(
      fc.array(condition, { maxLength: 4 }),
      fc.constantFrom('2026-01-01T00:00:01Z', 'soon', '', 5),
      (conditions, expiration) => {
        const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
        try {
          const parsed = parsePostPolicy(policy);
          checkPostPolicy(parsed, new Map([['key', 'a']]), NOW);
          assert.ok(conditions.some((item) => JSON.stringify(item).includes('key')));
          assert.ok(fileBoundsOf(parsed, 100).min >= 0);
        } catch (error) {
          assert.ok(isFailure(error, 'AccessDenied', 'InvalidPolicyDocument'), String(error));
        }
      },
    ),
    { seed: 43, numRuns: 1500 },
  );
});
