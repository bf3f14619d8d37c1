import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Running, run, start, startForked } from './fixtures/run-process.ts';

const FAKE = fileURLToPath(new URL('fixtures/fake-server.ts', import.meta.url));
const PACKAGE = new URL('../../package.json', import.meta.url);
const VERSION: string = JSON.parse(readFileSync(PACKAGE, 'utf8')).version;

describe('command line', () => {
  let folder: string;
  let dataDir: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'stowage-cli-'));
    dataDir = join(folder, 'data');
    mkdirSync(dataDir);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const stowage = (args: readonly string[], env: Record<string, string> = {}) =>
    run(process.execPath, [FAKE, ...args], { env, cwd: folder });
  const serving = async (behaviour = '', env: Record<string, string> = {}): Promise<Running> => {
    const args = [FAKE, 'serve', '--data-dir', dataDir];
    const running = start(process.execPath, args, { env: { FAKE_APP: behaviour, ...env }, cwd: folder });
    await running.seen('stdout', '\n');
    return running;
  };

  it('prints version and help', async () => {
    assert.equal((await stowage(['--version'])).stdout, `stowage ${VERSION}\n`);
    const help = await stowage(['--help']);
    assert.equal(help.code, 0);
    for (const word of ['serve', 'check [--repair]', 'root-key reset', '--disk', 'STOWAGE_DURABILITY']) {
      assert.ok(help.stdout.includes(word), word);
    }
  });

  it('writes the ready line first and only, drains on SIGTERM and SIGINT and exits 0', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const running = await serving();
      running.child.kill(signal);
      const { code, stdout, stderr } = await running.finished();
      assert.equal(code, 0);
      assert.match(stderr, /closing with 10000 ms/);
      const ready = JSON.parse(stdout);
      const { pid } = running.child;
      assert.deepEqual(ready, {
        event: 'ready',
        s3: 'http://127.0.0.1:1',
        console: 'http://127.0.0.1:2',
        version: VERSION,
        pid,
      });
      assert.equal(stdout.split('\n').length, 2);
    }
  });

  it('exits at once on a second signal', async () => {
    const running = await serving('hangs');
    running.child.kill('SIGTERM');
    await running.seen('stderr', 'closing');
    running.child.kill('SIGTERM');
    assert.equal((await running.finished()).code, 143);
  });

  it('takes a signal that npm and the bootstrap pass on as well for one', async () => {
    const running = await serving('hangs', { STOWAGE_BOOTSTRAP: '1' });
    running.child.kill('SIGINT');
    running.child.kill('SIGTERM');
    await running.seen('stderr', 'closing');
    await new Promise((resolve) => setTimeout(resolve, 350));
    running.child.kill('SIGINT');
    assert.equal((await running.finished()).code, 130);
  });

  it('reads TLS files again on SIGHUP and lives on when they are bad', async () => {
    const running = await serving('bad-tls');
    running.child.kill('SIGHUP');
    await running.seen('stderr', 'cannot be used');
    running.child.kill('SIGTERM');
    assert.equal((await running.finished()).code, 0);
  });

  it('exits 4 when the engine stops itself', async () => {
    const running = await serving('engine-stops');
    assert.equal((await running.finished()).code, 4);
  });

  it('exits 3 when another server holds the data dir', async () => {
    const { code, stdout, stderr } = await stowage(['--data-dir', dataDir], { FAKE_APP: 'busy' });
    assert.deepEqual(
      [code, stdout, stderr],
      [3, '', 'stowage: another server runs here: /data/lock is held by another process\n'],
    );
  });

  it('exits 1 on a bug, with its stack', async () => {
    const early = await stowage(['--data-dir', dataDir], { FAKE_APP: 'bug' });
    assert.equal(early.code, 1);
    assert.match(early.stderr, /TypeError: a planted bug\n.*fake-server/);
    const late = await stowage(['--data-dir', dataDir], { FAKE_APP: 'stray-rejection' });
    assert.equal(late.code, 1);
    assert.match(late.stderr, /a planted rejection/);
  });

  it('answers its host process through the channel', async () => {
    const running = startForked(FAKE, ['--data-dir', dataDir], { cwd: folder });
    const messages: unknown[] = [];
    running.child.on('message', (message) => messages.push(message));
    await running.seen('stdout', '\n');
    running.child.send({ type: 'ping' });
    running.child.send({ type: 'nonsense' });
    running.child.send({ type: 'shutdown', graceMs: 77 });
    const { code, stderr } = await running.finished();
    assert.equal(code, 0);
    assert.match(stderr, /closing with 77 ms/);
    const ready = { type: 'ready', s3: 'http://127.0.0.1:1', console: 'http://127.0.0.1:2', setupToken: null };
    assert.deepEqual(messages, [ready, { type: 'pong' }, { type: 'closed' }]);
  });

  it('ends when its host process is gone', async () => {
    const running = startForked(FAKE, ['--data-dir', dataDir], { cwd: folder });
    await running.seen('stdout', '\n');
    running.child.disconnect();
    assert.equal((await running.finished()).code, 0);
  });

  it('creates the default data dir, private, and no other', async () => {
    const env = { XDG_DATA_HOME: join(folder, 'xdg'), FAKE_APP: 'engine-stops' };
    assert.equal((await stowage([], env)).code, 4);
    assert.equal(statSync(join(folder, 'xdg', 'stowage')).mode & 0o777, 0o700);
    const missing = await stowage(['--data-dir', 'none'], env);
    assert.deepEqual([missing.code, missing.stdout], [2, '']);
    assert.match(missing.stderr, /^stowage: --data-dir: .*none is not an existing folder\n$/);
    writeFileSync(join(folder, 'file'), '');
    assert.equal((await stowage(['--data-dir', 'file'])).code, 2);
  });

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [['--colour'], /^stowage: --colour: unknown option\n$/],
    [['serve', 'now'], /^stowage: now: unexpected argument\n$/],
    [['dance'], /^stowage: dance: unknown command; see --help\n$/],
    [['disk', 'list'], /^stowage: disk: not in this version\n$/],
    [['scrub'], /^stowage: scrub: not in this version\n$/],
    [['preset', 'apply'], /^stowage: --name: the name of a new bucket is wanted\n$/],
    [['preset'], /^stowage: preset: a program is wanted; see --help\n$/],
    [['audit'], /^stowage: audit: there is only `audit verify`\n$/],
    [['root-key'], /^stowage: root-key: there is only `root-key reset`\n$/],
    [['--tls-cert', 'c.pem'], /^stowage: --tls-cert: needs the private key as well/],
  ];
  for (const [args, line] of refused) {
    it(`exits 2 with one line: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await stowage(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, line);
    });
  }

  it('runs the offline commands with their switches', async () => {
    const check = await stowage(['check', '--repair', '--data-dir', dataDir]);
    assert.deepEqual([check.code, check.stdout], [0, 'ran with --repair\n']);
    const reset = await stowage(['root-key', 'reset', '--data-dir', dataDir]);
    assert.deepEqual([reset.code, reset.stdout], [0, 'ran with \n']);
  });
});
