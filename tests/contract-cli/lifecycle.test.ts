import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { start } from './fixtures/run-process.ts';
import { ENTRY, FREE_PORTS, type Ready, ROOT, Served, s3Client } from './fixtures/served.ts';

const TLS = new URL('../fixtures/tls/', import.meta.url);

/** Start, life and end of the real server, as its supervisor sees them (DESIGN §1). */
describe('server life', { timeout: 60_000 }, () => {
  let served: Served;
  beforeEach(() => {
    served = new Served();
  });
  afterEach(() => served.close());

  it('drains: a request that runs when SIGTERM comes is finished, a new one is not taken', async () => {
    const { running, ready } = await served.serve();
    const root = served.readJson('root-credentials.json');
    const s3 = s3Client(ready.s3, root);
    await s3.send(new CreateBucketCommand({ Bucket: 'drained' }));
    const Key = 'late';
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'drained', Key }));
    const put = request(url, { method: 'PUT', headers: { 'content-length': 10 } });
    const answered: Promise<{ statusCode: number }[]> = once(put, 'response').then((all) => all);
    put.write('01234');
    await sleep(100);
    running.child.kill('SIGTERM');
    await running.seen('stderr', 'stopping');
    await sleep(100);
    await assert.rejects(fetch(ready.s3));
    put.end('56789');
    assert.equal((await answered)[0]?.statusCode, 200);
    assert.equal((await running.finished()).code, 0);
    const again = await served.serve();
    const { Body } = await s3Client(again.ready.s3, root).send(new GetObjectCommand({ Bucket: 'drained', Key }));
    assert.equal(await Body?.transformToString(), '0123456789');
  });

  it('is configured by the environment alone; a disk may hold lost+found', async () => {
    const disk = served.path('disk with, a comma');
    mkdirSync(join(disk, 'lost+found'), { recursive: true });
    const env = {
      STOWAGE_DATA_DIR: served.dataDir,
      STOWAGE_DISKS: `big=${disk},tier=warm`,
      STOWAGE_S3_ADDRESS: '127.0.0.1:0',
      STOWAGE_CONSOLE_ADDRESS: '[::1]:0',
      STOWAGE_DURABILITY: 'balanced',
    };
    const { running, ready } = await served.launch([ENTRY], { env });
    assert.match(ready.console, /^http:\/\/\[::1\]:\d+$/);
    assert.match(running.stderr(), /"durability":"balanced","disk":"big"/);
    assert.ok(readdirSync(disk).includes('stowage-disk.json'));
    await served.stop(running);
  });

  it('is configured by a file; what the environment gives counts before it', async () => {
    const file = served.path('stowage.yaml');
    writeFileSync(file, 's3Address: 127.0.0.1:0\nconsoleAddress: 127.0.0.1:0\ndurability: relaxed\ndataDir: data\n');
    mkdirSync(served.path('data'));
    const { running } = await served.launch([ENTRY, '--config', file], { env: { STOWAGE_DURABILITY: 'balanced' } });
    assert.match(running.stderr(), /"durability":"balanced"/);
    assert.ok(readdirSync(served.path('data')).includes('catalogue.db'));
  });

  it('counts a provisioned admin with a password as claimed, and says so', async () => {
    const file = served.path('provision.json');
    writeFileSync(file, JSON.stringify({ users: [{ name: 'ada', role: 'admin', password: 'correct horse' }] }));
    const { running } = await served.serve(['--provision', file]);
    assert.match(running.stderr(), /the install is claimed/);
    const names = readdirSync(served.dataDir);
    assert.ok(!names.includes('setup-token') && !names.includes('root-credentials.json'));
  });

  it('shows what the files of the first run hold to a person at a terminal, in lines for people', async (test) => {
    if (spawnSync('script', ['--version']).status !== 0)
      return test.skip('no program `script` to make a terminal with');
    const command = [process.execPath, ENTRY, 'serve', '--data-dir', served.dataDir, ...FREE_PORTS].join(' ');
    const terminal = start('script', ['-qfec', command, '/dev/null']);
    await terminal.seen('stdout', '"event":"ready"');
    const shown = terminal.stdout();
    const ready: Ready = JSON.parse(shown.split('\n').find((line) => line.includes('"event":"ready"')) ?? '');
    process.kill(ready.pid, 'SIGTERM');
    await terminal.finished();
    const root = served.readJson('root-credentials.json');
    const token = readFileSync(served.path('setup-token'), 'utf8').trim();
    for (const secret of [root.accessKeyId, root.secretAccessKey, token]) assert.ok(shown.includes(secret));
    assert.match(shown, /^\d\d:\d\d:\d\d info {2}catalogue and log are open/m);
  });

  it('presents the pair of files that stands there at SIGHUP, on both ports', async () => {
    const place = (name: string): void => {
      for (const part of ['pem', 'key']) copyFileSync(new URL(`${name}.${part}`, TLS), served.path(`tls.${part}`));
    };
    place('one');
    const files = ['--tls-cert', served.path('tls.pem'), '--tls-key', served.path('tls.key')];
    const { running, ready } = await served.serve(files);
    const presented = () => Promise.all([ready.s3, ready.console].map(fingerprint));
    const one = await presented();
    assert.equal(new Set(one).size, 1);
    place('two');
    running.child.kill('SIGHUP');
    await running.seen('stderr', 'read again');
    const two = await presented();
    assert.deepEqual([new Set(two).size, two[0] === one[0]], [1, false]);
    writeFileSync(served.path('tls.key'), 'not a key');
    running.child.kill('SIGHUP');
    await running.seen('stderr', 'cannot be used');
    assert.deepEqual(await presented(), two);
  });

  it('lives under --watch, as `npm run dev` starts it, also when a task of its own thread ends', async () => {
    const env = { STOWAGE_DEBUG: '1', STOWAGE_DEBUG_LIMITS: '{"engine":{"housekeepingMs":50}}' };
    const entry = join(ROOT, 'src-server', 'main.ts');
    const args = ['--watch', '--watch-preserve-output', entry, '--data-dir', served.dataDir, ...FREE_PORTS];
    const { running, ready } = await served.launch(args, { env });
    // Written by a thread of its own, whose imports Node reports among its messages.
    const isWritten = () => readdirSync(served.dataDir).includes('ballast');
    for (let turn = 0; turn < 200 && !isWritten(); turn += 1) await sleep(50);
    assert.ok(isWritten());
    await sleep(200);
    assert.equal((await fetch(`${ready.console}/health/ready`)).status, 200);
    assert.ok(!running.stderr().includes('fatal'), running.stderr());
    await served.stop(running);
  });
});

/** Of the certificate that a port presents now. */
async function fingerprint(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}
