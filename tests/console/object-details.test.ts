import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { objectDetailsSchema, outcomeSchema } from '../../src-server/contract/object-details.ts';
import { versionsPageSchema } from '../../src-server/contract/object-versions.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const OFFICE = '/api/v1/buckets/office';
const KEY = '2026//note ü.txt';

describe('details and versions of objects', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let reader: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: (['admin', 'readonly', 'user'] as const).map((role) => ({ name: role, role, password: PASSWORD })),
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    reader = await signInTo(server.consoleUrl, 'user', PASSWORD);
    await admin.send('POST', '/api/v1/buckets', { name: 'office', versioning: true });
    await admin.send('POST', '/api/v1/buckets', { name: 'plain', versioning: false });
    for (const body of ['first', 'second one', 'third']) await put(KEY, body);
  });
  after(() => server.close());

  const put = (key: string, body: string, bucket = 'office') =>
    server.client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: 'text/plain',
        CacheControl: 'no-cache',
        Metadata: { desk: 'zwölf' },
        Tagging: 'case=42&draft=',
      }),
    );
  const read = async (key: string) => {
    const { Body } = await server.client.send(new GetObjectCommand({ Bucket: 'office', Key: key }));
    return Body?.transformToString();
  };
  const text = (key: string) => encodeURIComponent(key);
  const details = async (key: string, bucket = OFFICE) =>
    objectDetailsSchema.parse(await (await admin.send('GET', `${bucket}/object?key=${text(key)}`)).json());
  const versions = async (key: string, query = '') =>
    versionsPageSchema.parse(
      await (await admin.send('GET', `${OFFICE}/object/versions?key=${text(key)}${query}`)).json(),
    );
  const post = async (path: string, body: unknown) =>
    outcomeSchema.parse(await (await admin.send('POST', `${OFFICE}/objects/${path}`, body)).json());

  it('shows everything but the bytes', async () => {
    const found = await details(KEY);
    assert.deepEqual(
      { ...found, versionId: '', modifiedAtMs: 0, checksum: null },
      {
        key: KEY,
        versionId: '',
        sizeBytes: 5,
        modifiedAtMs: 0,
        etag: 'dd5c8bf51558ffcbe5007071908e9524',
        contentType: 'text/plain',
        headers: { 'cache-control': 'no-cache' },
        metadata: [{ name: 'desk', value: 'zwölf' }],
        tags: [
          { key: 'case', value: '42' },
          { key: 'draft', value: '' },
        ],
        storageClass: 'STANDARD',
        isEncrypted: false,
        checksum: null,
        partCount: null,
      },
    );
    assert.match(found.versionId ?? '', /^[A-Za-z0-9._]{32}$/);
    assert.equal(found.checksum?.isComposite, false);
    await put('one', '1', 'plain');
    assert.equal((await details('one', '/api/v1/buckets/plain')).versionId, null);
  });

  it('lists versions newest first, in pages', async () => {
    const all = await versions(KEY);
    assert.deepEqual(
      all.versions.map(({ sizeBytes, isCurrent, kind }) => [sizeBytes, isCurrent, kind]),
      [
        [5, true, 'version'],
        [10, false, 'version'],
        [5, false, 'version'],
      ],
    );
    const first = await versions(KEY, '&limit=2');
    const second = await versions(KEY, `&limit=2&before=${first.next}`);
    assert.deepEqual([...first.versions, ...second.versions], all.versions);
    assert.deepEqual((await versions('2026//note')).versions, []);
  });

  it('reads an older version by a link of its own', async () => {
    const [, older] = (await versions(KEY)).versions;
    const answer = await admin.send('POST', `${OFFICE}/content-links`, { key: KEY, versionId: older?.versionId });
    const { url } = (await answer.json()) as { url: string }; // as the contract says
    assert.equal(await (await fetch(server.consoleUrl + url)).text(), 'second one');
  });

  it('restores a version without its bytes moving; every version stays', async () => {
    const [, older] = (await versions(KEY)).versions;
    assert.deepEqual(await post('restore', { items: [{ key: KEY, versionId: older?.versionId }] }), {
      changed: 1,
      failed: [],
    });
    assert.equal(await read(KEY), 'second one');
    assert.equal((await versions(KEY)).versions.length, 4);
    const { tags, metadata, headers } = await details(KEY);
    assert.deepEqual([tags.length, metadata.length, headers], [2, 1, { 'cache-control': 'no-cache' }]);
  });

  it('brings deleted objects back, and says which could not be', async () => {
    await put('gone', 'still here');
    for (let i = 0; i < 2; i++) await server.client.send(new DeleteObjectCommand({ Bucket: 'office', Key: 'gone' }));
    const outcome = await post('restore', { items: [{ key: 'gone' }, { key: 'never' }, { key: KEY }] });
    assert.equal(outcome.changed, 1);
    assert.deepEqual(outcome.failed.map(({ key, code }) => [key, code]).sort(), [
      [KEY, 'NoSuchKey'],
      ['never', 'NoSuchKey'],
    ]);
    assert.equal(await read('gone'), 'still here');
    assert.deepEqual(
      (await versions('gone')).versions.map(({ kind }) => kind),
      ['version'],
    );
  });

  it('deletes one version for good', async () => {
    const before = (await versions(KEY)).versions;
    const victim = before[2];
    const items = [
      { key: KEY, versionId: victim?.versionId },
      { key: KEY, versionId: 'not an id' },
    ];
    const outcome = await post('delete-versions', { items });
    assert.deepEqual([outcome.changed, outcome.failed[0]?.code], [1, 'InvalidArgument']);
    assert.deepEqual(
      (await versions(KEY)).versions,
      before.filter((one) => one !== victim),
    );
  });

  it('changes tags of many at once, and leaves the others', async () => {
    await put('a', '1');
    await put('b', '2');
    const change = { keys: ['a', 'b', 'missing'], set: [{ key: 'case', value: '43' }], remove: ['draft'] };
    const outcome = await post('tags', change);
    assert.deepEqual([outcome.changed, outcome.failed.map(({ code }) => code)], [2, ['NoSuchKey']]);
    assert.deepEqual((await details('b')).tags, [{ key: 'case', value: '43' }]);
    const wrong = await post('tags', { keys: ['a'], set: [{ key: 'no!', value: '' }], remove: [] });
    assert.equal(wrong.failed[0]?.code, 'InvalidTag');
  });

  it('replaces type, headers and metadata; bytes and tags stay', async () => {
    const path = `${OFFICE}/object/metadata?key=${text(KEY)}`;
    const body = {
      contentType: 'text/markdown',
      headers: { 'content-language': 'de' },
      metadata: [{ name: 'Desk', value: 'dreizehn ✓' }],
    };
    const response = await admin.send('PUT', path, body);
    const now = objectDetailsSchema.parse(await response.json());
    assert.deepEqual(
      [now.contentType, now.headers, now.metadata, now.tags.length],
      ['text/markdown', { 'content-language': 'de' }, [{ name: 'desk', value: 'dreizehn ✓' }], 2],
    );
    const head = await server.client.send(new HeadObjectCommand({ Bucket: 'office', Key: KEY }));
    assert.equal(head.ContentLanguage, 'de');
    assert.equal(await read(KEY), 'second one');
    for (const metadata of [
      [{ name: 'a b', value: '' }],
      [
        { name: 'a', value: '' },
        { name: 'A', value: '' },
      ],
    ]) {
      const refused = await admin.send('PUT', path, { ...body, metadata });
      assert.deepEqual([refused.status, await codeOf(refused)], [400, 'InvalidArgument']);
    }
    const large = await admin.send('PUT', path, { ...body, metadata: [{ name: 'a', value: 'x'.repeat(2048) }] });
    assert.equal(await codeOf(large), 'MetadataTooLarge');
  });

  it('refuses who may not', async () => {
    const items = [{ key: KEY, versionId: 'null' }];
    for (const path of [`object?key=${text(KEY)}`, `object/versions?key=${text(KEY)}`]) {
      assert.equal((await reader.send('GET', `${OFFICE}/${path}`)).status, 403);
    }
    for (const [path, body] of [
      ['restore', { items }],
      ['delete-versions', { items }],
      ['tags', { keys: [KEY], set: [], remove: ['case'] }],
    ] as const) {
      const response = await reader.send('POST', `${OFFICE}/objects/${path}`, body);
      const outcome = outcomeSchema.parse(await response.json());
      assert.deepEqual([outcome.changed, outcome.failed[0]?.code], [0, 'AccessDenied']);
    }
    const body = { contentType: 'text/plain', headers: {}, metadata: [] };
    const metadata = await reader.send('PUT', `${OFFICE}/object/metadata?key=${text(KEY)}`, body);
    assert.equal(metadata.status, 403);
    const link = await reader.send('POST', `${OFFICE}/content-links`, { key: KEY, versionId: 'null' });
    assert.equal(link.status, 403);
  });
});
