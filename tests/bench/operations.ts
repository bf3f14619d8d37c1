import { CreateBucketCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { signInTo } from '../support/console-client.ts';
import { LeanClient } from '../support/lean-client.ts';
import { assertCountsExact, operate, undo } from '../support/operations.ts';
import { startTestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

/*
 * How long operations on many keys take: node tests/bench/operations.ts [KEYS]. Everything in one process, so the numbers are
 * no better than a server's own.
 */

const KEYS = Number(process.argv[2] ?? 50_000);
const AT_ONCE = 32;
const PASSWORD = 'correct horse battery staple';

const server = await startTestServer();
await provision(server.context, { users: [{ name: 'admin', role: 'admin', password: PASSWORD }] });
const admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);

async function fill(bucket: string): Promise<void> {
  let next = 0;
  const body = Buffer.from('some bytes of content');
  const put = async (): Promise<void> => {
    const client = new LeanClient(server.endpoint, server.rootCredentials);
    for (let i = next++; i < KEYS; i = next++) {
      const path = `/${bucket}/photos/2026/${String(i % 100).padStart(3, '0')}/image-${i}.jpeg`;
      const answer = await client.request({ method: 'PUT', path, body });
      if (answer.status !== 200) throw new Error(answer.body.toString());
    }
    client.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, put));
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  const done = await work();
  const ms = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = Math.round((user + system) / 1000);
  console.log(`${name}: ${Math.round(ms)} ms (CPU ${cpuMs} ms), ${Math.round((KEYS / ms) * 1000)} keys/s`);
  return done;
}

for (const versioned of [false, true]) {
  const bucket = versioned ? 'versioned' : 'plain';
  await server.client.send(new CreateBucketCommand({ Bucket: bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  if (versioned) await server.client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
  await timed(`${bucket}: put ${KEYS} keys`, () => fill(bucket));
  const items = [{ kind: 'folder' as const, from: 'photos/2026/', to: 'archive/2026/' }];
  const moved = await timed(`${bucket}: move a folder`, () => operate(admin, { kind: 'move', bucket, items }));
  if (moved.doneObjects !== KEYS) throw new Error(JSON.stringify(moved));
  await timed(`${bucket}: undo it`, () => undo(admin, moved));
  const copied = await timed(`${bucket}: copy the folder`, () => operate(admin, { kind: 'copy', bucket, items }));
  await timed(`${bucket}: undo it`, () => undo(admin, copied));
  const selection = [{ kind: 'folder' as const, from: 'photos/' }];
  const deleted = await timed(`${bucket}: delete it`, () =>
    operate(admin, { kind: 'delete', bucket, items: selection }),
  );
  await timed(`${bucket}: undo it`, () => undo(admin, deleted));
  await assertCountsExact(server.context);
}
await server.close();
