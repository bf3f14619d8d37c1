import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { sharePageSchema } from '../../src-server/contract/shares.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { driveShares, type ShareDriver } from '../support/share-driver.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const SHARES = '/api/v1/shares';
const LARGE = randomBytes(5_000_000);

const USERS = (['admin', 'user', 'readonly'] as const).map((role) => ({ name: role, role, password: PASSWORD }));

describe('shares', () => {
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
    assert.equal((await admin.send('POST', '/api/v1/buckets', { name: 'office' })).status, 201);
    assert.equal((await user.send('POST', '/api/v1/buckets', { name: 'mine' })).status, 201);
    for (const [key, body, type] of [
      ['a.txt', 'hello', 'text/plain'],
      ['folder/one.txt', 'one', 'text/plain'],
      ['folder/sub/two.txt', 'two', 'text/plain'],
      ['folder-secret/secret.txt', 'secret', 'text/plain'],
      ['folder/../up.txt', 'odd but inside', 'text/plain'],
      ['secret.txt', 'secret', 'text/plain'],
      ['ümläut "quoted" <b>.txt', 'x', 'text/plain'],
      ['bad/<img src=x onerror=alert(1)>.html', '<script>alert(1)</script>', 'text/html'],
      ['bad/pic.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'image/svg+xml'],
      ['pic.png', 'png', 'image/png'],
    ] as const) {
      await links.put('office', key, body, type);
    }
    await links.put('office', 'large.bin', LARGE, 'video/mp4');
    await links.put('mine', 'a.txt', 'mine', 'text/plain');
  });
  after(() => server.close());

  it('leads to one file: a page, a download, HEAD, ranges, a name in any language', async () => {
    const share = await links.make({ items: ['ümläut "quoted" <b>.txt'], note: 'Look <here>' });
    assert.equal(share.kind, 'file');
    const page = await links.get(share.path);
    const text = await page.text();
    assert.equal(page.status, 200);
    assert.ok(text.includes('ümläut &quot;quoted&quot; &lt;b&gt;.txt') && text.includes('Look &lt;here&gt;'));
    assert.ok(!text.includes('<b>.txt') && !text.includes('<script'));
    assert.ok(Buffer.byteLength(text) <= 40 * 1024, `${Buffer.byteLength(text)} bytes`);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*form-action 'self'/);
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    assert.match(page.headers.get('x-robots-tag') ?? '', /noindex/);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    const head = await links.download(share, '', { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, '1']);
    const file = await links.bytesOf(share);
    assert.equal(await file.text(), 'x');
    const disposition = file.headers.get('content-disposition') ?? '';
    assert.ok(
      disposition.startsWith("attachment; filename*=UTF-8''%C3%BCml%C3%A4ut%20%22quoted%22%20%3Cb%3E.txt"),
      disposition,
    );
    assert.match(file.headers.get('content-security-policy') ?? '', /sandbox/);
  });

  it('speaks the language of who reads', async () => {
    const share = await links.make({ items: ['a.txt'] });
    const german = await links.get(share.path, { headers: { 'accept-language': 'fr, de-CH;q=0.8, en;q=0.5' } });
    const text = await german.text();
    assert.ok(text.includes('lang="de"') && text.includes('Herunterladen'));
  });

  it('gives ranges and resumes of one download, counted once', async () => {
    const share = await links.make({ items: ['large.bin'], downloadLimit: 1 });
    const started = await links.download(share);
    const address = started.headers.get('location');
    const first = await links.get(address, { headers: { range: 'bytes=0-999999' } });
    assert.equal(first.status, 206);
    assert.deepEqual(Buffer.from(await first.arrayBuffer()), LARGE.subarray(0, 1_000_000));
    const rest = await links.get(address, {
      headers: { range: 'bytes=1000000-', 'if-range': first.headers.get('etag') ?? '' },
    });
    assert.deepEqual(Buffer.from(await rest.arrayBuffer()), LARGE.subarray(1_000_000));
    const head = await links.get(address, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(LARGE.byteLength)]);
    assert.equal((await links.get(address, { headers: { range: 'bytes=9999999-' } })).status, 416);
    assert.equal((await links.download(share)).status, 404);
    assert.equal((await links.get(share.path)).status, 404);
    const listed = await links.details(share);
    assert.deepEqual([listed.share.state, listed.share.downloads], ['used-up', 1]);
    // Handed around, a ticket runs out: midway at first, then at once.
    const answers: (number | 'broken')[] = [];
    for (let i = 0; i < 4; i++) {
      answers.push(
        await links
          .get(address)
          .then((response) => response.arrayBuffer().then(() => response.status))
          .catch(() => 'broken' as const),
      );
    }
    assert.deepEqual(answers, [200, 200, 'broken', 404]);
  });

  it('never admits more downloads than the limit, however many start at once', async () => {
    const share = await links.make({ items: ['a.txt'], downloadLimit: 10 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => links.download(share)));
    assert.equal(answers.filter(({ status }) => status === 303).length, 10);
    assert.equal(answers.filter(({ status }) => status === 404).length, 40);
    assert.equal((await links.details(share)).share.downloads, 10);
  });

  it('answers every link that does not work alike', async () => {
    const dead = await (await links.get(`/s/${'A'.repeat(32)}`)).text();
    const revoked = await links.make({ items: ['a.txt'] });
    await links.change(revoked, { isRevoked: true });
    const expired = await links.make({ items: ['a.txt'] });
    await links.change(expired, { expiresAtMs: 1 });
    for (const path of [revoked.path, expired.path, '/s/short', `/s/${'%00'.repeat(9)}`]) {
      const response = await links.get(path ?? '');
      assert.deepEqual([response.status, await response.text()], [404, dead], path ?? '');
    }
    for (const share of [revoked, expired]) {
      assert.equal((await links.download(share)).status, 404);
      assert.equal((await links.get(`${share.path}/view`)).status, 404);
    }
    assert.equal((await links.change(revoked, { isRevoked: false })).state, 'active');
    assert.equal((await links.get(revoked.path)).status, 200);
  });

  it('says nothing of a link that is used up, whatever receipt is named', async () => {
    const dead = await (await links.get(`/s/${'A'.repeat(32)}`)).text();
    for (const item of ['a.txt', 'folder/']) {
      const share = await links.make({ items: [item], downloadLimit: 1 });
      assert.equal((await links.get(item === 'a.txt' ? `${share.path}/download` : `${share.path}/zip`)).status, 303);
      for (const query of ['', '?receipt=x', '?receipt=', '?receipt=x&path=sub/']) {
        const response = await links.get(`${share.path}${query}`);
        assert.deepEqual([response.status, await response.text()], [404, dead], item + query);
      }
    }
  });

  it('asks for a password before it says anything', async () => {
    const share = await links.make({ items: ['a.txt'], password: 'open sesame' });
    const asked = await (await links.get(share.path)).text();
    assert.ok(asked.includes('type="password"') && !asked.includes('a.txt'));
    assert.equal((await links.download(share)).headers.get('location'), share.path);
    assert.equal((await links.get(`${share.path}/view`)).status, 404);
    const post = (password: string, headers: Record<string, string> = {}) =>
      links.get(share.path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams({ password }),
      });
    assert.equal((await post('open sesame', { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await post('wrong')).status, 403);
    const right = await post('open sesame');
    assert.equal(right.status, 303);
    const cookie = right.headers.get('set-cookie') ?? '';
    assert.match(cookie, new RegExp(`^stowage_share=[^;]+; Path=${share.path}; HttpOnly; SameSite=Lax`));
    const proof = { cookie: cookie.split(';')[0] ?? '' };
    assert.ok((await (await links.get(share.path, { headers: proof })).text()).includes('a.txt'));
    assert.equal((await links.download(share, '', { headers: proof })).status, 303);
    const other = await links.make({ items: ['a.txt'], password: 'open sesame' });
    assert.ok(!(await (await links.get(other.path, { headers: proof })).text()).includes('a.txt'));
    await links.change(share, { password: 'another one' });
    assert.ok(!(await (await links.get(share.path, { headers: proof })).text()).includes('a.txt'));
    assert.equal((await links.details(share)).uses.filter(({ kind }) => kind === 'refused').length, 1);
  });

  it('slows down who guesses passwords', async () => {
    const share = await links.make({ items: ['a.txt'], password: 'open sesame' });
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) {
      const response = await links.get(share.path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'password=wrong',
      });
      statuses.push(response.status);
      if (response.status === 429) assert.ok(Number(response.headers.get('retry-after')) > 0);
    }
    assert.equal(statuses.at(-1), 429);
  });

  it('shows a folder and what is in it, and nothing beside it', async () => {
    const share = await links.make({ items: ['folder/'] });
    const text = await (await links.get(share.path)).text();
    assert.ok(text.includes('one.txt') && text.includes('path=sub%2F') && !text.includes('secret'));
    assert.ok((await (await links.get(`${share.path}?path=sub/`)).text()).includes('two.txt'));
    assert.equal(await (await links.bytesOf(share, 'sub/two.txt')).text(), 'two');
    // A key's dots are letters like any other.
    assert.equal(await (await links.bytesOf(share, '../up.txt')).text(), 'odd but inside');
    const outside = [
      '../secret.txt',
      '../../secret.txt',
      '/secret.txt',
      '-secret/secret.txt',
      '../folder-secret/secret.txt',
      '%2e%2e/secret.txt',
      'sub/../../secret.txt',
      '..\\secret.txt',
      'one.txt\0',
      'sub/',
      '',
    ];
    for (const path of outside) assert.equal((await links.download(share, path)).status, 404, path);
    for (const path of ['../', '-secret/', '../folder-secret/', 'one', '/']) {
      const listing = await links.get(`${share.path}?path=${encodeURIComponent(path)}`);
      assert.ok(!(await listing.text()).includes('secret.txt'), path);
    }
  });

  it('shows a selection and no neighbours', async () => {
    const share = await links.make({
      items: ['folder/one.txt', 'folder/sub/', 'folder/gone.txt'.replace('gone', 'one')],
    });
    assert.equal(share.kind, 'selection');
    const text = await (await links.get(share.path)).text();
    assert.ok(text.includes('one.txt') && text.includes('sub'));
    assert.equal(await (await links.bytesOf(share, 'sub/two.txt')).text(), 'two');
    assert.equal((await links.download(share, '../secret.txt')).status, 404);
    assert.equal((await links.download(share, '../up.txt')).status, 404);
  });

  it('gives a folder as one archive, counted as one download', async () => {
    const share = await links.make({ items: ['folder/'], downloadLimit: 1 });
    const started = await links.get(`${share.path}/zip`);
    assert.equal(started.status, 303);
    const address = started.headers.get('location');
    const whole = await links.get(address);
    assert.equal(whole.headers.get('content-type'), 'application/zip');
    assert.match(whole.headers.get('content-disposition') ?? '', /folder\.zip/);
    const bytes = Buffer.from(await whole.arrayBuffer());
    assert.ok(bytes.includes('one.txt') && bytes.includes('sub/two.txt') && !bytes.includes('secret'));
    const part = await links.get(address, { headers: { range: 'bytes=10-19' } });
    assert.deepEqual([part.status, Buffer.from(await part.arrayBuffer())], [206, bytes.subarray(10, 20)]);
    assert.equal((await links.get(`${share.path}/zip`)).status, 404);
    const chosen = await links.make({ items: ['a.txt', 'folder/sub/'] });
    const zip = await links.get((await links.get(`${chosen.path}/zip`)).headers.get('location'));
    const text = Buffer.from(await zip.arrayBuffer());
    assert.ok(text.includes('a.txt') && text.includes('two.txt') && !text.includes('one.txt'));
  });

  it('says who links are from, as admins set it', async () => {
    const wanted = { installName: 'Acme <Oy>', baseUrl: 'https://files.example.com/x' };
    assert.equal((await user.send('PUT', '/api/v1/share-settings', wanted)).status, 403);
    const answer = await admin.send('PUT', '/api/v1/share-settings', wanted);
    assert.deepEqual(await answer.json(), {
      installName: 'Acme <Oy>',
      baseUrl: 'https://files.example.com',
      isLoopbackOnly: true,
      mayChange: true,
    });
    const share = await links.make({ items: ['a.txt'] });
    assert.ok((await (await links.get(share.path)).text()).includes('from Acme &lt;Oy&gt;'));
    assert.equal(
      (await admin.send('PUT', '/api/v1/share-settings', { ...wanted, baseUrl: 'javascript:x' })).status,
      400,
    );
  });

  it('pages a large folder, each page below 40 KB', async () => {
    const name = (index: number) => `${String(index).padStart(2, '0')} a name as people give them, März 2026.txt`;
    const keys = Array.from({ length: 70 }, (_, index) => `many/${name(index)}`);
    for (const key of keys) await links.put('office', key, 'x', 'text/plain');
    const share = await links.make({ items: ['many/'] });
    const first = await (await links.get(share.path)).text();
    assert.ok(first.includes(name(59)) && !first.includes(name(60)));
    assert.ok(Buffer.byteLength(first) <= 40 * 1024, `${Buffer.byteLength(first)}`);
    const next = /href="(\/s\/[^"]+after=[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await (await links.get(next)).text();
    assert.ok(second.includes(name(60)) && second.includes(name(69)) && !second.includes(name(59)));
  });

  it('shows no page of users as a page: HTML and SVG are saved, never run', async () => {
    const share = await links.make({ items: ['bad/'] });
    const text = await (await links.get(share.path)).text();
    assert.ok(!text.includes('<img src=x'));
    for (const name of ['<img src=x onerror=alert(1)>.html', 'pic.svg']) {
      assert.equal((await links.get(`${share.path}/view?path=${encodeURIComponent(name)}`)).status, 404);
      const file = await links.bytesOf(share, name);
      assert.equal(file.headers.get('content-type'), 'application/octet-stream');
      assert.match(file.headers.get('content-disposition') ?? '', /^attachment/);
      assert.match(file.headers.get('content-security-policy') ?? '', /sandbox/);
    }
    const picture = await links.make({ items: ['pic.png'] });
    assert.ok((await (await links.get(picture.path)).text()).includes('<img'));
    const seen = await links.get(`${picture.path}/view`);
    assert.deepEqual([seen.status, seen.headers.get('content-type')], [200, 'image/png']);
    // Looking would be a way around the limit.
    const limited = await links.make({ items: ['pic.png'], downloadLimit: 1 });
    assert.ok(!(await (await links.get(limited.path)).text()).includes('<img'));
    assert.equal((await links.get(`${limited.path}/view`)).status, 404);
  });

  it('lists links with hits: everybody his own, admins all, and only the maker can copy', async () => {
    const mine = await links.make({ bucket: 'mine', items: ['a.txt'], label: 'for Acme' }, user);
    await links.get(mine.path, { headers: { 'user-agent': 'Recipient/1.0' } });
    await links.get(mine.path, { headers: { 'user-agent': 'Recipient/1.0' } });
    await links.bytesOf(mine);
    const list = async (client: ConsoleClient, query = '') =>
      sharePageSchema.parse(await (await client.send('GET', `${SHARES}${query}`)).json());
    assert.deepEqual(
      (await list(user)).shares.map(({ id, opens, downloads, lastClient }) => [id, opens, downloads, lastClient]),
      [[mine.id, 1, 1, 'node']],
    );
    const all = (await list(admin)).shares;
    const seen = all.find(({ id }) => id === mine.id);
    assert.deepEqual([seen?.maker, seen?.isOwn, seen?.path], ['user', false, null]);
    assert.ok(all.length > 3);
    const first = await list(admin, '?limit=2');
    assert.equal(first.shares.length, 2);
    const second = await list(admin, `?limit=2&cursor=${first.nextCursor}`);
    assert.ok(second.shares.every(({ id }) => first.shares.every((other) => other.id !== id)));
    assert.deepEqual(
      (await links.details(mine, user)).uses.map(({ kind, subject }) => [kind, subject]),
      [
        ['downloaded', 'a.txt'],
        ['opened', ''],
      ],
    );
    const foreign = await links.make({ items: ['a.txt'] });
    for (const response of [
      await user.send('GET', `${SHARES}/${foreign.id}`),
      await user.send('PATCH', `${SHARES}/${foreign.id}`, { isRevoked: true }),
      await user.send('DELETE', `${SHARES}/${foreign.id}`),
    ]) {
      assert.deepEqual([response.status, await codeOf(response)], [404, 'NoSuchShare']);
    }
    assert.equal((await admin.send('DELETE', `${SHARES}/${mine.id}`)).status, 204);
    assert.equal((await links.get(mine.path)).status, 404);
  });

  it('makes no link beyond its maker', async () => {
    const cases: readonly (readonly [unknown, number, string])[] = [
      [{ items: ['a.txt'] }, 403, 'AccessDenied'],
      [{ items: ['folder/'] }, 403, 'AccessDenied'],
      [{ items: [''] }, 403, 'AccessDenied'],
      [{ items: ['in/'], isUpload: true }, 403, 'AccessDenied'],
      [{ bucket: 'mine', items: ['absent'] }, 404, 'NoSuchKey'],
      [{ bucket: 'nowhere', items: ['a.txt'] }, 404, 'NoSuchBucket'],
      [{ bucket: 'mine', items: ['a.txt'], expiresAtMs: 1 }, 400, 'InvalidRequest'],
      [{ bucket: 'mine', items: ['a.txt'], isUpload: true }, 400, 'InvalidRequest'],
      [{ bucket: 'mine', items: ['ü'.repeat(800)] }, 400, 'KeyTooLongError'],
    ];
    for (const [wishes, status, code] of cases) {
      const response = await user.send('POST', SHARES, { bucket: 'office', expiresAtMs: null, ...Object(wishes) });
      assert.deepEqual([response.status, await codeOf(response)], [status, code], JSON.stringify(wishes).slice(0, 80));
    }
  });

  it('dies with the object, and lives again under its name', async () => {
    await links.put('office', 'short.txt', 'x', 'text/plain');
    const share = await links.make({ items: ['short.txt'] });
    const address = (await links.download(share)).headers.get('location');
    await server.client.send(new DeleteObjectCommand({ Bucket: 'office', Key: 'short.txt' }));
    assert.equal((await links.get(share.path)).status, 404);
    assert.equal((await links.get(address)).status, 404);
    assert.equal((await links.details(share)).share.state, 'dead');
  });

  it("dies with its maker's right: another role, a disabled user, another bucket of the name", async () => {
    await provision(server.context, { users: [{ name: 'leaver', role: 'admin', password: PASSWORD }] });
    const leaver = await signInTo(server.consoleUrl, 'leaver', PASSWORD);
    const share = await links.make({ items: ['a.txt'] }, leaver);
    const folder = await links.make({ items: ['folder/'] }, leaver);
    const inbox = await links.make({ items: ['in/'], isUpload: true, maxBytes: 10, maxFiles: 1 }, leaver);
    const address = (await links.download(share)).headers.get('location');
    assert.equal((await links.get(share.path)).status, 200);
    await provision(server.context, { users: [{ name: 'leaver', role: 'user', password: PASSWORD }] });
    for (const path of [share.path, folder.path, inbox.path, address]) {
      assert.equal((await links.get(path ?? '')).status, 404, path ?? '');
    }
    assert.equal((await links.details(share)).share.state, 'dead');

    // The right comes back, and then the user goes.
    await provision(server.context, { users: [{ name: 'leaver', role: 'admin', password: PASSWORD }] });
    assert.equal((await links.get(share.path)).status, 200);
    assert.ok((await admin.send('DELETE', '/api/v1/people/leaver')).ok);
    assert.equal((await links.get(share.path)).status, 404);
    assert.equal((await links.details(share)).share.maker, null);

    assert.equal((await user.send('POST', '/api/v1/buckets', { name: 'passing' })).status, 201);
    const inPassing = await links.make({ bucket: 'passing', items: [''] }, user);
    assert.equal((await links.get(inPassing.path)).status, 200);
    assert.equal((await user.send('DELETE', '/api/v1/buckets/passing')).status, 204);
    assert.equal((await links.get(inPassing.path)).status, 404);
    assert.equal((await user.send('POST', '/api/v1/buckets', { name: 'passing' })).status, 201);
    assert.equal((await links.get(inPassing.path)).status, 404);
  });
});
