/*
 * What the byte layer alone can do on this machine, beside the machine's own limits in the same run.
 * node tests/bench/storage-micro.ts [--workers N]
 */
import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { nodeFileSystem } from '../../src-server/platform/fs-port.ts';
import type { DataKey, DigestAlgorithm, ExtentSlice, StagedBody } from '../../src-server/storage/body-store.ts';
import { DigestSet } from '../../src-server/storage/digests.ts';
import { commitFrames, openTestBytes, type TestBytes } from '../support/body-store.ts';

const MIB = 1_048_576;
const { values } = parseArgs({ options: { workers: { type: 'string', default: '2' } } });
const workers = Number(values.workers);
const DIGESTS: readonly DigestAlgorithm[] = ['MD5', 'CRC64NVME'];
const KEY: DataKey = { plain: randomBytes(32), envelope: randomBytes(69) };
/** As a socket hands them over. */
const PIECE = randomBytes(65_536);

function report(what: string, bytes: number, milliseconds: number, count?: number): void {
  const rate = `${(bytes / 1e3 / milliseconds).toFixed(0)} MB/s`;
  const each = count === undefined ? '' : `, ${((count / milliseconds) * 1e3).toFixed(0)}/s`;
  console.log(`${what.padEnd(52)} ${rate.padStart(12)}${each}`);
}

function hostLimits(): void {
  const piece = Buffer.alloc(MIB, PIECE);
  for (const digests of [['MD5'], ['CRC64NVME'], DIGESTS] as const) {
    const set = new DigestSet(digests);
    const start = performance.now();
    for (let round = 0; round < 200; round += 1) set.update(piece);
    report(`limit: ${digests.join('+')}, one core`, 200 * MIB, performance.now() - start);
  }
}

async function diskLimit(root: string): Promise<void> {
  const path = `${root}/tmp/limit`;
  const fd = await nodeFileSystem.open(path, 'wx');
  const start = performance.now();
  const piece = Buffer.alloc(MIB, PIECE);
  for (let at = 0; at < 256; at += 1) await nodeFileSystem.write(fd, piece, at * MIB);
  await nodeFileSystem.fdatasync(fd);
  report('limit: one file written and synced', 256 * MIB, performance.now() - start);
  await nodeFileSystem.close(fd);
  await nodeFileSystem.unlink(path);
}

async function stage(bytes: TestBytes, size: number, dataKey: DataKey | undefined): Promise<StagedBody> {
  const origin = { bucket: 'bucket', key: 'key', versionId: 'null' };
  const writer = bytes.store.stage({ tier: 'hot', expectedSizeBytes: size, digests: DIGESTS, dataKey, origin });
  for (let left = size; left > 0; left -= PIECE.length) {
    const wait = writer.write(left >= PIECE.length ? PIECE : PIECE.subarray(0, left));
    if (wait !== undefined) await wait;
  }
  return writer.finish();
}

async function read(bytes: TestBytes, slices: readonly ExtentSlice[], dataKey: DataKey | undefined): Promise<void> {
  for await (const chunk of bytes.store.read(slices, dataKey)) chunk.release();
}

async function bodies(bytes: TestBytes, size: number, lanes: number, rounds: number, dataKey?: DataKey): Promise<void> {
  const disk = bytes.placer.targets[0];
  if (disk === undefined) throw new Error('no disk');
  const what = `${size >= MIB ? `${size / MIB} MiB` : `${size / 1024} KiB`} x${lanes}${dataKey ? ', encrypted' : ''}`;
  const staged: StagedBody[] = [];
  let start = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let round = 0; round < rounds; round += 1) {
        const body = await stage(bytes, size, dataKey);
        if (size > MIB) staged.push(body);
        else if (staged.length < 64) staged.push({ ...body, frames: body.frames.map((frame) => Buffer.from(frame)) });
        if (size <= MIB) body.release();
      }
    }),
  );
  report(`stage ${what}`, size * lanes * rounds, performance.now() - start, lanes * rounds);
  const lists: (readonly ExtentSlice[])[] = [];
  for (const body of staged) lists.push(await commitFrames(disk, body));
  start = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let round = 0; round < rounds; round += 1) {
        count += 1;
        await read(bytes, lists[(lane + round * lanes) % lists.length] ?? [], dataKey);
      }
    }),
  );
  report(`read  ${what}`, size * count, performance.now() - start, count);
  if (size > MIB) for (const body of staged) await body.discard();
}

hostLimits();
const bytes = openTestBytes({ workers });
try {
  const root = bytes.placer.targets[0]?.root ?? '';
  await diskLimit(root);
  await bodies(bytes, 4_096, 16, 2_000);
  await bodies(bytes, 65_536, 16, 300);
  await bodies(bytes, 524_288, 16, 50);
  await bodies(bytes, 64 * MIB, 1, 4);
  await bodies(bytes, 64 * MIB, 4, 3);
  await bodies(bytes, 64 * MIB, 4, 3, KEY);
  console.log(
    `memory: ${(process.memoryUsage.rss() / MIB).toFixed(0)} MiB; ${createHash('md5').update(PIECE).digest('hex').slice(0, 4)}`,
  );
} finally {
  await bytes.close();
}
