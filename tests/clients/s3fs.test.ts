import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type ClientScene, clientTest, REGION } from './support/client-test.ts';
import { findTool } from './support/find-tool.ts';
import { mustRun, runTool } from './support/run-tool.ts';
import { assertSameTree, hashFile, seededBytes, writeTree } from './support/trees.ts';

const BUCKET = 's3fs-bucket';
const FILES = [
  { path: 'empty', sizeBytes: 0 },
  { path: 'a b/ü.txt', sizeBytes: 1000 },
  { path: 'a b/deeper/file', sizeBytes: 300_000 },
  { path: 'large', sizeBytes: 22 * 1_048_576 },
];

function fuseMissing(): string | undefined {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
    return undefined;
  } catch {
    return '/dev/fuse cannot be opened';
  }
}

const noFuse = fuseMissing();
const tool = noFuse === undefined ? await findTool('s3fs', ['--version']) : undefined;

clientTest('s3fs', { tool, missing: noFuse ?? 's3fs is not installed' }, async (scene) => {
  const { accessKeyId, secretAccessKey } = scene;
  const credentials = { accessKeyId, secretAccessKey };
  const s3 = new S3Client({ endpoint: scene.endpoint, region: REGION, forcePathStyle: true, credentials });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await whileMounted(scene, async (mount) => {
    await ordinaryCommands(scene, mount);
  });
  const object = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'kept/appended' }));
  const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
  assert.ok(bytes.equals(Buffer.concat([seededBytes(70_000, 41), seededBytes(5_000, 42)])), 'S3 sees what was written');
  await whileMounted(scene, async (mount) => {
    await assertSameTree(join(mount, 'tree'), scene.folder('source'));
    const here = { env: scene.env, cwd: mount };
    await mustRun('rm', ['-r', 'tree'], here);
    assert.equal(await mustRun('ls', [], here), 'kept\n');
  });
});

/** What people do with files, with the programs they do it with; each step read back through the mount. */
async function ordinaryCommands(scene: ClientScene, mount: string): Promise<void> {
  const source = scene.folder('source');
  const outside = scene.folder('outside');
  // This process must not wait in the file system itself: it also reads what the server and s3fs print.
  const run = (command: string, ...args: string[]) => mustRun(command, args, { env: scene.env, cwd: mount });
  writeTree(source, FILES, 43);
  await run('cp', '-r', source, 'tree');
  await assertSameTree(join(mount, 'tree'), source);

  writeFileSync(join(outside, 'head'), seededBytes(70_000, 41));
  writeFileSync(join(outside, 'tail'), seededBytes(5_000, 42));
  await run('mkdir', 'kept');
  await run('cp', join(outside, 'head'), 'kept/appended');
  await run('dd', `if=${join(outside, 'tail')}`, 'of=kept/appended', 'oflag=append', 'conv=notrunc', 'status=none');
  assert.equal(await run('stat', '-c', '%s', 'kept/appended'), '75000\n');

  await run('cp', join(outside, 'head'), 'kept/short');
  await run('truncate', '-s', '4000', 'kept/short');
  await run('chmod', '640', 'kept/short');
  await run('touch', '-d', '@1600000000', 'kept/short');
  assert.equal(await run('stat', '-c', '%s %a %Y', 'kept/short'), '4000 640 1600000000\n');
  assert.equal(await hashFile(join(mount, 'kept/short')), sha256(seededBytes(70_000, 41).subarray(0, 4_000)));

  await run('mv', 'kept/short', 'kept/renamed');
  await run('ln', '-s', 'renamed', 'kept/link');
  assert.equal(await run('readlink', 'kept/link'), 'renamed\n');
  assert.equal(await run('stat', '-L', '-c', '%s', 'kept/link'), '4000\n');
  await run('mv', 'tree/a b', 'tree/renamed folder');
  await run('mv', join(source, 'a b'), join(source, 'renamed folder'));
  await assertSameTree(join(mount, 'tree'), source);
  await run('rm', 'kept/link');
  assert.equal(await run('ls', 'kept'), 'appended\nrenamed\n');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function whileMounted(scene: ClientScene, body: (mount: string) => Promise<void>): Promise<void> {
  const mount = scene.folder('mount');
  const passwords = join(scene.home, 'passwd-s3fs');
  writeFileSync(passwords, `${scene.accessKeyId}:${scene.secretAccessKey}\n`, { mode: 0o600 });
  const options = [`url=${scene.endpoint}`, 'use_path_request_style', `endpoint=${REGION}`, `passwd_file=${passwords}`];
  const args = [BUCKET, mount, '-f', ...options.flatMap((option) => ['-o', option]), '-o', 'multipart_size=10'];
  const child = spawn(scene.tool.path, args, { env: scene.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text));
  const ended = once(child, 'exit');
  try {
    const outside = statSync(join(mount, '..')).dev;
    for (let tries = 0; statSync(mount).dev === outside; tries += 1) {
      if (tries > 200 || child.exitCode !== null) throw new Error(`s3fs did not mount: ${output}`);
      await sleep(50);
    }
    await body(mount);
  } finally {
    await runTool('umount', ['-l', mount], { env: scene.env });
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  }
}
