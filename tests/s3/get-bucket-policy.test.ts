import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBucketScene } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { raw } = scene;
after(() => scene.close());
const query = 'policy=';

test('the text as it was put, as JSON, to those who may read it', async () => {
  const bucket = await scene.newBucket('ann');
  const path = `/${bucket}`;
  const absent = await raw({ method: 'GET', path, query }, 'ann');
  assert.deepEqual(
    [absent.status, absent.element('Code'), absent.element('BucketName')],
    [404, 'NoSuchBucketPolicy', bucket],
  );
  const text = `{ "Statement": {"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::${bucket}"} }\n`;
  assert.equal((await raw({ method: 'PUT', path, query, xml: text }, 'ann')).status, 204);
  for (const who of ['ann', 'boss', 'reader', 'chief']) {
    const answer = await raw({ method: 'GET', path, query }, who);
    assert.deepEqual([answer.status, answer.header('content-type'), answer.xml], [200, 'application/json', text], who);
  }
  for (const who of ['bob', 'abe']) {
    assert.equal((await raw({ method: 'GET', path, query }, who)).element('Code'), 'AccessDenied', who);
  }
});

test('no bucket', async () => {
  assert.equal((await raw({ method: 'GET', path: '/nowhere', query })).element('Code'), 'NoSuchBucket');
});
