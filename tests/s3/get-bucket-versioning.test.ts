import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBucketScene } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
after(() => scene.close());

test('an empty document before versioning was ever enabled, then its status', async () => {
  const bucket = await scene.newBucket();
  const ask = () => scene.raw({ method: 'GET', path: `/${bucket}`, query: 'versioning=' });
  const document = (inner: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</VersioningConfiguration>`;
  assert.equal((await ask()).xml, document(''));
  const xml = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
  await scene.raw({ method: 'PUT', path: `/${bucket}`, query: 'versioning=', xml });
  assert.equal((await ask()).xml, document('<Status>Enabled</Status>'));
});

test("no bucket, another's bucket", async () => {
  const bucket = await scene.newBucket('ann');
  const ask = (path: string, who: string) => scene.raw({ method: 'GET', path, query: 'versioning=' }, who);
  assert.equal((await ask('/nowhere', 'bob')).element('Code'), 'NoSuchBucket');
  assert.equal((await ask(`/${bucket}`, 'bob')).element('Code'), 'AccessDenied');
});
