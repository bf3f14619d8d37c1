import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CreateBucketCommand, GetBucketLocationCommand } from '@aws-sdk/client-s3';
import { openBucketScene } from '../support/s3/bucket-scene.ts';

const home = await openBucketScene();
const abroad = await openBucketScene({ args: ['--region', 'eu-west-1'] });
after(async () => {
  await home.close();
  await abroad.close();
});

test('us-east-1 is the empty constraint', async () => {
  const Bucket = await home.newBucket();
  assert.equal((await home.client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint, undefined);
  const { xml } = await home.raw({ method: 'GET', path: `/${Bucket}`, query: 'location=' });
  assert.equal(
    xml,
    '<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>',
  );
});

test('another region is named, or the alias that was asked for', async () => {
  const Bucket = await abroad.newBucket();
  const locationOf = async (name: string) =>
    (await abroad.client.send(new GetBucketLocationCommand({ Bucket: name }))).LocationConstraint;
  assert.equal(await locationOf(Bucket), 'eu-west-1');
  const configuration = { LocationConstraint: 'EU' as const };
  await abroad.client.send(new CreateBucketCommand({ Bucket: 'old-style', CreateBucketConfiguration: configuration }));
  assert.equal(await locationOf('old-style'), 'EU');
});

test("no bucket, another's bucket", async () => {
  const Bucket = await home.newBucket('ann');
  const ask = (path: string, who?: string) => home.raw({ method: 'GET', path, query: 'location=' }, who);
  assert.equal((await ask('/nowhere')).element('Code'), 'NoSuchBucket');
  assert.equal((await ask(`/${Bucket}`, 'bob')).element('Code'), 'AccessDenied');
  assert.equal((await ask(`/${Bucket}`, 'reader')).status, 200);
});
