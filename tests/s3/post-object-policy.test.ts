import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { FILE_NAME, type FormOptions, openFormScene } from '../support/s3/form-scene.ts';

const { scene, signedFields, post, isAbsent } = await openFormScene();
after(() => scene.close());

describe('the policy', () => {
  const failing: [string, FormOptions, number, string, RegExp][] = [
    ['expired', { expiresMs: -1000 }, 403, 'AccessDenied', /Policy expired/],
    [
      'another bucket',
      { conditions: [['eq', '$bucket', 'other']] },
      403,
      'AccessDenied',
      /Policy Condition failed: \[&quot;eq&quot;,&quot;\$bucket&quot;,&quot;other&quot;\]/,
    ],
    ['another key', { conditions: [['starts-with', '$key', 'user/']] }, 403, 'AccessDenied', /Condition failed/],
    [
      'a field no condition names',
      { fields: { 'x-amz-meta-a': 'b' }, uncovered: ['x-amz-meta-a'] },
      403,
      'AccessDenied',
      /Extra input fields: x-amz-meta-a/,
    ],
    ['no condition on the bucket', { uncovered: ['bucket'] }, 403, 'AccessDenied', /Extra input fields: bucket/],
    ['a condition on an absent field', { conditions: [{ acl: 'private' }] }, 403, 'AccessDenied', /Condition failed/],
    [
      'a list of types of which one is another',
      {
        fields: { 'Content-Type': 'text/a, image/b' },
        uncovered: ['Content-Type'],
        conditions: [['starts-with', '$Content-Type', 'text/']],
      },
      403,
      'AccessDenied',
      /Condition failed/,
    ],
    ['too large a file', { conditions: [['content-length-range', 0, 3]] }, 400, 'EntityTooLarge', /<MaxSizeAllowed>3</],
    [
      'too small a file',
      { conditions: [['content-length-range', 100, 200]] },
      400,
      'EntityTooSmall',
      /<MinSizeAllowed>100</,
    ],
    ['no JSON', { policy: Buffer.from('{').toString('base64') }, 400, 'InvalidPolicyDocument', /Invalid JSON/],
    [
      'no expiration',
      { policy: Buffer.from('{"conditions":[]}').toString('base64') },
      400,
      'InvalidPolicyDocument',
      /missing expiration/,
    ],
    [
      'no conditions',
      { policy: Buffer.from('{"expiration":"2100-01-01T00:00:00Z"}').toString('base64') },
      400,
      'InvalidPolicyDocument',
      /missing conditions/,
    ],
    [
      'a date that is none',
      { policy: Buffer.from('{"expiration":"soon","conditions":[]}').toString('base64') },
      400,
      'InvalidPolicyDocument',
      /expiration/,
    ],
    ['an unknown operation', { conditions: [['like', '$key', 'x']] }, 400, 'InvalidPolicyDocument', /like/],
    ['arguments too many', { conditions: [['eq', '$key', 'x', 'y']] }, 400, 'InvalidPolicyDocument', /arguments/],
  ];
  for (const [name, options, status, code, text] of failing) {
    test(`${name}: ${code}`, async () => {
      const answer = await post(signedFields({ ...options, fields: { key: 'forbidden', ...options.fields } }));
      assert.equal(answer.code, code);
      assert.equal(answer.status, status);
      assert.match(answer.text, text);
      assert.equal(await isAbsent('forbidden'), true);
    });
  }

  const passing: [string, FormOptions][] = [
    [
      'eq and starts-with in any letter case',
      {
        conditions: [
          ['EQ', '$KEY', 'posted'],
          ['Starts-With', '$key', 'po'],
        ],
      },
    ],
    ['an empty starts-with for an absent field', { conditions: [['starts-with', '$x-amz-meta-none', '']] }],
    ['x-ignore- fields without conditions', { fields: { 'x-ignore-me': '1' } }],
    ['bounds as numbers and as text', { conditions: [['content-length-range', '8', 8]] }],
    [
      'a list of types',
      {
        fields: { 'Content-Type': 'text/a, text/b' },
        uncovered: ['Content-Type'],
        conditions: [['starts-with', '$content-type', 'text/']],
      },
    ],
    [
      'the key after its variable was replaced',
      { fields: { key: `u/${FILE_NAME}` }, conditions: [['eq', '$key', 'u/photo.jpg']] },
    ],
  ];
  for (const [name, options] of passing) {
    test(`passes: ${name}`, async () => {
      const answer = await post(signedFields(options));
      assert.equal(answer.text, '');
      assert.equal(answer.status, 204);
    });
  }
});
