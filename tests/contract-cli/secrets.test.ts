import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Finished, start } from './fixtures/run-process.ts';
import { ENTRY, FREE_PORTS, type Ready, Served, s3Client } from './fixtures/served.ts';

const KEY = { accessKeyId: 'ada-key', secretAccessKey: 'planted-access-secret' };
const PASSWORD = 'planted-password';
const METRICS_TOKEN = 'planted-metrics-token';
const CLAIM_PASSWORD = 'planted-claim-password';
const SSE_C_KEY = Buffer.from('planted-customer-key-of-32-bytes').toString('base64');

/** SECURITY: planted secrets are looked for in everything that a server writes. */
describe('secrets', { timeout: 60_000 }, () => {
  let served: Served;
  beforeEach(() => {
    served = new Served();
  });
  afterEach(() => served.close());

  const filesUnder = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

  it('stand in clear in no log line, however much is logged, and in no file', async () => {
    const provision = served.path('provision.json');
    const users = [{ name: 'ada', role: 'user', password: PASSWORD, accessKeys: [KEY] }];
    writeFileSync(provision, JSON.stringify({ users }));
    const env = { STOWAGE_LOG_LEVEL: 'trace', STOWAGE_METRICS_TOKEN: METRICS_TOKEN };
    const { running, ready } = await served.serve(['--provision', provision], env);
    const root = served.readJson('root-credentials.json');
    const setupToken = readFileSync(served.path('setup-token'), 'utf8').trim();
    const seen = await useSecrets(ready, s3Client(ready.s3, KEY), setupToken);
    const { stderr }: Finished = await served.stop(running);
    assert.ok(stderr.includes('"objectKey":"kept"') && stderr.includes('ada'), 'requests are logged');
    const secrets = [KEY.secretAccessKey, PASSWORD, METRICS_TOKEN, CLAIM_PASSWORD, SSE_C_KEY, root.secretAccessKey];
    const all = [...secrets, setupToken, ...seen];
    for (const secret of all) assert.ok(!stderr.includes(secret), `${secret} in the log`);
    for (const file of filesUnder(served.dataDir)) {
      if (file === provision || !statSync(file).isFile()) continue;
      const content = readFileSync(file);
      for (const secret of all) assert.ok(!content.includes(secret), `${secret} in ${file}`);
    }
  });

  it('lie in files and folders that are for their user alone, whatever the umask', async () => {
    const disk = served.path('given-disk');
    mkdirSync(disk, { mode: 0o755 });
    const args = ['--data-dir', served.dataDir, '--disk', `a=${disk}`, '--tls-self-signed', ...FREE_PORTS];
    // --tls-self-signed makes one more secret file.
    const running = start('sh', ['-c', 'umask 000 && exec "$0" "$@"', process.execPath, ENTRY, ...args]);
    await running.seen('stdout', '\n');
    running.child.kill('SIGTERM');
    assert.equal((await running.finished()).code, 0);
    const second = await served.serve(['--disk', `a=${disk}`], {});
    const s3 = s3Client(second.ready.s3, served.readJson('root-credentials.json'));
    await s3.send(new CreateBucketCommand({ Bucket: 'modes' }));
    for (const sizeBytes of [10, 300_000, 3_000_000]) {
      const Key = `${sizeBytes}`;
      await s3.send(new PutObjectCommand({ Bucket: 'modes', Key, Body: Buffer.alloc(sizeBytes, 'm') }));
      const cold = { Bucket: 'modes', Key: `ia-${Key}`, StorageClass: 'STANDARD_IA' } as const;
      await s3.send(new PutObjectCommand({ ...cold, Body: Buffer.alloc(sizeBytes, 'm') }));
    }
    await served.stop(second.running);
    const open = filesUnder(served.dataDir)
      .filter((path) => path !== disk && (statSync(path).mode & 0o077) !== 0)
      .map((path) => `${path} ${(statSync(path).mode & 0o777).toString(8)}`);
    assert.deepEqual(open, []);
    const files = filesUnder(served.dataDir).filter((path) => statSync(path).isFile());
    assert.ok(files.length > 10, 'there is something to look at');
  });
});

/** Sends every kind of credential once, good and bad; answers the signatures that were sent. */
async function useSecrets(ready: Ready, s3: S3Client, setupToken: string): Promise<string[]> {
  const signatures: string[] = [];
  s3.middlewareStack.add(
    (next) => async (args) => {
      // The SDK's request, whose type this step does not say.
      const { headers } = args.request as { headers: Record<string, string> };
      signatures.push(/Signature=([0-9a-f]+)/.exec(headers.authorization ?? '')?.[1] ?? 'none');
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const Bucket = 'canaries';
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }));
  await assert.rejects(s3.send(new HeadBucketCommand({ Bucket: 'nobodys' })));
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'kept' }));
  signatures.push(new URL(url).searchParams.get('X-Amz-Signature') ?? 'none');
  assert.equal((await fetch(url)).status, 200);
  assert.equal((await fetch(url.replace('kept', 'other'))).status, 403);
  const sseC = {
    'x-amz-server-side-encryption-customer-algorithm': 'AES256',
    'x-amz-server-side-encryption-customer-key': SSE_C_KEY,
    'x-amz-server-side-encryption-customer-key-md5': 'planted',
  };
  await fetch(`${ready.s3}/${Bucket}/kept`, { method: 'PUT', body: 'x', headers: sseC });
  await fetch(`${ready.s3}/${Bucket}`, { headers: { authorization: `Basic ${SSE_C_KEY}`, cookie: PASSWORD } });
  await fetch(`${ready.console}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}`, forwarded: 'for=x' },
  });
  const setup = (body: object) =>
    fetch(`${ready.console}/api/v1/setup`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  await setup({ token: setupToken, name: 'not a name', password: CLAIM_PASSWORD });
  assert.equal((await setup({ token: setupToken, name: 'bob', password: CLAIM_PASSWORD })).status, 201);
  assert.ok(!signatures.includes('none') && signatures.length > 3);
  return signatures;
}
