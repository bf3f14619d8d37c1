import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { GetObjectTaggingCommand, HeadObjectCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { FILE_NAME, openFormScene } from '../support/s3/form-scene.ts';
import { expectedETag, MIB, md5, patterned } from '../support/s3/multipart.ts';
import { keyOf } from '../support/users.ts';

const { scene, Bucket, signedFields, post, send, stored, isAbsent } = await openFormScene();
const { client } = scene;
const { endpoint } = scene.server;
after(() => scene.close());

test('what the SDK presigns is taken', async () => {
  const { url, fields } = await createPresignedPost(client, {
    Bucket,
    Key: `sdk/${FILE_NAME}`,
    Conditions: [
      ['content-length-range', 1, 10 * MIB],
      ['starts-with', '$Content-Type', 'image/'],
    ],
    Fields: { 'Content-Type': 'image/png', success_action_status: '201' },
    Expires: 60,
  });
  assert.equal(url, `${endpoint}/${Bucket}`);
  const file = patterned(3 * MIB + 5, 1);
  const answer = await post(fields, file);
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('location'), `${endpoint}/${Bucket}/sdk/photo.jpg`);
  assert.match(answer.text, /<PostResponse><Location>[^<]+<\/Location>/);
  assert.match(answer.text, new RegExp(`<Bucket>${Bucket}</Bucket><Key>sdk/photo.jpg</Key><ETag>&quot;${md5(file)}`));
  assert.equal(md5(await stored('sdk/photo.jpg')), md5(file));
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'sdk/photo.jpg' }));
  assert.equal(head.ContentType, 'image/png');
});

describe('answers', () => {
  test('204 without a wish, and for a wish that is none', async () => {
    for (const wish of [{}, { success_action_status: '299' }]) {
      const answer = await post(signedFields({ fields: wish }));
      assert.equal(answer.status, 204);
      assert.equal(answer.text, '');
      assert.equal(answer.headers.get('etag'), `"${md5(Buffer.from('the file'))}"`);
      assert.equal(answer.headers.get('location'), `${endpoint}/${Bucket}/posted`);
    }
  });

  test('200 is empty', async () => {
    const answer = await post(signedFields({ fields: { success_action_status: '200' } }));
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '');
  });

  test('a redirect tells bucket, key and ETag', async () => {
    const fields = { success_action_redirect: 'https://example.com/done?a=b', key: 'a b' };
    const answer = await post(signedFields({ fields }));
    assert.equal(answer.status, 303);
    const location = new URL(answer.headers.get('location') ?? '');
    assert.equal(location.origin, 'https://example.com');
    assert.deepEqual(Object.fromEntries(location.searchParams), {
      a: 'b',
      bucket: Bucket,
      key: 'a b',
      etag: `"${md5(Buffer.from('the file'))}"`,
    });
    const none = await post(signedFields({ fields: { success_action_redirect: 'javascript:alert(1)' } }));
    assert.equal(none.status, 204);
  });

  test('the version id in a versioned bucket', async () => {
    const bucket = await scene.newBucket();
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    const form = new FormData();
    for (const [name, value] of Object.entries(signedFields({ bucket }))) form.append(name, value);
    form.append('file', 'versioned');
    const answer = await fetch(`${endpoint}/${bucket}`, { method: 'POST', body: form });
    assert.equal(answer.status, 204);
    assert.match(answer.headers.get('x-amz-version-id') ?? '', /^\S{32}$/);
  });
});

describe('fields', () => {
  test('stand for headers', async () => {
    const tagging = '<Tagging><TagSet><Tag><Key>a</Key><Value>ü</Value></Tag></TagSet></Tagging>';
    const fields = {
      key: 'fields',
      acl: 'private',
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Disposition': 'inline',
      Expires: 'Fri, 21 Mar 2036 00:00:00 GMT',
      'x-amz-meta-who': 'Jürgen',
      'x-amz-storage-class': 'STANDARD_IA',
      'x-amz-server-side-encryption': 'AES256',
      tagging,
    };
    const answer = await post(signedFields({ fields }));
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('x-amz-server-side-encryption'), 'AES256');
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'fields' }));
    assert.equal(head.ContentType, 'text/plain; charset=utf-8');
    assert.equal(head.CacheControl, 'no-store');
    assert.equal(head.ContentDisposition, 'inline');
    assert.equal(head.ExpiresString, 'Fri, 21 Mar 2036 00:00:00 GMT');
    assert.equal(head.StorageClass, 'STANDARD_IA');
    assert.equal(head.ServerSideEncryption, 'AES256');
    assert.equal(head.Metadata?.who, '=?UTF-8?B?SsO8cmdlbg==?=');
    const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket, Key: 'fields' }));
    assert.deepEqual(TagSet, [{ Key: 'a', Value: 'ü' }]);
    assert.equal((await stored('fields')).toString(), 'the file');
  });

  test('without Content-Type the object has the default one, whatever the file’s part says', async () => {
    await post(signedFields({ fields: { key: 'untyped' } }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'untyped' }));
    assert.equal(head.ContentType, 'binary/octet-stream');
  });

  test('behind the file do not count', async () => {
    const answer = await post(signedFields({ fields: { key: 'before' } }), 'x', 'f', {
      key: 'after',
      acl: 'public-read',
    });
    assert.equal(answer.status, 204);
    assert.equal(await isAbsent('after'), true);
  });

  test('keys are taken as they are', async () => {
    for (const key of ['../../etc/passwd', 'a//b', '/lead', '%2F', 'ü/\u{1F600}', 'a&b<c>"d"']) {
      const answer = await post(signedFields({ fields: { key } }), key);
      assert.equal(answer.status, 204, key);
      assert.equal((await stored(key)).toString(), key);
    }
  });

  const refused: [string, Record<string, string>, number, string][] = [
    ['a public ACL', { acl: 'public-read' }, 400, 'AccessControlListNotSupported'],
    ['an unknown ACL', { acl: 'everybody' }, 400, 'InvalidArgument'],
    ['KMS', { 'x-amz-server-side-encryption': 'aws:kms' }, 501, 'NotImplemented'],
    ['a lock without a digest', { 'x-amz-object-lock-legal-hold': 'ON' }, 400, 'InvalidRequest'],
    ['a wrong checksum', { 'x-amz-checksum-sha256': createHash('sha256').digest('base64') }, 400, 'BadDigest'],
    ['a checksum that is none', { 'x-amz-checksum-crc32': 'x' }, 400, 'InvalidRequest'],
    ['broken tagging', { tagging: '<Tagging' }, 400, 'MalformedXML'],
    ['an archive class', { 'x-amz-storage-class': 'GLACIER' }, 400, 'InvalidStorageClass'],
    ['too much metadata', { 'x-amz-meta-a': 'x'.repeat(2050) }, 400, 'MetadataTooLarge'],
    ['a key too long', { key: 'k'.repeat(1025) }, 400, 'KeyTooLongError'],
    ['more than 20 KB of fields', { 'x-ignore-much': 'x'.repeat(21_000) }, 400, 'MaxPostPreDataLengthExceededError'],
  ];
  for (const [name, fields, status, code] of refused) {
    test(`${name}: ${code}`, async () => {
      const answer = await post(signedFields({ fields: { key: 'refused', ...fields } }));
      assert.equal(answer.code, code);
      assert.equal(answer.status, status);
      assert.equal(await isAbsent('refused'), true);
    });
  }

  test('a right checksum is stored', async () => {
    const value = createHash('sha256').update('the file').digest('base64');
    const answer = await post(signedFields({ fields: { key: 'summed', 'x-amz-checksum-sha256': value } }));
    assert.equal(answer.headers.get('x-amz-checksum-sha256'), value);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'summed', ChecksumMode: 'ENABLED' }));
    assert.equal(head.ChecksumSHA256, value);
  });
});

describe('who signed it', () => {
  test('nobody: denied, with a policy or without', async () => {
    assert.equal((await post({ key: 'anonymous' })).code, 'AccessDenied');
    const { policy = '' } = signedFields();
    assert.equal((await post({ key: 'anonymous', policy })).code, 'AccessDenied');
    assert.equal(await isAbsent('anonymous'), true);
  });

  test('a user: only where the user may write', async () => {
    const denied = await post(signedFields({ credentials: keyOf('ann') }));
    assert.equal(denied.code, 'AccessDenied');
    const reader = await post(signedFields({ credentials: keyOf('reader') }));
    assert.equal(reader.code, 'AccessDenied');
  });

  const tampered: [string, (fields: Record<string, string>) => Record<string, string>, string][] = [
    ['another signature', (fields) => ({ ...fields, 'x-amz-signature': 'f'.repeat(64) }), 'SignatureDoesNotMatch'],
    ['no hex', (fields) => ({ ...fields, 'x-amz-signature': 'x' }), 'SignatureDoesNotMatch'],
    ['another policy', (fields) => ({ ...fields, policy: `${fields.policy}AAAA` }), 'SignatureDoesNotMatch'],
    [
      'an unknown key',
      (fields) => ({ ...fields, 'x-amz-credential': (fields['x-amz-credential'] ?? '').replace(/^[^/]+/, 'NOBODY') }),
      'InvalidAccessKeyId',
    ],
    [
      'a credential that is none',
      (fields) => ({ ...fields, 'x-amz-credential': 'none' }),
      'AuthorizationQueryParametersError',
    ],
    ['another algorithm', (fields) => ({ ...fields, 'x-amz-algorithm': 'AWS4-HMAC-SHA1' }), 'InvalidArgument'],
    ['an empty signature', (fields) => ({ ...fields, 'x-amz-signature': '' }), 'InvalidArgument'],
  ];
  for (const [name, tamper, code] of tampered) {
    test(`${name}: ${code}`, async () => {
      const answer = await post(tamper(signedFields({ fields: { key: 'tampered' } })));
      assert.equal(answer.code, code);
      assert.equal(await isAbsent('tampered'), true);
    });
  }

  for (const missing of ['policy', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature']) {
    test(`without ${missing} it is refused`, async () => {
      const { [missing]: _, ...fields } = signedFields({ fields: { key: 'partly' } });
      const answer = await post(fields);
      assert.ok(answer.status === 400 || answer.status === 403, `${answer.status} ${answer.code}`);
      assert.equal(await isAbsent('partly'), true);
    });
  }

  test('another region: refused', async () => {
    const answer = await post(signedFields({ region: 'eu-west-9' }));
    assert.ok(answer.status === 400);
    assert.match(answer.text, /us-east-1/);
  });
});

describe('the body', () => {
  test('must be a form', async () => {
    for (const type of ['application/json', 'multipart/form-data', 'multipart/mixed; boundary=b']) {
      const answer = await send('{}', { 'content-type': type });
      assert.equal(answer.status, 412);
      assert.equal(answer.code, 'RequestIsNotMultiPartContent');
    }
  });

  test('must have a file and a key', async () => {
    const none = await post(signedFields(), null);
    assert.equal(none.status, 400);
    assert.match(none.text, /exactly one file upload/);
    const { key: _, ...keyless } = signedFields();
    const answer = await post(keyless);
    assert.equal(answer.status, 400);
    assert.match(answer.text, /field named &apos;key&apos;/);
  });

  test('that breaks off stores nothing', async () => {
    const fields = signedFields({ fields: { key: 'broken-off' } });
    const parts = Object.entries(fields).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const head = `${parts.join('')}--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n`;
    for (const tail of ['half a fi', 'all of it\r\n--', '']) {
      const answer = await send(head + tail, { 'content-type': 'multipart/form-data; boundary=b' });
      assert.equal(answer.code, 'MalformedPOSTRequest', JSON.stringify(tail));
    }
    assert.equal(await isAbsent('broken-off'), true);
    const whole = await send(`${head}whole\r\n--b--\r\nan epilogue`, {
      'content-type': 'multipart/form-data; boundary="b"',
    });
    assert.equal(whole.status, 204);
  });

  test('a file may hold anything, also what looks like a boundary', async () => {
    const file = Buffer.concat([
      Buffer.from('\r\n--b\r\n--\r\n----WebKitFormBoundary\r\n\r\n'),
      patterned(2 * MIB, 7),
      Buffer.from('\r\n--'),
    ]);
    const answer = await post(signedFields({ fields: { key: 'anything' } }), file);
    assert.equal(answer.status, 204);
    assert.equal(md5(await stored('anything')), md5(file));
    assert.equal(answer.headers.get('etag'), `"${md5(file)}"`);
    assert.notEqual(answer.headers.get('etag'), expectedETag([file]));
  });

  test('an empty file is an object', async () => {
    assert.equal((await post(signedFields({ fields: { key: 'empty' } }), '')).status, 204);
    assert.equal((await stored('empty')).length, 0);
  });
});
