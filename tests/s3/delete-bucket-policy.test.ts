import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBucketScene } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { raw } = scene;
after(() => scene.close());
const query = 'policy=';

test('removes it, twice, for those who may write', async () => {
  const bucket = await scene.newBucket('ann');
  const path = `/${bucket}`;
  const text = `{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::${bucket}"}}`;
  await raw({ method: 'PUT', path, query, xml: text }, 'ann');
  for (const who of ['bob', 'abe', 'reader']) {
    assert.equal((await raw({ method: 'DELETE', path, query }, who)).element('Code'), 'AccessDenied');
  }
  for (const who of ['ann', 'boss']) {
    const gone = await raw({ method: 'DELETE', path, query }, who);
    assert.deepEqual([gone.status, gone.xml], [204, '']);
    assert.equal((await raw({ method: 'GET', path, query }, 'ann')).element('Code'), 'NoSuchBucketPolicy');
  }
});

test('a policy goes with its bucket: another one of the name has none', async () => {
  const path = `/${await scene.newBucket('ann')}`;
  const text = `{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"s3:*","Resource":"arn:aws:s3:::${path.slice(1)}"}}`;
  await raw({ method: 'PUT', path, query, xml: text }, 'ann');
  await raw({ method: 'DELETE', path }, 'ann');
  // A name is held for its account for a while; to ann it is free at once.
  assert.equal((await raw({ method: 'PUT', path }, 'ann')).status, 200);
  assert.equal((await raw({ method: 'GET', path, query }, 'ann')).element('Code'), 'NoSuchBucketPolicy');
});

test('no bucket', async () => {
  assert.equal((await raw({ method: 'DELETE', path: '/nowhere', query })).element('Code'), 'NoSuchBucket');
});
