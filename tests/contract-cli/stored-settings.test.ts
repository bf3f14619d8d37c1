import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { run } from './fixtures/run-process.ts';
import { ENTRY, readMetrics, Served, s3Client } from './fixtures/served.ts';

const TLS = new URL('../fixtures/tls/', import.meta.url);
const ADMIN = { accessKeyId: 'ada-key', secretAccessKey: 'ada-secret-1' };
const USERS = [{ name: 'ada', role: 'admin', accessKeys: [ADMIN] }];

/** What provisioning and console store in the catalogue counts below option, environment and file (DESIGN §1). */
describe('stored settings', { timeout: 60_000 }, () => {
  let served: Served;
  beforeEach(() => {
    served = new Served();
  });
  afterEach(() => served.close());

  const provision = (file: object): string[] => {
    mkdirSync(served.path('provision'), { recursive: true });
    writeFileSync(served.path('provision', 'file.json'), JSON.stringify(file));
    return ['--provision', served.path('provision', 'file.json')];
  };
  /** Syncs of the log that ten writes one after another took. */
  const syncsOfTenPuts = async (ready: { readonly s3: string; readonly console: string }): Promise<number> => {
    const s3 = s3Client(ready.s3, ADMIN);
    await s3.send(new CreateBucketCommand({ Bucket: 'modes' }));
    const before = (await readMetrics(ready.console)).get('stowage_engine_syncs_total') ?? 0;
    for (let n = 0; n < 10; n += 1) await s3.send(new PutObjectCommand({ Bucket: 'modes', Key: `${n}`, Body: 'x' }));
    return ((await readMetrics(ready.console)).get('stowage_engine_syncs_total') ?? 0) - before;
  };

  it('the durability mode is the one in force, at once and after a restart', async () => {
    const args = provision({ users: USERS, settings: { durability: 'relaxed' } });
    for (const given of [args, []]) {
      const { running, ready } = await served.serve(given);
      assert.ok((await syncsOfTenPuts(ready)) < 10);
      await served.stop(running);
    }
    const { ready } = await served.serve(['--durability', 'strict']);
    assert.ok((await syncsOfTenPuts(ready)) >= 10);
  });

  it('a path is meant from the file that gave it', async () => {
    for (const part of ['key', 'pem']) {
      mkdirSync(served.path('provision'), { recursive: true });
      copyFileSync(new URL(`one.${part}`, TLS), served.path('provision', `one.${part}`));
    }
    const args = provision({ settings: { tls: { cert: 'one.pem', key: 'one.key' } } });
    for (const given of [args, []]) {
      const { running, ready } = await served.serve(given);
      assert.ok(ready.s3.startsWith('https:') && ready.console.startsWith('https:'));
      await served.stop(running);
    }
  });

  const refused: readonly (readonly [string, object, RegExp])[] = [
    ['half a TLS pair', { tls: { cert: 'c.pem' } }, /file\.json: settings\.tls\.cert: needs the private key/],
    [
      'two kinds of TLS',
      { tls: { cert: 'c', key: 'k', selfSigned: true } },
      /file\.json: settings\.tls\.selfSigned: contradicts .*settings\.tls\.cert/,
    ],
    [
      'one address for both ports',
      { s3Address: '127.0.0.1:9', consoleAddress: '127.0.0.1:9' },
      /file\.json: settings\.consoleAddress: the S3 API has the same address/,
    ],
    ['what is needed before the catalogue', { threads: { io: 2 } }, /file\.json: settings\.threads: cannot be stored/],
    [
      'a secret, which the log would hold',
      { metrics: { token: 'x'.repeat(20) } },
      /settings\.metrics: cannot be stored/,
    ],
  ];
  for (const [name, settings, line] of refused) {
    it(`exit 2, and nothing is stored: ${name}`, async () => {
      const args = provision({ users: USERS, settings });
      // An option would win over the setting that is to be refused.
      const { code, stdout, stderr } = await run(process.execPath, [ENTRY, '--data-dir', served.dataDir, ...args]);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr.trim().split('\n').at(-1) ?? '', line);
      const { ready } = await served.serve();
      await assert.rejects(s3Client(ready.s3, ADMIN).send(new ListBucketsCommand({})), { name: 'InvalidAccessKeyId' });
    });
  }

  it('root can be disabled for S3, once an admin exists', async () => {
    const root = { accessKeyId: 'ROOTKEY', secretAccessKey: 'root-secret-1' };
    const env = { STOWAGE_ROOT_ACCESS_KEY: root.accessKeyId, STOWAGE_ROOT_SECRET_KEY: root.secretAccessKey };
    const list = (endpoint: string, key: typeof root) => s3Client(endpoint, key).send(new ListBucketsCommand({}));
    const alone = await served.serve([], { ...env, STOWAGE_S3_ALLOW_ROOT: 'false' });
    await list(alone.ready.s3, root);
    await served.stop(alone.running);
    const { ready } = await served.serve(provision({ users: USERS, settings: { s3: { allowRoot: false } } }), env);
    await list(ready.s3, ADMIN);
    await assert.rejects(list(ready.s3, root), { name: 'InvalidAccessKeyId' });
  });
});
