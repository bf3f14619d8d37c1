/*
 * Stages bodies on the disk whose root is the first argument and prints, for each that is durable, what a reader needs: one
 * JSON line. A crash point (STOWAGE_CRASH_AT) ends it. The second argument: `chunk` or `segment`.
 */
import { createHash } from 'node:crypto';
import { statSync, writeSync } from 'node:fs';
import type { DiskId } from '../../src-server/domain/ids.ts';
import { openTestBytes } from './body-store.ts';

const [root = '', kind = 'chunk'] = process.argv.slice(2);
const bytes = openTestBytes({ targets: [{ diskId: 1 as DiskId, root, device: statSync(root).dev }] });
bytes.placer.small = 'segment';
const size = kind === 'chunk' ? 2_500_000 : 300_000;
for (let index = 0; index < 4; index += 1) {
  const body = Buffer.alloc(size, index + 1);
  const origin = { bucket: 'b', key: `k${index}`, versionId: 'v' };
  const writer = bytes.store.stage({ tier: 'cold', expectedSizeBytes: size, digests: [], dataKey: undefined, origin });
  await writer.write(body);
  const { extents } = await writer.finish();
  const line = extents.map(({ uid, ...extent }) => ({ ...extent, uid: Buffer.from(uid).toString('hex') }));
  const sha256 = createHash('sha256').update(body).digest('hex');
  // Past every buffer of this process before the next body begins.
  writeSync(1, `${JSON.stringify({ extents: line, sha256 })}\n`);
}
await bytes.close();
