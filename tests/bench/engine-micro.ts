/*
 * Puts of 4 KiB bodies through the engine alone: no HTTP, no hashing. Prints one JSON line for each number of callers.
 *
 * node tests/bench/engine-micro.ts [seconds] [strict|balanced|relaxed]
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PutObjectInput } from '../../src-server/commands/put-object.ts';
import { SqliteCatalogue } from '../../src-server/db/sqlite/sqlite-catalogue.ts';
import type { BucketId, BucketName, EpochMs, ETag, ObjectKey, UserId, VersionId } from '../../src-server/domain/ids.ts';
import { type EngineHost, openEngine } from '../../src-server/engine/engine-host.ts';
import type { EngineOptions } from '../../src-server/engine/engine-options.ts';

const FRAME_BYTES = 4096 + 200;
const CALLERS = (process.env['CALLERS'] ?? '1,16,64,128').split(',').map(Number);

const seconds = Number(process.argv[2] ?? 3);
const durability = (process.argv[3] ?? 'strict') as EngineOptions['durability'];
let counter = 0;
const root = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'stowage-micro-'));

try {
  const host = await openEngine(optionsIn(root));
  const ids = await arrange(host);
  for (const callers of CALLERS) await measure(host, ids, callers);
  await host.close();
} finally {
  rmSync(root, { recursive: true, force: true });
}

function optionsIn(folder: string): EngineOptions {
  const dataDir = join(folder, 'data');
  const path = join(folder, 'disk');
  mkdirSync(dataDir);
  mkdirSync(path);
  const uuid = '00000000-0000-4000-8000-000000000001';
  return {
    dataDir,
    logDisk: { uuid, name: 'disk-1', tier: 'hot', path, device: statSync(path).dev },
    otherDisks: [],
    durability,
    createInstall: { logId: randomBytes(16) },
    limits: process.env['WAL_MIB'] === undefined ? {} : { walBytes: Number(process.env['WAL_MIB']) * 1024 * 1024 },
  };
}

interface Ids {
  readonly bucketId: BucketId;
  readonly ownerId: UserId;
}

async function arrange(host: EngineHost): Promise<Ids> {
  const nowMs = Date.now() as EpochMs;
  const fresh = { canonicalId: 'c'.repeat(64), accountId: '1'.repeat(12) };
  await host.client.submit('put-root-key', { key: undefined, fresh, nowMs });
  const catalogue = new SqliteCatalogue({ path: host.cataloguePath, generation: host.generation });
  const find = (sql: string) => catalogue.read(async (tx) => (await tx.get<{ id: number }>(sql))?.id ?? 0);
  const ownerId = (await find('SELECT id FROM iam_user')) as UserId;
  const name = 'bench' as BucketName;
  const bucket = { name, ownerId, location: null, ownership: 'BucketOwnerEnforced', tags: undefined, nowMs } as const;
  await host.client.submit('create-bucket', bucket);
  const bucketId = (await find('SELECT id FROM bucket')) as BucketId;
  catalogue.close();
  return { bucketId, ownerId };
}

function inputOf({ bucketId, ownerId }: Ids): PutObjectInput {
  counter += 1;
  const uid = new Uint8Array(16);
  new DataView(uid.buffer).setFloat64(0, counter);
  const random = ((counter * 2654435761) % 4294967296).toString(16);
  return {
    object: {
      bucketId,
      key: `some/folder/${random}/object-${counter}` as ObjectKey,
      candidateId: 'v' as VersionId,
      ownerId,
      modifiedMs: Date.now() as EpochMs,
      sizeBytes: 4096,
      etag: '0123456789abcdef0123456789abcdef' as ETag,
      storageClass: 'STANDARD',
      contentType: 'application/octet-stream',
      systemMetadata: null,
      userMetadata: null,
      tags: null,
      checksum: '{"CRC64NVME":"AAAAAAAAAAA="}',
      envelope: null,
    },
    condition: { kind: 'none' },
    extents: [
      {
        uid: uid as PutObjectInput['extents'][number]['uid'],
        headerLength: 196,
        storedLength: 4100,
        plainLength: 4096,
        codec: 'plain',
        at: { kind: 'log', frame: 0 },
      },
    ],
  };
}

async function measure(host: EngineHost, ids: Ids, callers: number): Promise<void> {
  const frame = new Uint8Array(new SharedArrayBuffer(FRAME_BYTES)).fill(7);
  const before = await host.status();
  const latencies: number[] = [];
  const endMs = performance.now() + seconds * 1000;
  const caller = async (): Promise<void> => {
    for (let nowMs = performance.now(); nowMs < endMs; ) {
      await host.client.submit('put-object', inputOf(ids), [frame]);
      const thenMs = performance.now();
      latencies.push(thenMs - nowMs);
      nowMs = thenMs;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const after = await host.status();
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => Number((latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(3));
  const puts = latencies.length;
  const batches = after.counters.batches - before.counters.batches;
  console.log(
    JSON.stringify({
      callers,
      putsPerSecond: Math.round(puts / seconds),
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      meanBatch: Number((puts / batches).toFixed(1)),
      syncs: after.counters.syncs - before.counters.syncs,
      recordBytesPerPut: Math.round((after.counters.recordBytesWritten - before.counters.recordBytesWritten) / puts),
      walCheckpoints: after.counters.walCheckpoints - before.counters.walCheckpoints,
    }),
  );
}
