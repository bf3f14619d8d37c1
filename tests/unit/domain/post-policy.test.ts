import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { checkPostPolicy, fileBoundsOf, parsePostPolicy } from '../../../src-server/domain/post-policy.ts';

const encode = (document: unknown) => Buffer.from(JSON.stringify(document)).toString('base64');
const NOW = Date.parse('2026-01-01T00:00:00Z');
const LATER = '2026-01-01T00:00:01Z';

function verdict(conditions: readonly unknown[], fields: Record<string, string>): string {
  try {
    const policy = parsePostPolicy(encode({ expiration: LATER, conditions }));
    checkPostPolicy(policy, new Map(Object.entries(fields)), NOW);
    return 'good';
  } catch (error) {
    assert.ok(isFailure(error));
    return error.message;
  }
}

describe('a POST policy', () => {
  it('holds each condition against the form, in any letter case of names', () => {
    const fields = { bucket: 'b', key: 'user/a' };
    assert.equal(verdict([{ bucket: 'b' }, ['starts-with', '$Key', 'user/']], fields), 'good');
    assert.match(verdict([{ bucket: 'b' }, ['starts-with', '$key', 'User/']], fields), /Policy Condition failed/);
    assert.match(verdict([{ bucket: 'b' }, ['eq', 'key', 'user/a']], fields), /Policy Condition failed/);
    assert.match(verdict([{ bucket: 'b' }], fields), /Extra input fields: key/);
  });

  it('is over when it says so', () => {
    const policy = parsePostPolicy(encode({ expiration: LATER, conditions: [] }));
    checkPostPolicy(policy, new Map(), NOW + 1000);
    assert.throws(() => checkPostPolicy(policy, new Map(), NOW + 1001), /Policy expired/);
  });

  it('bounds the file by all its ranges', () => {
    const conditions = [
      ['content-length-range', 1, 100],
      ['content-length-range', '5', '200'],
    ];
    const policy = parsePostPolicy(encode({ expiration: LATER, conditions }));
    assert.deepEqual(fileBoundsOf(policy, 50), { min: 5, max: 50 });
    assert.deepEqual(fileBoundsOf(undefined, 7), { min: 0, max: 7 });
  });

  it('knows no prototype', () => {
    const document = Buffer.from('{"__proto__":{"expiration":"2100-01-01T00:00:00Z","conditions":[]}}').toString(
      'base64',
    );
    assert.throws(() => parsePostPolicy(document), { code: 'InvalidPolicyDocument' });
  });

  it('is refused as what it is, whatever it is', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((text) => Buffer.from(text).toString('base64')),
      fc
        .record({
          expiration: fc.oneof(fc.constant(LATER), fc.jsonValue()),
          conditions: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
        })
        .map(encode),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          checkPostPolicy(parsePostPolicy(text), new Map([['key', 'k']]), NOW);
        } catch (error) {
          assert.ok(isFailure(error, 'InvalidPolicyDocument', 'AccessDenied'), String(error));
        }
      }),
      { seed: 9, numRuns: 2000 },
    );
  });
});
