import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sharePageSchema } from '../../src-server/contract/shares.ts';
import { type ConsoleClient, signInTo } from '../support/console-client.ts';
import { driveShares, type ShareDriver } from '../support/share-driver.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const SHARES = '/api/v1/shares';
const USERS = (['admin', 'user'] as const).map((role) => ({ name: role, role, password: PASSWORD }));

describe('the links of a file', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let user: ConsoleClient;
  let links: ShareDriver;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, { users: USERS });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    user = await signInTo(server.consoleUrl, 'user', PASSWORD);
    links = driveShares(server, admin);
    await admin.send('POST', '/api/v1/buckets', { name: 'office' });
    await user.send('POST', '/api/v1/buckets', { name: 'mine' });
    for (const key of ['a.txt', 'folder/sub/two.txt', 'folder-secret/secret.txt'])
      await links.put('office', key, 'x', 'text/plain');
    await links.put('mine', 'a.txt', 'mine', 'text/plain');
  });
  after(() => server.close());

  it('lists the links that lead to one file or folder: by name, and through folders around it', async () => {
    const own = await links.make({ items: ['folder/sub/two.txt', 'a.txt'] });
    const around = await links.make({ items: ['folder/'] });
    const all = await links.make({ items: [''] });
    const request = await links.make({ items: ['folder/'], isUpload: true });
    await links.make({ items: ['folder'.concat('-secret/')] });
    await links.make({ bucket: 'mine', items: ['a.txt'] }, user);
    const listed = async (item: string, client = admin, more = '') => {
      const response = await client.send('GET', `${SHARES}?bucket=office&item=${encodeURIComponent(item)}${more}`);
      const { shares, nextCursor } = sharePageSchema.parse(await response.json());
      return { ids: shares.map(({ id }) => id), nextCursor };
    };
    const made = new Set([own.id, around.id, all.id, request.id]);
    const known = async (item: string) => (await listed(item)).ids.filter((id) => made.has(id)).sort();
    assert.deepEqual(await known('folder/sub/two.txt'), [own.id, around.id, all.id].sort());
    assert.deepEqual(await known('folder/'), [around.id, all.id, request.id].sort());
    assert.deepEqual(await known('folder-secret/secret.txt'), [all.id]);
    assert.deepEqual(await known(''), [all.id]);
    const first = await listed('folder/sub/two.txt', admin, '&limit=1');
    const second = await listed('folder/sub/two.txt', admin, `&limit=1&cursor=${first.nextCursor}`);
    assert.deepEqual([...first.ids, ...second.ids], [all.id, around.id]);
    assert.deepEqual((await listed('folder/sub/two.txt', user)).ids, [], 'of one who made none');
    assert.equal((await admin.send('GET', `${SHARES}?item=a.txt`)).status, 400);
  });
});
