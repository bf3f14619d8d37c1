import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { run } from './fixtures/run-process.ts';
import { ENTRY, FREE_PORTS, ROOT, Served, s3Client } from './fixtures/served.ts';

/** DESIGN §1 against the real server, as other programs depend on it. */
describe('server contract', { timeout: 150_000 }, () => {
  let served: Served;
  beforeEach(() => {
    served = new Served();
  });
  afterEach(() => served.close());

  const setup = (url: string, body: object) =>
    fetch(`${url}/api/v1/setup`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  it('first run: makes root and a setup token, private; setup claims the install once and removes both', async () => {
    const { running, ready } = await served.serve();
    const root = served.readJson('root-credentials.json');
    assert.deepEqual(Object.keys(root), ['accessKeyId', 'secretAccessKey']);
    const token = readFileSync(served.path('setup-token'), 'utf8').trim();
    assert.deepEqual([served.modeOf('root-credentials.json'), served.modeOf('setup-token')], [0o600, 0o600]);
    assert.ok(running.stderr().includes('root-credentials.json') && running.stderr().includes('setup-token'));
    assert.ok(!running.stderr().includes(root.secretAccessKey) && !running.stderr().includes(token));
    await s3Client(ready.s3, root).send(new CreateBucketCommand({ Bucket: 'first' }));

    const claim = { token, name: 'anna', password: 'correct horse battery' };
    assert.equal((await setup(ready.console, { ...claim, token: 'wrong' })).status, 403);
    assert.equal((await setup(ready.console, claim)).status, 201);
    assert.equal((await setup(ready.console, claim)).status, 409);
    assert.ok(!existsSync(served.path('root-credentials.json')) && !existsSync(served.path('setup-token')));
    assert.equal(served.modeOf('catalogue.db'), 0o600);
    const { stdout, code } = await served.stop(running);
    assert.deepEqual([code, stdout.split('\n').length], [0, 2]);
    // Neither comes back at the next start.
    const again = await served.serve();
    assert.ok(!existsSync(served.path('root-credentials.json')) && !existsSync(served.path('setup-token')));
    assert.equal((await setup(again.ready.console, claim)).status, 409);
    const buckets = await s3Client(again.ready.s3, root).send(new ListBucketsCommand({}));
    assert.deepEqual(
      buckets.Buckets?.map((bucket) => bucket.Name),
      ['first'],
    );
  });

  it('a given root key is used and written nowhere', async () => {
    const credentials = { accessKeyId: 'ROOTKEY', secretAccessKey: 'root-canary-secret-1' };
    const env = { STOWAGE_ROOT_ACCESS_KEY: 'ROOTKEY', STOWAGE_ROOT_SECRET_KEY: credentials.secretAccessKey };
    const { running, ready } = await served.serve([], env);
    await s3Client(ready.s3, credentials).send(new CreateBucketCommand({ Bucket: 'second' }));
    assert.ok(!existsSync(served.path('root-credentials.json')));
    const { stderr } = await served.stop(running);
    assert.ok(!stderr.includes(credentials.secretAccessKey));
    const files = readdirSync(served.dataDir, { recursive: true, encoding: 'utf8' }).map((name) => served.path(name));
    for (const file of files.filter((name) => statSync(name).isFile())) {
      assert.ok(!readFileSync(file).includes(credentials.secretAccessKey), `${file} holds the secret in clear`);
    }
  });

  it('exit 3: another server holds the data dir; the first goes on', async () => {
    const { ready } = await served.serve();
    const second = await served.refuse([]);
    assert.equal(second.code, 3);
    assert.equal(second.stderr.trim().split('\n').length, 1, second.stderr);
    assert.equal((await fetch(`${ready.console}/health/live`)).status, 200);
  });

  it('exit 2: a disk path that is not there, not empty, or of another install', async () => {
    const disk = served.path('elsewhere');
    const missing = await served.refuse(['--disk', `a=${disk}`]);
    assert.deepEqual([missing.code, /^stowage: --disk: a: /.test(missing.stderr)], [2, true], missing.stderr);
    mkdirSync(disk);
    writeFileSync(join(disk, 'holiday.jpg'), 'x');
    const full = await served.refuse(['--disk', `a=${disk}`]);
    assert.equal(full.code, 2);
    assert.match(full.stderr, /^stowage: --disk: a: .*\n$/);
  });

  it('exit 2: the master key is gone, and what says which one it was; the key of the recovery kit brings all back', async () => {
    const { running } = await served.serve();
    const root = served.readJson('root-credentials.json');
    await served.stop(running);
    const [, key = ''] = /^Master key: +(\S+)$/m.exec(readFileSync(served.path('recovery-kit.txt'), 'utf8')) ?? [];
    for (const name of ['master-key', 'master-key-check.json']) rmSync(served.path(name));
    const { code, stderr } = await served.refuse([]);
    assert.deepEqual([code, stderr.trim().split('\n').length], [2, 1], stderr);
    assert.match(stderr, /^stowage: master key: .*master-key is gone: .*recovery kit/);
    assert.ok(!existsSync(served.path('master-key')));
    writeFileSync(served.path('master-key'), `${key}\n`, { mode: 0o600 });
    const again = await served.serve();
    await s3Client(again.ready.s3, root).send(new ListBucketsCommand({}));
  });

  it('exit 2: an address in use, naming the option', async () => {
    const { ready } = await served.serve();
    const other = mkdtempSync(join(tmpdir(), 'stowage-contract-'));
    const args = ['--data-dir', other, '--console-address', '127.0.0.1:0', '--s3-address', new URL(ready.s3).host];
    const { code, stderr, stdout } = await run(process.execPath, [ENTRY, ...args]);
    rmSync(other, { recursive: true, force: true });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /stowage: --s3-address: 127\.0\.0\.1:\d+ is in use/);
  });

  it('provisions before ready, idempotently, and counts an admin with a password as claimed', async () => {
    const file = served.path('provision.json');
    const key = { accessKeyId: 'anna-key', secretAccessKey: 'anna-secret-1' };
    const provision = {
      users: [{ name: 'anna', role: 'admin', password: 'correct horse battery', accessKeys: [key] }],
      buckets: [{ name: 'photos', owner: 'anna', versioning: 'Enabled' }],
      settings: { region: 'eu-test-1' },
    };
    writeFileSync(file, JSON.stringify(provision));
    for (const _ of [1, 2]) {
      const { running, ready } = await served.serve(['--provision', file]);
      assert.ok(!existsSync(served.path('setup-token')) && !existsSync(served.path('root-credentials.json')));
      const s3 = new S3Client({ endpoint: ready.s3, credentials: key, region: 'eu-test-1', forcePathStyle: true });
      const { Buckets } = await s3.send(new ListBucketsCommand({}));
      assert.deepEqual(
        Buckets?.map((bucket) => bucket.Name),
        ['photos'],
      );
      await served.stop(running);
    }
  });

  const badProvisions: readonly (readonly [string, object, string])[] = [
    ['an unknown key', { users: [{ name: 'a', rolle: 'user' }] }, 'users[0].rolle'],
    ['a policy that is none', { users: [{ name: 'a', role: 'user', policies: [{}] }] }, 'users[0].policies[0]'],
    ['a quota below nothing', { buckets: [{ name: 'bbb', owner: 'a', quotaBytes: -1 }] }, 'buckets[0].quotaBytes'],
    ['an owner who is nobody', { buckets: [{ name: 'bbb', owner: 'nobody' }] }, 'buckets[0].owner'],
  ];
  for (const [name, provision, path] of badProvisions) {
    it(`exit 2: a provisioning file with ${name}`, async () => {
      const file = served.path('provision.json');
      writeFileSync(file, JSON.stringify(provision));
      const { code, stderr } = await served.refuse(['--provision', file]);
      assert.equal(code, 2, stderr);
      assert.ok(stderr.trim().split('\n').at(-1)?.includes(`provision.json: ${path}: `), stderr);
      // What the file alone shows to be wrong is refused before anything is made.
      if (path !== 'buckets[0].owner') assert.deepEqual(readdirSync(served.dataDir), ['provision.json']);
    });
  }

  it('serves TLS of its own on both ports and reads it again on SIGHUP', async () => {
    const { running, ready } = await served.serve(['--tls-self-signed']);
    assert.ok(ready.s3.startsWith('https://') && ready.console.startsWith('https://'));
    running.child.kill('SIGHUP');
    await running.seen('stderr', 'read again');
    assert.equal((await served.stop(running)).code, 0);
  });

  it('shows health and metrics', async () => {
    const { ready } = await served.serve();
    const response = await fetch(`${ready.console}/health/ready`);
    assert.deepEqual([response.status, await response.json()], [200, { status: 'ready', degraded: [] }]);
    await fetch(`${ready.s3}/`);
    const text = await (await fetch(`${ready.console}/metrics`)).text();
    for (const name of [
      'stowage_s3_requests_total',
      'stowage_engine_batch_commands_bucket',
      'stowage_engine_syncs_total',
    ]) {
      assert.ok(text.includes(name), `${name} is missing`);
    }
    for (const name of [
      'stowage_engine_replayed_records_total',
      'stowage_disk_free_bytes',
      'stowage_catalogue_bytes',
    ]) {
      assert.ok(text.includes(name), `${name} is missing`);
    }
  });

  it('root-key reset gives root a new key on a stopped server only', async () => {
    const { running, ready } = await served.serve();
    const before = served.readJson('root-credentials.json');
    const reset = () => run(process.execPath, [ENTRY, 'root-key', 'reset', '--data-dir', served.dataDir]);
    assert.equal((await reset()).code, 3);
    assert.equal((await fetch(`${ready.console}/health/live`)).status, 200);
    await served.stop(running);
    assert.equal((await reset()).code, 0);
    const after = served.readJson('root-credentials.json');
    assert.notEqual(after.secretAccessKey, before.secretAccessKey);
    const again = await served.serve();
    await s3Client(again.ready.s3, after).send(new ListBucketsCommand({}));
    await assert.rejects(s3Client(again.ready.s3, before).send(new ListBucketsCommand({})));
  });

  it('exit 3: what changes the data dir needs the server stopped; the server goes on', async () => {
    const { ready } = await served.serve();
    for (const command of [['rebuild-catalogue'], ['check', '--repair'], ['root-key', 'reset']]) {
      const { code, stdout, stderr } = await run(process.execPath, [ENTRY, ...command, '--data-dir', served.dataDir]);
      assert.deepEqual([code, stdout], [3, ''], command.join(' '));
      assert.match(stderr, /^stowage: another server runs here: .*\n$/);
    }
    assert.equal((await fetch(`${ready.console}/health/ready`)).status, 200);
  });

  it('exit 2: a command for an install where there is none makes none', async () => {
    for (const command of [['check'], ['check', '--repair'], ['rebuild-catalogue'], ['root-key', 'reset']]) {
      const { code, stdout, stderr } = await run(process.execPath, [ENTRY, ...command, '--data-dir', served.dataDir]);
      assert.deepEqual([code, stdout], [2, ''], command.join(' '));
      assert.match(stderr, /^stowage: --data-dir: .* holds no install\n$/);
    }
    assert.deepEqual(readdirSync(served.dataDir), []);
  });

  it('exit 2: a migration cannot be undone once something was written; the install stays as it is', async () => {
    const { running } = await served.serve();
    await served.stop(running);
    const words = ['rebuild-catalogue', '--undo-migration', '--data-dir', served.dataDir];
    const { code, stdout, stderr } = await run(process.execPath, [ENTRY, ...words]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^stowage: --data-dir: the last migration cannot be undone: something was written since\n$/);
    const { ready } = await served.serve();
    assert.equal((await fetch(`${ready.console}/health/ready`)).status, 200);
  });

  it('exit 2: TLS files that cannot be used, naming the option, before anything is made', async () => {
    const pair = ['--tls-cert', served.path('none.pem'), '--tls-key', served.path('none.key')];
    const { code, stderr } = await served.refuse(pair);
    assert.equal(code, 2);
    assert.match(stderr, /^stowage: --tls-cert: .*none\.pem cannot be read \(ENOENT\)\n$/);
    assert.deepEqual(readdirSync(served.dataDir), []);
  });

  it('check passes on a good data dir, also beside a running server', async () => {
    const { running } = await served.serve();
    const check = () => run(process.execPath, [ENTRY, 'check', '--data-dir', served.dataDir]);
    const beside = await check();
    assert.equal(beside.code, 0, beside.stderr);
    await served.stop(running);
    const alone = await check();
    assert.equal(alone.code, 0, alone.stderr);
  });

  it('is the same through npm: clean stdout, signals and exit code pass', async (test) => {
    const npm = process.env.npm_execpath;
    if (npm === undefined) return test.skip('not started by npm');
    // npm runs on the machine's own Node, as a person's would; the one before node_modules/.bin on the PATH is ours.
    const node = process.env.npm_node_execpath ?? process.execPath;
    const args = [npm, 'start', '--silent', '--', 'serve', '--data-dir', served.dataDir, ...FREE_PORTS];
    const { running, ready } = await served.launch(args, { cwd: ROOT }, node);
    assert.equal((await fetch(`${ready.console}/health/live`)).status, 200);
    const { code, stdout } = await served.stop(running);
    assert.deepEqual([code, stdout.split('\n').length], [0, 2]);
    const refused = await run(node, [npm, 'start', '--silent', '--', 'serve', '--colour'], { cwd: ROOT });
    assert.deepEqual([refused.code, refused.stdout], [2, '']);
  });
});
