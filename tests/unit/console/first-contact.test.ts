import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  afterRequest,
  type ContactProblem,
  type ContactRequest,
  NO_CONTACT,
  problemOf,
} from '../../../src-server/contract/first-contact.ts';

const KEY = 'STOWEXAMPLE234567ABC';
const FINE: ContactRequest = {
  atMs: 1000,
  action: 'ListObjectsV2',
  status: 200,
  errorCode: null,
  client: 'restic 0.18',
  remote: '192.168.1.20',
  host: 'nas.local:9000',
  bucket: 'office',
  accessKeyId: KEY,
  isKeyProven: true,
};
const refused = (errorCode: string, status: number, more: Partial<ContactRequest> = {}): ContactRequest => ({
  ...FINE,
  errorCode,
  status,
  isKeyProven: false,
  ...more,
});
const client = FINE.client;

const PROBLEMS: readonly (readonly [string, ContactRequest, ContactProblem | null])[] = [
  ['a wrong secret', refused('SignatureDoesNotMatch', 403), { kind: 'wrong-secret', client, accessKeyId: KEY }],
  ['an unknown key', refused('InvalidAccessKeyId', 403), { kind: 'unknown-key', client, accessKeyId: KEY }],
  ['a wrong clock', refused('RequestTimeTooSkewed', 403), { kind: 'clock', client }],
  ['another region', refused('AuthorizationHeaderMalformed', 400), { kind: 'region', client }],
  ['no key', refused('AccessDenied', 403, { accessKeyId: null }), { kind: 'unsigned', client }],
  [
    'no right',
    refused('AccessDenied', 403, { isKeyProven: true, action: 'DeleteObject' }),
    { kind: 'denied', client, action: 'DeleteObject', accessKeyId: KEY },
  ],
  [
    'the bucket in the host name',
    refused('AccessDenied', 403, { host: 'office.nas.local:9000', bucket: null, action: 'ListBuckets' }),
    { kind: 'virtual-host', client, host: 'office.nas.local:9000' },
  ],
  [
    'another bucket',
    refused('NoSuchBucket', 404, { bucket: 'offise', isKeyProven: true }),
    { kind: 'no-bucket', client, bucket: 'offise' },
  ],
  ['no space', refused('InsufficientStorage', 507), { kind: 'full' }],
  ['too much at once', refused('SlowDown', 503), { kind: 'busy', client }],
  [
    'anything else',
    refused('MalformedXML', 400, { action: 'DeleteObjects' }),
    { kind: 'other', client, action: 'DeleteObjects', errorCode: 'MalformedXML' },
  ],
  ['a key that is not there yet', refused('NoSuchKey', 404), null],
  ['a setting that is not there', refused('NoSuchLifecycleConfiguration', 404, { action: 'GetBucketLifecycle' }), null],
  ['a HEAD that finds nothing', { ...FINE, action: 'HeadObject', status: 404 }, null],
  ['success', FINE, null],
];

describe('first contact of a client', () => {
  for (const [name, request, problem] of PROBLEMS) {
    it(`says what stands in the way: ${name}`, () => assert.deepEqual(problemOf(request, 'office'), problem));
  }

  it('lights up step by step, and forgets a problem that is over', () => {
    const steps = (requests: readonly ContactRequest[]) =>
      requests.reduce((progress, request) => afterRequest(progress, request, 'office'), NO_CONTACT);
    const wrong = refused('SignatureDoesNotMatch', 403, { atMs: 10 });
    const first = steps([wrong]);
    assert.deepEqual([first.reachedMs, first.signedMs, first.problem?.kind], [10, null, 'wrong-secret']);
    const listed = steps([wrong, { ...FINE, atMs: 20 }]);
    assert.deepEqual([listed.reachedMs, listed.signedMs, listed.listedMs, listed.wroteMs], [10, 20, 20, null]);
    assert.equal(listed.problem, null);
    const wrote = steps([wrong, { ...FINE, action: 'PutObject', atMs: 30 }, { ...FINE, atMs: 40 }]);
    assert.deepEqual([wrote.signedMs, wrote.listedMs, wrote.wroteMs], [30, 30, 30]);
  });

  it('a write to another bucket is no write here', () => {
    const elsewhere = afterRequest(NO_CONTACT, { ...FINE, action: 'PutObject', bucket: 'other' }, 'office');
    assert.deepEqual([elsewhere.signedMs, elsewhere.wroteMs], [FINE.atMs, null]);
  });
});
