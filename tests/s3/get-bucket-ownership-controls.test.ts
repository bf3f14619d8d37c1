import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBucketScene } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
after(() => scene.close());

test('the document, to those who may read', async () => {
  const path = `/${await scene.newBucket('ann')}`;
  const get = (who: string) => scene.raw({ method: 'GET', path, query: 'ownershipControls=' }, who);
  assert.equal(
    (await get('reader')).xml,
    '<?xml version="1.0" encoding="UTF-8"?>\n<OwnershipControls xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>',
  );
  assert.equal((await get('bob')).element('Code'), 'AccessDenied');
});

test('no bucket', async () => {
  const answer = await scene.raw({ method: 'GET', path: '/nowhere', query: 'ownershipControls=' });
  assert.equal(answer.element('Code'), 'NoSuchBucket');
});
