import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { DiskId, ExtentUid } from '../../src-server/domain/ids.ts';
import { type FileSystem, nodeFileSystem } from '../../src-server/platform/fs-port.ts';
import type { BodyStore, ExtentSlice, StagedBody, StagedExtent } from '../../src-server/storage/body-store.ts';
import { createBodyStore, installTagOf, type ThreadBodyStore } from '../../src-server/storage/create-body-store.ts';
import { createIoPool } from '../../src-server/storage/io-pool.ts';
import type { DiskFault, DiskTarget } from '../../src-server/storage/io-protocol.ts';
import { CHUNK_SHARDS, DISK_FOLDERS } from '../../src-server/storage/layout.ts';
import type { Placer } from '../../src-server/storage/placer.ts';
import { ReaderPins } from '../../src-server/storage/reader-pins.ts';
import { createIoWorkerState, serveIo } from '../../src-server/storage/worker/serve-io.ts';

export const TEST_INSTALL_TAG = installTagOf('00000000-0000-4000-8000-000000000000');

/** A folder laid out as a disk, below the system's temporary folder. */
export function makeDisk(diskId: number, under: string = mkdtempSync(join(tmpdir(), 'stowage-bytes-'))): DiskTarget {
  const root = join(under, `disk-${diskId}`);
  for (const folder of DISK_FOLDERS) mkdirSync(join(root, folder), { recursive: true });
  for (const shard of CHUNK_SHARDS) mkdirSync(join(root, 'chunks', shard));
  return { diskId: diskId as DiskId, root, device: statSync(root).dev };
}

/** Places everything on the given disks in order; small bodies as told. Remembers the faults it was told of. */
export class TestPlacer implements Placer {
  readonly faults: DiskFault[] = [];
  small: 'log' | 'segment' = 'log';
  readonly absent = new Set<number>();
  readonly targets: DiskTarget[];

  constructor(targets: DiskTarget[]) {
    this.targets = targets;
  }

  placeSmall(): ReturnType<Placer['placeSmall']> {
    return this.small === 'log' ? { kind: 'log' } : { kind: 'segment', targets: this.targets };
  }

  reserve(): ReturnType<Placer['reserve']> {
    return { nextChunk: () => this.targets, written: () => {}, release: () => {} };
  }

  disk(diskId: number): DiskTarget | undefined {
    return this.absent.has(diskId) ? undefined : this.targets.find((target) => target.diskId === diskId);
  }

  report(fault: DiskFault): void {
    this.faults.push(fault);
  }
}

export interface TestBytes {
  readonly store: ThreadBodyStore;
  readonly placer: TestPlacer;
  readonly pins: ReaderPins;
  readonly sealed: string[];
  close(): Promise<void>;
}

export interface TestBytesOptions {
  readonly disks?: number;
  /** Real worker threads; else one worker's code runs in this thread, through `fs`. */
  readonly workers?: number;
  readonly fs?: FileSystem;
  /** Disks that exist already, and stay. */
  readonly targets?: readonly DiskTarget[];
}

/** A body store over fresh disks. */
export function openTestBytes({
  disks = 1,
  workers = 0,
  fs = nodeFileSystem,
  targets,
}: TestBytesOptions = {}): TestBytes {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-bytes-'));
  const placer = new TestPlacer([
    ...(targets ?? Array.from({ length: disks }, (_, index) => makeDisk(index + 1, folder))),
  ]);
  const pins = new ReaderPins();
  const sealed: string[] = [];
  const pool =
    workers > 0
      ? createIoPool({
          workers,
          installTag: TEST_INSTALL_TAG,
          onDeath: (error) => {
            throw error;
          },
        })
      : undefined;
  const ports = pool?.connect() ?? [inlineWorker(fs)];
  const store = createBodyStore({
    ports,
    placer,
    pins,
    installTag: TEST_INSTALL_TAG,
    httpThreads: 1,
    onSegmentSealed: (name) => sealed.push(name),
    fs,
  });
  return {
    store,
    placer,
    pins,
    sealed,
    close: async () => {
      store.close();
      await pool?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function inlineWorker(fs: FileSystem): import('node:worker_threads').MessagePort {
  const { port1, port2 } = new MessageChannel();
  serveIo(port2, createIoWorkerState(fs, TEST_INSTALL_TAG));
  port2.unref();
  return port1;
}

/** Stands in for the engine: writes a body's frames into a log file of the first disk and says where. */
export async function commitFrames(
  target: DiskTarget,
  staged: StagedBody,
  logName = `${randomBytes(4).toString('hex')}.log`,
): Promise<readonly ExtentSlice[]> {
  const fd = await nodeFileSystem.open(join(target.root, 'log', logName), 'a');
  const offsets: number[] = [];
  try {
    for (const frame of staged.frames) {
      const { sizeBytes } = await nodeFileSystem.facts(fd);
      offsets.push(sizeBytes);
      await nodeFileSystem.write(fd, frame, sizeBytes);
    }
  } finally {
    await nodeFileSystem.close(fd);
  }
  return staged.extents.map((extent) => sliceOf(extent, target, logName, offsets));
}

function sliceOf(extent: StagedExtent, log: DiskTarget, logName: string, offsets: readonly number[]): ExtentSlice {
  const { uid, headerLength, storedLength, plainLength, codec, at } = extent;
  const facts = { uid, headerLength, storedLength, plainLength, codec, sliceOffset: 0, sliceLength: plainLength };
  return at.kind === 'log'
    ? { ...facts, containerName: logName, containerKind: 'log', diskIds: [log.diskId], offset: offsets[at.frame] ?? -1 }
    : { ...facts, containerName: at.name, containerKind: at.containerKind, diskIds: [at.diskId], offset: at.offset };
}

/** The wanted bytes of a body, cut out of its slices. */
export function cut(slices: readonly ExtentSlice[], start: number, length: number): ExtentSlice[] {
  const wanted: ExtentSlice[] = [];
  let at = 0;
  for (const slice of slices) {
    const from = Math.max(start, at);
    const to = Math.min(start + length, at + slice.plainLength);
    if (to > from) wanted.push({ ...slice, sliceOffset: from - at, sliceLength: to - from });
    at += slice.plainLength;
  }
  return wanted;
}

export async function readAll(
  store: BodyStore,
  slices: readonly ExtentSlice[],
  ...rest: [dataKey?: Parameters<BodyStore['read']>[1], signal?: AbortSignal]
): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of store.read(slices, rest[0], rest[1])) {
    for (const piece of chunk.pieces) parts.push(Buffer.from(piece));
    chunk.release();
  }
  return Buffer.concat(parts);
}

/** An extent id made by a test. */
export function testUid(): ExtentUid {
  return Uint8Array.from(randomBytes(16)) as ExtentUid;
}
