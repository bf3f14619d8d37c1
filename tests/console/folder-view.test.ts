import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type FolderRow, folderViewSchema, searchAnswerSchema } from '../../src-server/contract/folder-view.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const BUCKETS = '/api/v1/buckets';
const KEYS: readonly (readonly [key: string, sizeBytes: number, tagging?: string])[] = [
  ['/leading', 1],
  ['../up', 2],
  ['a//b', 3],
  ['a/./c', 4],
  ['a/plain.txt', 5],
  ['docs/Invoice-1.PDF', 40, 'case=42&paid=yes'],
  ['docs/invoice-2.pdf', 30, 'case=43'],
  ['docs/photo.jpg', 70],
  ['docs/sub/Übung.txt', 8],
  ['docs/tab\tand 100%.bin', 9],
  ['top.txt', 10],
];

describe('views of folders', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let user: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: (['admin', 'user'] as const).map((role) => ({ name: role, role, password: PASSWORD })),
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    user = await signInTo(server.consoleUrl, 'user', PASSWORD);
    await admin.send('POST', BUCKETS, { name: 'files', versioning: true });
    await user.send('POST', BUCKETS, { name: 'mine', versioning: false });
    for (const [key, sizeBytes, tagging] of KEYS) {
      const tags = tagging === undefined ? {} : { Tagging: tagging };
      await server.client.send(
        new PutObjectCommand({ Bucket: 'files', Key: key, Body: 'x'.repeat(sizeBytes), ...tags }),
      );
    }
    await server.client.send(new PutObjectCommand({ Bucket: 'mine', Key: 'my invoice', Body: 'x' }));
  });
  after(() => server.close());

  const view = async (query: Record<string, string>, bucket = 'files') => {
    const response = await admin.send('GET', `${BUCKETS}/${bucket}/folder?${new URLSearchParams(query)}`);
    return folderViewSchema.parse(await response.json());
  };
  const nameOf = (row: FolderRow) => (row.kind === 'folder' ? row.prefix : row.key);
  const names = async (query: Record<string, string>) => (await view(query)).rows.map(nameOf);

  it('shows folders as keys have them, empty and dotted names included', async () => {
    assert.deepEqual(await names({}), ['../', '/', 'a/', 'docs/', 'top.txt']);
    assert.deepEqual(await names({ prefix: '/' }), ['/leading']);
    assert.deepEqual(await names({ prefix: '../' }), ['../up']);
    assert.deepEqual(await names({ prefix: 'a/' }), ['a/./', 'a//', 'a/plain.txt']);
    assert.deepEqual(await names({ prefix: 'a//' }), ['a//b']);
    assert.deepEqual(await names({ prefix: 'a/./' }), ['a/./c']);
  });

  it('counts the rows and their bytes, and gives any of them by number', async () => {
    const whole = await view({ prefix: 'docs/' });
    assert.deepEqual([whole.total, whole.totalBytes, whole.isComplete, whole.isCut], [5, 149, true, false]);
    const page = await view({ prefix: 'docs/', offset: '2', limit: '2', view: String(whole.view) });
    assert.deepEqual(page.rows, whole.rows.slice(2, 4));
    assert.equal(page.view, whole.view);
  });

  it('sorts the whole folder, folders first', async () => {
    const bySize = [
      'docs/sub/',
      'docs/photo.jpg',
      'docs/Invoice-1.PDF',
      'docs/invoice-2.pdf',
      'docs/tab\tand 100%.bin',
    ];
    assert.deepEqual(await names({ prefix: 'docs/', sort: 'size', order: 'desc' }), bySize);
    assert.equal((await names({ prefix: 'docs/', sort: 'type' })).at(-1), 'docs/invoice-2.pdf');
    assert.deepEqual((await names({ order: 'desc' }))[0], 'top.txt');
    assert.equal((await names({ prefix: 'docs/', sort: 'changed', order: 'desc' }))[1], 'docs/tab\tand 100%.bin');
  });

  it('finds by name, type, size, time and tag, behind the folder', async () => {
    const invoices = ['docs/Invoice-1.PDF', 'docs/invoice-2.pdf'];
    assert.deepEqual(await names({ name: 'INVOICE' }), invoices);
    assert.deepEqual(await names({ prefix: 'docs/', name: 'docs' }), []);
    assert.deepEqual(await names({ name: 'übung' }), ['docs/sub/Übung.txt']);
    assert.deepEqual(await names({ kind: 'image' }), ['docs/photo.jpg']);
    assert.deepEqual(await names({ ending: 'PDF' }), invoices);
    assert.deepEqual(await names({ minBytes: '31', maxBytes: '40' }), ['docs/Invoice-1.PDF']);
    assert.deepEqual(await names({ untilMs: '1000' }), []);
    assert.equal((await names({ fromMs: '1000' })).length, KEYS.length);
    assert.deepEqual(await names({ tag: 'case' }), invoices);
    assert.deepEqual(await names({ tag: 'case=42' }), ['docs/Invoice-1.PDF']);
    assert.deepEqual(await names({ tag: 'case=4' }), []);
    assert.deepEqual(await names({ name: 'i', minBytes: '20', sort: 'size' }), invoices.toReversed());
    assert.deepEqual(await names({ name: '%' }), ['docs/tab\tand 100%.bin']);
  });

  it('begins a page near a name', async () => {
    const page = await view({ prefix: 'docs/', locate: 'photo.jpg', limit: '2' });
    assert.deepEqual([page.offset, page.rows.map(nameOf)], [1, ['docs/invoice-2.pdf', 'docs/photo.jpg']]);
  });

  it('keeps its numbers while objects come and go, and says what is gone', async () => {
    const put = (key: string) => server.client.send(new PutObjectCommand({ Bucket: 'files', Key: key, Body: 'x' }));
    for (const key of ['moving/b', 'moving/c']) await put(key);
    const first = await view({ prefix: 'moving/' });
    await put('moving/a');
    await server.client.send(new DeleteObjectCommand({ Bucket: 'files', Key: 'moving/b' }));
    const again = await view({ prefix: 'moving/', view: String(first.view) });
    assert.deepEqual(
      again.rows.map(({ kind }) => kind),
      ['gone', 'file'],
    );
    assert.deepEqual(await names({ prefix: 'moving/' }), ['moving/a', 'moving/c']);
    const deleted = (await view({ prefix: 'moving/', deleted: 'true' })).rows;
    assert.deepEqual(
      deleted.map(({ kind }) => kind),
      ['file', 'deleted', 'file'],
    );
  });

  it('searches the buckets that one may read, no others', async () => {
    const search = async (client: ConsoleClient) => {
      const response = await client.send('GET', '/api/v1/search?name=invoice');
      return searchAnswerSchema.parse(await response.json()).rows.map(({ bucket, row }) => `${bucket} ${nameOf(row)}`);
    };
    const all = ['files docs/Invoice-1.PDF', 'files docs/invoice-2.pdf', 'mine my invoice'];
    assert.deepEqual(await search(admin), all);
    assert.deepEqual(await search(user), ['mine my invoice']);
  });

  it('refuses who may not, and what makes no sense', async () => {
    const cases: readonly (readonly [ConsoleClient, string, number, string])[] = [
      [user, 'files/folder', 403, 'AccessDenied'],
      [user, 'files/folder?view=1', 403, 'AccessDenied'],
      [admin, 'nowhere/folder', 404, 'NoSuchBucket'],
      [admin, 'files/folder?sort=colour', 400, 'InvalidRequest'],
      [admin, 'files/folder?limit=1001', 400, 'InvalidRequest'],
      [admin, 'files/folder?offset=-1', 400, 'InvalidRequest'],
    ];
    for (const [client, path, status, code] of cases) {
      const response = await client.send('GET', `${BUCKETS}/${path}`);
      assert.deepEqual([response.status, await codeOf(response)], [status, code]);
    }
    assert.equal((await fetch(`${server.consoleUrl}/api/v1/search?name=x`)).status, 401);
  });

  it('a view of another bucket is not to be had by its number', async () => {
    const { view: id } = await view({});
    const response = await user.send('GET', `${BUCKETS}/mine/folder?view=${id}`);
    assert.deepEqual(folderViewSchema.parse(await response.json()).rows.map(nameOf), ['my invoice']);
  });
});
