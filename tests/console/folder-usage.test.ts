import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DeleteObjectCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { folderUsageSchema } from '../../src-server/contract/folder-usage.ts';
import { measureFolders } from '../../src-server/services/buckets/measure-folders.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { bucketName, provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const Bucket = 'office';

describe('what fills a folder', () => {
  let server: TestServer;
  let anna: ConsoleClient;
  let other: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: [
        { name: 'anna', role: 'admin', password: PASSWORD },
        { name: 'ben', role: 'user', password: PASSWORD },
      ],
      buckets: [{ name: Bucket, owner: 'anna' }],
    });
    await server.client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const sizes: Readonly<Record<string, number>> = {
      'top.bin': 7,
      '2026/march/a': 100,
      '2026/march/deep/b': 50,
      '2026/april/c': 30,
      '2026/': 1,
      '2026!beside': 5,
      '2026/note': 2,
      'ärger/ü': 11,
      '\u{1f600}/smile': 3,
    };
    for (const [Key, size] of Object.entries(sizes)) {
      await server.client.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(size) }));
    }
    // A version behind another, and one behind a delete marker: both fill the disk.
    await server.client.send(new PutObjectCommand({ Bucket, Key: '2026/march/a', Body: Buffer.alloc(10) }));
    await server.client.send(new DeleteObjectCommand({ Bucket, Key: '2026/april/c' }));
    anna = await signInTo(server.consoleUrl, 'anna', PASSWORD);
    other = await signInTo(server.consoleUrl, 'ben', PASSWORD);
  });
  after(() => server?.close());

  const usage = async (prefix: string) => {
    const response = await anna.send(
      'GET',
      `/api/v1/buckets/${Bucket}/folder-usage?prefix=${encodeURIComponent(prefix)}`,
    );
    assert.equal(response.status, 200);
    return folderUsageSchema.parse(await response.json());
  };

  it('adds up a whole bucket by its folders, old versions too', async () => {
    const { folders, files, totalBytes, isComplete, others } = await usage('');
    assert.deepEqual(folders, [
      { name: '2026/', bytes: 193, versions: 6 },
      { name: 'ärger/', bytes: 11, versions: 1 },
      { name: '\u{1f600}/', bytes: 3, versions: 1 },
    ]);
    assert.deepEqual(files, { bytes: 12, versions: 2 });
    assert.deepEqual(others, { folders: 0, bytes: 0, versions: 0 });
    assert.equal(totalBytes, 219);
    assert.equal(isComplete, true);
  });

  it('adds up one folder, and nothing beside it', async () => {
    const { folders, files, totalBytes } = await usage('2026/');
    assert.deepEqual(folders, [
      { name: 'march/', bytes: 160, versions: 3 },
      { name: 'april/', bytes: 30, versions: 1 },
    ]);
    assert.deepEqual(files, { bytes: 3, versions: 2 });
    assert.equal(totalBytes, 193);
  });

  it('comes to the same in runs of a few versions', async () => {
    for (const prefix of ['', '2026/', '2026/march/', 'not/there/']) {
      const [whole, inRuns] = await Promise.all(
        [5000, 2].map((rows) => measureFolders(server.context, bucketName(Bucket), prefix, rows)),
      );
      assert.deepEqual({ ...inRuns, asOfMs: 0 }, { ...whole, asOfMs: 0 });
    }
  });

  it('puts the smaller of many folders together, and still adds up', async () => {
    for (let i = 0; i < 60; i += 1) {
      await server.client.send(new PutObjectCommand({ Bucket, Key: `many/${i}/x`, Body: Buffer.alloc(i) }));
    }
    const { folders, others, totalBytes } = await usage('many/');
    assert.equal(folders.length, 50);
    assert.equal(folders[0]?.name, '59/');
    assert.deepEqual(others, { folders: 10, bytes: 45, versions: 10 });
    assert.equal(totalBytes, (59 * 60) / 2);
  });

  it('is for who may list the bucket, and of a bucket that is there', async () => {
    const refused = await other.send('GET', `/api/v1/buckets/${Bucket}/folder-usage`);
    assert.equal(await codeOf(refused), 'AccessDenied');
    const absent = await anna.send('GET', '/api/v1/buckets/nothing-there/folder-usage');
    assert.equal(await codeOf(absent), 'NoSuchBucket');
  });
});
