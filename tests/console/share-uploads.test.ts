import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Share } from '../../src-server/contract/shares.ts';
import { signInTo } from '../support/console-client.ts';
import { driveShares, type ShareDriver } from '../support/share-driver.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';

describe('upload requests', () => {
  let server: TestServer;
  let links: ShareDriver;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, { users: [{ name: 'admin', role: 'admin', password: PASSWORD }] });
    const admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    links = driveShares(server, admin);
    assert.equal((await admin.send('POST', '/api/v1/buckets', { name: 'office' })).status, 201);
  });
  after(() => server.close());

  const form = (sender: string, files: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[]) => {
    const data = new FormData();
    data.append('sender', sender);
    for (const [name, content] of files) data.append('files', new Blob([content]), name);
    return data;
  };
  const send = (share: Share, body: FormData, headers: Record<string, string> = {}) => {
    // As browsers do: the length is known.
    const encoded = new Response(body);
    const type = encoded.headers.get('content-type') ?? '';
    return encoded.arrayBuffer().then((bytes) =>
      links.get(`${share.path}/files`, {
        method: 'POST',
        headers: { 'content-type': type, ...headers },
        body: bytes,
      }),
    );
  };
  const read = async (Key: string) =>
    (await server.client.send(new GetObjectCommand({ Bucket: 'office', Key }))).Body?.transformToString();
  const receiptOf = async (response: Response) => {
    assert.equal(response.status, 303, await response.clone().text());
    return (await links.get(response.headers.get('location'))).text();
  };

  it('takes files by a plain form into a folder of the sender, and keeps both', async () => {
    const share = await links.make({
      items: ['inbox/'],
      isUpload: true,
      maxBytes: 1_000_000,
      maxFiles: 10,
      note: 'The plans',
    });
    const page = await links.get(share.path);
    const text = await page.text();
    assert.ok(text.includes('multipart/form-data') && text.includes('The plans'));
    assert.ok(Buffer.byteLength(text) <= 40 * 1024);
    assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'sha256-/);
    const first = await receiptOf(
      await send(
        share,
        form('Acme / Oy', [
          ['plan.txt', 'one'],
          ['../../etc/passwd', 'x'],
        ]),
      ),
    );
    assert.ok(
      first.includes('plan.txt') && first.includes('7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed'),
    );
    await receiptOf(await send(share, form('Acme / Oy', [['plan.txt', 'two']])));
    assert.equal(await read('inbox/Acme  Oy/plan.txt'), 'one');
    assert.equal(await read('inbox/Acme  Oy/plan (2).txt'), 'two');
    assert.equal(await read('inbox/Acme  Oy/passwd'), 'x');
    const { share: listed } = await links.details(share);
    assert.deepEqual([listed.receivedFiles, listed.receivedBytes, listed.state], [3, 7, 'active']);
    assert.equal((await links.download(share, 'Acme  Oy/plan.txt')).status, 404);
    assert.ok(!(await (await links.get(`${share.path}?path=Acme%20%20Oy/`)).text()).includes('plan.txt'));
  });

  it('two of one name at once become two', async () => {
    const share = await links.make({ items: ['both/'], isUpload: true, maxBytes: 1_000_000, maxFiles: 10 });
    await Promise.all([1, 2, 3].map(async (n) => receiptOf(await send(share, form('s', [['x.txt', `${n}`]])))));
    const contents = await Promise.all(['x.txt', 'x (2).txt', 'x (3).txt'].map((name) => read(`both/s/${name}`)));
    assert.deepEqual(contents.toSorted(), ['1', '2', '3']);
  });

  it('holds to its limits: bytes, files, types', async () => {
    const small = await links.make({ items: ['small/'], isUpload: true, maxBytes: 100, maxFiles: 100 });
    const refused = await receiptOf(await send(small, form('s', [['big.bin', 'x'.repeat(101)]])));
    assert.ok(refused.includes('There is no room for it.'));
    await receiptOf(await send(small, form('s', [['fits.bin', 'x'.repeat(100)]])));
    assert.deepEqual(
      [(await links.details(small)).share.receivedBytes, (await links.get(small.path)).status],
      [100, 404],
    );
    const few = await links.make({ items: ['few/'], isUpload: true, maxBytes: 1000, maxFiles: 2 });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => send(few, form('s', [[`${n}.txt`, 'x']]))));
    assert.ok(answers.length === 8);
    assert.equal((await links.details(few)).share.receivedFiles, 2);
    const typed = await links.make({
      items: ['typed/'],
      isUpload: true,
      maxBytes: 1000,
      maxFiles: 5,
      fileTypes: ['pdf'],
    });
    const text = await receiptOf(
      await send(
        typed,
        form('s', [
          ['a.exe', 'x'],
          ['b.PDF', 'y'],
        ]),
      ),
    );
    assert.ok(text.includes('Files of this type are not wanted here.'));
    assert.equal(await read('typed/s/b.PDF'), 'y');
    assert.equal((await links.details(typed)).share.receivedFiles, 1);
  });

  it('takes one file as raw bytes, for the page with a bar', async () => {
    const share = await links.make({ items: ['raw/'], isUpload: true, maxBytes: 10, maxFiles: 5 });
    const putFile = (name: string, body: string, more = '') =>
      links.get(`${share.path}/file?name=${encodeURIComponent(name)}&sender=Bo${more}`, { method: 'PUT', body });
    const first = await putFile('a.txt', 'hello');
    assert.equal(first.status, 201);
    const { receipt, file } = (await first.json()) as { receipt: string; file: { name: string } };
    assert.equal(file.name, 'a.txt');
    const refused = await putFile('b.txt', '123456', `&receipt=${receipt}`);
    assert.equal(refused.status, 422);
    const text = await (await links.get(`${share.path}?receipt=${receipt}`)).text();
    assert.ok(text.includes('a.txt') && text.includes('b.txt') && text.includes('There is no room for it.'));
    assert.equal(await read('raw/Bo/a.txt'), 'hello');
  });

  it('asks for its password, and takes nothing of a broken form', async () => {
    const share = await links.make({
      items: ['locked/'],
      isUpload: true,
      maxBytes: 1000,
      maxFiles: 5,
      password: 'open sesame',
    });
    assert.equal((await send(share, form('s', [['a.txt', 'x']]))).status, 404);
    assert.equal((await links.get(`${share.path}/file?name=a&sender=b`, { method: 'PUT', body: 'x' })).status, 404);
    const open = await links.make({ items: ['open/'], isUpload: true, maxBytes: 1000, maxFiles: 5 });
    const broken = await links.get(`${open.path}/files`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf of it',
    });
    assert.ok(broken.status >= 300, String(broken.status));
    const { share: listed } = await links.details(open);
    assert.deepEqual([listed.receivedFiles, listed.receivedBytes], [0, 0]);
  });
});
