import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { DeleteObjectsCommand, ListObjectsV2Command, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { openObjectScene } from '../support/s3/object-scene.ts';

/* What backup programs are known to stumble over on other servers. */

const scene = await openObjectScene();
after(() => scene.close());
const { client, wire } = scene;
const VEEAM = 'APN/1.0 Veeam/1.0 Backup/12.1';

/** Each write of an object; answers the version id that it was told. */
const WRITES: Readonly<Record<string, (path: string, headers: Record<string, string>) => Promise<string | undefined>>> =
  {
    PutObject: async (path, headers) => {
      const answer = await wire({ method: 'PUT', path, body: Buffer.from('x'), headers });
      assert.equal(answer.status, 200);
      return answer.header('x-amz-version-id');
    },
    CopyObject: async (path, headers) => {
      await wire({ method: 'PUT', path, body: Buffer.from('x') });
      const amzHeaders = { 'x-amz-copy-source': path, 'x-amz-metadata-directive': 'REPLACE' };
      const answer = await wire({ method: 'PUT', path, amzHeaders, headers });
      assert.equal(answer.status, 200);
      return answer.header('x-amz-version-id');
    },
    CompleteMultipartUpload: async (path, headers) => {
      const created = await wire({ method: 'POST', path, query: 'uploads=', headers });
      const query = `uploadId=${/<UploadId>([^<]*)/.exec(created.body.toString())?.[1]}`;
      const part = await wire({ method: 'PUT', path, query: `partNumber=1&${query}`, body: Buffer.from('x') });
      const list = `<Part><PartNumber>1</PartNumber><ETag>${part.header('etag')}</ETag></Part>`;
      const body = Buffer.from(`<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`);
      const answer = await wire({ method: 'POST', path, query, body, headers });
      assert.equal(answer.status, 200);
      return answer.header('x-amz-version-id');
    },
  };
const KEYS = ['a', 'Veeam/Archive/%7B0c3c6a4e-1d2b%7D', 'folder/', 'a//b'];

describe('version ids', () => {
  for (const [action, write] of Object.entries(WRITES)) {
    test(`${action} tells one where versioning is enabled, and it names the version`, async () => {
      const bucket = await scene.versionedBucket();
      for (const key of KEYS) {
        const path = `/${bucket}/${key}`;
        const id = await write(path, {});
        assert.match(id ?? '', /^[A-Za-z0-9._]{32}$/, key);
        const named = await wire({ method: 'HEAD', path, query: `versionId=${id}` });
        assert.deepEqual([named.status, named.header('x-amz-version-id')], [200, id], key);
      }
    });

    test(`${action} tells none where it is off, and null to Veeam alone where it is suspended`, async () => {
      const [off, suspended] = [await scene.newBucket(), await scene.versionedBucket('Suspended')];
      assert.equal(await write(`/${off}/a`, {}), undefined);
      assert.equal(await write(`/${off}/a`, { 'User-Agent': VEEAM }), undefined);
      assert.equal(await write(`/${suspended}/a`, {}), undefined);
      assert.equal(await write(`/${suspended}/a`, { 'User-Agent': VEEAM }), 'null');
    });
  }
});

test('a checkpoint is copied and its old versions are deleted in one request', async () => {
  const Bucket = await scene.versionedBucket();
  for (let i = 0; i < 3; i++) await scene.put(Bucket, 'Veeam/checkpoint', `state ${i}`);
  const path = `/${Bucket}/Veeam/checkpoint-copy`;
  await wire({ method: 'PUT', path, amzHeaders: { 'x-amz-copy-source': `${Bucket}/Veeam/checkpoint` } });
  const listed = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'Veeam/checkpoint' }));
  const old = (listed.Versions ?? []).filter((version) => version.Key === 'Veeam/checkpoint');
  assert.equal(old.length, 3);
  const Objects = old.map(({ Key = '', VersionId }) => ({ Key, VersionId }));
  const deleted = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  assert.deepEqual([deleted.Deleted?.length, deleted.Errors], [3, undefined]);
  assert.equal((await scene.get(Bucket, 'Veeam/checkpoint-copy')).text, 'state 2');
  assert.deepEqual(
    (await scene.history(Bucket)).map((line) => line.split(' ')[0]),
    ['Veeam/checkpoint-copy'],
  );
});

test('a folder is browsed by keys that end in a slash, and lists invent none', async () => {
  const Bucket = await scene.versionedBucket();
  for (const key of ['Veeam/', 'Veeam/Backup/', 'Veeam/Backup/job/', 'Veeam/Backup/job/block', 'other']) {
    await scene.put(Bucket, key, '');
  }
  const browse = async (Prefix: string) => {
    const page = { Bucket, Prefix, Delimiter: '/' };
    const objects = await client.send(new ListObjectsV2Command(page));
    const versions = await client.send(new ListObjectVersionsCommand(page));
    const shown = [objects.Contents?.map((o) => o.Key), objects.CommonPrefixes?.map((p) => p.Prefix)];
    assert.deepEqual([versions.Versions?.map((v) => v.Key), versions.CommonPrefixes?.map((p) => p.Prefix)], shown);
    return shown;
  };
  assert.deepEqual(await browse(''), [['other'], ['Veeam/']]);
  assert.deepEqual(await browse('Veeam/'), [['Veeam/'], ['Veeam/Backup/']]);
  assert.deepEqual(await browse('Veeam/Backup/job/'), [['Veeam/Backup/job/', 'Veeam/Backup/job/block'], undefined]);
  assert.deepEqual(await browse('Veeam/Backup/job'), [undefined, ['Veeam/Backup/job/']]);
  await scene.remove(Bucket, 'Veeam/Backup/job/');
  assert.deepEqual(await browse('Veeam/Backup/'), [['Veeam/Backup/'], ['Veeam/Backup/job/']]);
});
