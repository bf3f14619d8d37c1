import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  DeleteBucketCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { runStowage } from '../support/run-stowage.ts';
import { type Ready, Served, s3Client } from './fixtures/served.ts';

/** `stowage preset`: a command that talks to the running server. */
describe('preset', { timeout: 60_000 }, () => {
  const served = new Served();
  let ready: Ready;
  let running: Awaited<ReturnType<Served['serve']>>['running'];
  before(async () => {
    ({ ready, running } = await served.serve());
  });
  after(() => served.close());

  const preset = (...words: string[]) => runStowage(['preset', ...words, '--data-dir', served.dataDir]);

  it('makes bucket, user and key at once; the key works, for that bucket alone', async () => {
    const { code, output } = await preset('restic', '--name', 'laptops', '--json');
    assert.equal(code, 0, output);
    const made = JSON.parse(output) as Record<string, string>; // Printed by the command under test.
    assert.equal(made.endpoint, ready.s3);
    assert.equal(made.bucket, 'laptops');
    const s3 = s3Client(ready.s3, { accessKeyId: made.accessKeyId ?? '', secretAccessKey: made.secretAccessKey ?? '' });
    await s3.send(new PutObjectCommand({ Bucket: 'laptops', Key: 'data', Body: 'x' }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'laptops', Key: 'data' }));
    assert.equal(await Body?.transformToString(), 'x');
    assert.deepEqual(
      (await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name),
      ['laptops'],
    );
  });

  it('for Veeam the bucket locks, tells its room, and the key cannot undo either', async () => {
    const { code, output } = await preset('veeam', '--name', 'repository', '--days', '30', '--json');
    assert.equal(code, 0, output);
    const made = JSON.parse(output) as Record<string, string>; // Printed by the command under test.
    assert.deepEqual([made.immutable, made.days], [true, 30]);
    const s3 = s3Client(ready.s3, { accessKeyId: made.accessKeyId ?? '', secretAccessKey: made.secretAccessKey ?? '' });
    const Bucket = 'repository';
    const lock = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    assert.deepEqual(lock.ObjectLockConfiguration, { ObjectLockEnabled: 'Enabled' });
    const Key = '.system-d26a9498-cb7c-4a87-a44a-8ae204f5ba6c/system.xml';
    assert.match(
      (await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()) ?? '',
      /Stowage/,
    );
    const denied = { name: 'AccessDenied' };
    await assert.rejects(
      s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })),
      denied,
    );
    await assert.rejects(s3.send(new DeleteBucketCommand({ Bucket })), denied);
    await assert.rejects(s3.send(new ListObjectsV2Command({ Bucket: 'laptops' })), denied);
  });

  it('shows the values in the order in which a program asks for them', async () => {
    const { code, output } = await preset('kopia', '--name', 'photos-backup');
    assert.equal(code, 0, output);
    const names = output
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/)[0]);
    assert.deepEqual(names, ['service point', 'region', 'access key', 'secret key', 'bucket', 'immutability']);
  });

  it('takes over nothing that stands, and says so in one line', async () => {
    const { code, output } = await preset('restic', '--name', 'laptops');
    assert.deepEqual([code, output], [2, 'stowage: there is a bucket laptops already\n']);
  });

  it('refuses what it does not know', async () => {
    assert.deepEqual((await preset('tape', '--name', 'x-y-z')).code, 2);
    assert.deepEqual((await preset('restic')).code, 2);
    assert.deepEqual((await preset('restic', '--name', 'abc', '--days', 'many')).code, 2);
  });

  it('the socket is for the user of the server alone, and goes with the server', async () => {
    const mode = statSync(join(served.dataDir, 'control.sock')).mode & 0o777;
    assert.equal(mode & 0o077, 0, mode.toString(8));
    await served.stop(running);
    const { code, output } = await preset('restic', '--name', 'later');
    assert.deepEqual([code, output], [3, 'stowage: no server runs on this data folder; start it first\n']);
  });
});
