import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBucketScene } from './bucket-scene.ts';

/** A bucket setting that is read by GET and removed by DELETE of one sub-resource. */
export interface SettingCase {
  readonly subresource: string;
  /** Body that sets it. */
  readonly xml: string;
  /** The document that GET answers then, without XML declaration. */
  readonly shown: string;
  /** Code of the answer where it is not set. */
  readonly absentCode: string;
}

/** GET of a setting: exactly this document, this code where there is none, and only for those who may read. */
export async function testGetSetting(setting: SettingCase): Promise<void> {
  const scene = await openBucketScene();
  after(() => scene.close());
  const query = `${setting.subresource}=`;

  test('shows what was put, to those who may read', async () => {
    const path = `/${await scene.newBucket('ann')}`;
    const absent = await scene.raw({ method: 'GET', path, query }, 'ann');
    assert.deepEqual([absent.status, absent.element('Code')], [404, setting.absentCode]);
    assert.equal(absent.element('BucketName'), path.slice(1));
    await scene.raw({ method: 'PUT', path, query, xml: setting.xml }, 'ann');
    for (const who of ['ann', 'boss', 'reader', 'chief']) {
      const answer = await scene.raw({ method: 'GET', path, query }, who);
      assert.equal(answer.status, 200, who);
      assert.equal(answer.header('content-type'), 'application/xml');
      assert.equal(answer.xml, `<?xml version="1.0" encoding="UTF-8"?>\n${setting.shown}`);
    }
    for (const who of ['bob', 'abe']) {
      assert.equal((await scene.raw({ method: 'GET', path, query }, who)).element('Code'), 'AccessDenied');
    }
  });

  test('no bucket', async () => {
    assert.equal((await scene.raw({ method: 'GET', path: '/nowhere', query })).element('Code'), 'NoSuchBucket');
  });
}

/** DELETE of a setting: gone afterwards, also where there was none, and only for those who may write. */
export async function testDeleteSetting(setting: SettingCase): Promise<void> {
  const scene = await openBucketScene();
  after(() => scene.close());
  const query = `${setting.subresource}=`;

  test('removes it, twice, for those who may write', async () => {
    const path = `/${await scene.newBucket('ann')}`;
    await scene.raw({ method: 'PUT', path, query, xml: setting.xml }, 'ann');
    for (const who of ['bob', 'abe', 'reader']) {
      assert.equal((await scene.raw({ method: 'DELETE', path, query }, who)).element('Code'), 'AccessDenied');
    }
    assert.equal((await scene.raw({ method: 'GET', path, query }, 'ann')).status, 200);
    for (const who of ['ann', 'boss']) {
      const gone = await scene.raw({ method: 'DELETE', path, query }, who);
      assert.deepEqual([gone.status, gone.xml], [204, '']);
      assert.equal((await scene.raw({ method: 'GET', path, query }, 'ann')).element('Code'), setting.absentCode);
    }
  });

  test('no bucket', async () => {
    assert.equal((await scene.raw({ method: 'DELETE', path: '/nowhere', query })).element('Code'), 'NoSuchBucket');
  });
}
