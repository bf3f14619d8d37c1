import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { zipFactsSchema } from '../../src-server/contract/zips.ts';
import type { BucketName } from '../../src-server/domain/ids.ts';
import { planZip } from '../../src-server/services/zip/plan-zip.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startServerProcess } from '../support/server-process.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const LARGE = randomBytes(3_000_000);
const noPython = spawnSync('python3', ['--version']).status === 0 ? false : 'skipped: no python3';
const noUnzip = spawnSync('unzip', ['-v']).status === 0 ? false : 'skipped: no unzip (Debian: unzip)';

/** What another program reads from an archive: names and contents in hex, after it has checked every CRC. */
function readWithPython(path: string): Record<string, string> {
  const script = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps({i.filename: z.read(i).hex() for i in z.infolist()}))
`;
  const { stdout, stderr } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  assert.equal(stderr, '');
  return z.record(z.string(), z.string()).parse(JSON.parse(stdout));
}

describe('archives of a selection', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-zip-'));
  let server: TestServer;
  let admin: ConsoleClient;
  let reader: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: (['admin', 'readonly'] as const).map((role) => ({ name: role, role, password: PASSWORD })),
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    reader = await signInTo(server.consoleUrl, 'readonly', PASSWORD);
    for (const name of ['office', 'kept']) {
      await admin.send('POST', '/api/v1/buckets', { name, versioning: name === 'kept' });
    }
    const objects = {
      'a.txt': 'alpha',
      'dir/': '',
      'dir/ü.txt': 'umlaut',
      'dir/large.bin': LARGE,
      'dir/sub/x': 'x',
      'z/../q': 'q',
      empty: '',
    };
    for (const [key, body] of Object.entries(objects)) await put('office', key, body);
    await server.client.send(new PutObjectCommand({ Bucket: 'office', Key: 'summed', Body: 'sent with its CRC32' }));
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Without a CRC32 from the client, which would be known to the archive from the start. */
  const put = async (bucket: string, key: string, body: string | Uint8Array<ArrayBuffer>) => {
    const url = `${server.consoleUrl}/api/v1/buckets/${bucket}/object?key=${encodeURIComponent(key)}`;
    const headers = { cookie: admin.cookie, 'x-csrf-token': admin.csrfToken };
    assert.equal((await fetch(url, { method: 'PUT', headers, body })).status, 201);
  };
  const link = async (selection: object, client = admin, bucket = 'office', url = server.consoleUrl) => {
    const response = await client.send('POST', `/api/v1/buckets/${bucket}/zip-links`, selection);
    assert.equal(response.status, 201, await response.clone().text());
    const facts = zipFactsSchema.parse(await response.json());
    return { ...facts, url: `${url}${facts.url}` };
  };
  const saved = (name: string, bytes: Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

  it('is planned beside others, a link and a person bounded each, and for nobody once they left', async () => {
    const leave = new AbortController();
    const release = Promise.withResolvers<void>();
    const started = new Set<string>();
    const plan = (asker: 'links' | 'people', holder: string, signal = new AbortController().signal) => {
      const id = randomBytes(32).toString('hex');
      const mayRead = async () => {
        started.add(holder);
        await release.promise;
      };
      const selection = { base: '', keys: ['a.txt'], prefixes: ['dir/'], atMs: undefined };
      const facts = { id, bucket: 'office' as BucketName, fileName: 'x.zip', expiresAtMs: Number.MAX_SAFE_INTEGER };
      return planZip(server.context, { ...selection, ...facts, asker, holder, signal, mayRead });
    };
    const first = plan('links', 'share:1', leave.signal);
    await assert.rejects(plan('links', 'share:1'), { code: 'SlowDown' });
    const second = plan('links', 'share:2');
    await assert.rejects(plan('links', 'share:3'), { code: 'SlowDown' }, 'all slots of links');
    const people = [plan('people', 'session:1'), plan('people', 'session:1')];
    await assert.rejects(plan('people', 'session:1'), { code: 'SlowDown' });
    people.push(plan('people', 'session:2'));
    leave.abort();
    release.resolve();
    await assert.rejects(first, { code: 'RequestTimeout' });
    assert.deepEqual([(await second).entries, (await Promise.all(people)).length], [5, 3]);
    assert.equal((await plan('links', 'share:1')).entries, 5, 'its slot is free again');
  });

  it('is whole, as announced, and read by other programs', { skip: noPython }, async () => {
    const { url, sizeBytes, entries, renamed, fileName } = await link({
      keys: ['a.txt', 'empty'],
      prefixes: ['dir/', 'z/'],
    });
    assert.deepEqual([entries, renamed, fileName], [8, 1, 'office.zip']);
    const response = await fetch(url);
    assert.equal(response.headers.get('content-type'), 'application/zip');
    assert.equal(response.headers.get('content-disposition'), "attachment; filename*=UTF-8''office.zip");
    assert.equal(response.headers.get('content-length'), String(sizeBytes));
    const bytes = await response.bytes();
    assert.equal(bytes.length, sizeBytes);
    const { 'names-changed.txt': note = '', ...read } = readWithPython(saved('whole.zip', bytes));
    assert.match(Buffer.from(note, 'hex').toString(), /"z\/\.\.\/q" -> "z\/__\/q"/);
    assert.deepEqual(read, {
      'a.txt': Buffer.from('alpha').toString('hex'),
      'dir/': '',
      'dir/large.bin': LARGE.toString('hex'),
      'dir/sub/x': '78',
      'dir/ü.txt': Buffer.from('umlaut').toString('hex'),
      empty: '',
      'z/__/q': '71',
    });
  });

  it('passes the test of Info-ZIP', { skip: noUnzip }, async () => {
    const { url } = await link({ base: 'dir/', prefixes: ['dir/'] });
    const { stdout, status } = spawnSync('unzip', ['-t', saved('dir.zip', await (await fetch(url)).bytes())], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /testing: sub\/x/);
  });

  it('is the same bytes, stitched from ranges in any order', async () => {
    const { url, sizeBytes } = await link({ prefixes: [''] });
    const again = await link({ prefixes: [''] });
    const stitched = Buffer.alloc(sizeBytes);
    const cuts = [
      0,
      ...Array.from({ length: 12 }, () => Math.floor(Math.random() * sizeBytes)).sort((a, b) => a - b),
      sizeBytes,
    ];
    // The end first: it has the CRCs of all that was not read yet.
    for (let i = cuts.length - 1; i > 0; i -= 1) {
      const [from = 0, to = 0] = cuts.slice(i - 1, i + 1);
      if (from === to) continue;
      const part = await fetch(url, { headers: { range: `bytes=${from}-${to - 1}` } });
      assert.deepEqual([part.status, part.headers.get('content-range')], [206, `bytes ${from}-${to - 1}/${sizeBytes}`]);
      stitched.set(await part.bytes(), from);
    }
    assert.ok(stitched.equals(await (await fetch(url)).bytes()), `cut at ${cuts.join(', ')}`);
    assert.ok(stitched.equals(await (await fetch(again.url)).bytes()), 'another link to the same versions');
    const [one, other] = await Promise.all([url, again.url].map((address) => fetch(address, { method: 'HEAD' })));
    assert.equal(one?.headers.get('etag'), other?.headers.get('etag'));
  });

  it('heeds If-Range, answers HEAD, and refuses what is beyond', async () => {
    const { url, sizeBytes } = await link({ keys: ['a.txt'] });
    const head = await fetch(url, { method: 'HEAD' });
    assert.deepEqual(
      [head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')],
      [200, String(sizeBytes), 'bytes'],
    );
    const etag = head.headers.get('etag') ?? '';
    assert.equal((await fetch(url, { headers: { range: 'bytes=5-', 'if-range': etag } })).status, 206);
    assert.equal((await fetch(url, { headers: { range: 'bytes=5-', 'if-range': '"another"' } })).status, 200);
    const beyond = await fetch(url, { headers: { range: `bytes=${sizeBytes}-` } });
    assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, `bytes */${sizeBytes}`]);
  });

  it('refuses to go on once something of it is gone, and never ends as if it were whole', async () => {
    for (const key of ['gone/1', 'gone/2', 'gone/3']) await put('office', key, `content of ${key}`);
    const { url, sizeBytes } = await link({ prefixes: ['gone/'] });
    await put('office', 'gone/2', 'content of gone/2');
    for (const range of ['bytes=0-', 'bytes=20-']) {
      const response = await fetch(url, { headers: { range } });
      assert.equal(response.status, 412, range);
      assert.equal(await codeOf(response), 'PreconditionFailed');
    }
    // From behind the changed one its CRC is still missing: the directory cannot be written.
    const tail = fetch(url, { headers: { range: `bytes=${sizeBytes - 100}-` } });
    await assert.rejects(tail.then((response) => response.bytes()));
  });

  it('keeps versions: of the moment of the link, or of one before', async () => {
    await put('kept', 'doc', 'one');
    await put('kept', 'other', '');
    const atMs = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const current = await link({ prefixes: [''] }, admin, 'kept');
    await put('kept', 'doc', 'two, which is longer');
    await put('kept', 'later', 'x');
    const past = await link({ prefixes: [''], atMs }, admin, 'kept');
    for (const { url, entries } of [current, past]) {
      const bytes = Buffer.from(await (await fetch(url)).bytes());
      assert.equal(entries, 2);
      assert.ok(bytes.includes('one') && !bytes.includes('two'));
    }
  });

  it('is for those who may read, as long as they may', async () => {
    const cases: readonly (readonly [ConsoleClient, object, number, string])[] = [
      [reader, { prefixes: [''] }, 403, 'AccessDenied'],
      [admin, { keys: ['absent'] }, 404, 'NoSuchKey'],
      [admin, {}, 400, 'InvalidRequest'],
      [admin, { base: 'dir/', keys: ['a.txt'] }, 400, 'InvalidRequest'],
    ];
    for (const [client, selection, status, code] of cases) {
      const response = await client.send('POST', '/api/v1/buckets/office/zip-links', selection);
      assert.deepEqual([response.status, await codeOf(response)], [status, code]);
    }
    const other = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    const { url } = await link({ keys: ['a.txt'] }, other);
    assert.equal((await fetch(url, { method: 'HEAD' })).status, 200);
    await other.send('DELETE', '/api/v1/session');
    for (const gone of [
      url,
      `${server.consoleUrl}/content/zips/${'A'.repeat(43)}`,
      `${server.consoleUrl}/content/zips/..%2Fx`,
    ]) {
      const response = await fetch(gone);
      assert.deepEqual([response.status, await codeOf(response)], [404, 'NoSuchLink']);
    }
  });

  it('leaves no half plan behind, and its folder may be deleted at any time', async () => {
    const zips = join(server.dataDir, 'cache', 'zips');
    assert.deepEqual(
      readdirSync(zips).filter((name) => name.startsWith('.')),
      [],
    );
    const { url } = await link({ keys: ['a.txt'] });
    rmSync(zips, { recursive: true });
    assert.equal((await fetch(url)).status, 404);
    assert.equal((await fetch((await link({ keys: ['a.txt'] })).url)).status, 200);
  });

  it('goes on after the server was started anew', { timeout: 60_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'stowage-zip-restart-'));
    const provisioned = join(folder, 'provision.json');
    writeFileSync(provisioned, JSON.stringify({ users: [{ name: 'admin', role: 'admin', password: PASSWORD }] }));
    const args = ['--provision', provisioned];
    let process = await startServerProcess({ dataDir, args });
    try {
      let client = await signInTo(process.consoleUrl, 'admin', PASSWORD);
      await client.send('POST', '/api/v1/buckets', { name: 'office' });
      const headers = { cookie: client.cookie, 'x-csrf-token': client.csrfToken };
      await fetch(`${process.consoleUrl}/api/v1/buckets/office/object?key=large`, {
        method: 'PUT',
        headers,
        body: LARGE,
      });
      const { url, sizeBytes } = await link({ keys: ['large'] }, client, 'office', process.consoleUrl);
      const etag = (await fetch(url, { method: 'HEAD' })).headers.get('etag') ?? '';
      const first = await (await fetch(url, { headers: { range: 'bytes=0-1000000' } })).bytes();
      await process.kill();
      process = await startServerProcess({ dataDir, args });
      client = { ...client };
      const later = new URL(new URL(url).pathname, process.consoleUrl);
      const rest = await fetch(later, { headers: { range: 'bytes=1000001-', 'if-range': etag } });
      assert.equal(rest.status, 206);
      const whole = Buffer.concat([first, await rest.bytes()]);
      assert.equal(whole.length, sizeBytes);
      if (noPython === false)
        assert.deepEqual(readWithPython(saved('restart.zip', whole)), { large: LARGE.toString('hex') });
    } finally {
      await process.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
