import { createHash } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';
import { type FileSystem, nodeFileSystem } from '../platform/fs-port.ts';
import { readBody } from './body-reader.ts';
import type { BodyStore } from './body-store.ts';
import { createBodyWriter } from './body-writer.ts';
import { BumpArena } from './bump-arena.ts';
import { createExtentAppender, type ExtentAppender } from './extent-appender.ts';
import { FdCache } from './fd-cache.ts';
import { IoClient } from './io-client.ts';
import type { Placer } from './placer.ts';
import { withPromptReads } from './prompt-reads.ts';
import type { ReaderPins } from './reader-pins.ts';
import { ScratchPool } from './scratch-pool.ts';
import { SlabArena } from './slab-arena.ts';
import { SmallBodies } from './small-bodies.ts';

const MIB = 1_048_576;
/** Shared memory of all HTTP threads for bodies on their way in, and out. */
const WRITE_MEMORY_BYTES = 64 * MIB;
const READ_MEMORY_BYTES = 40 * MIB;
const CACHE_BYTES = 64 * MIB;
const OPEN_FILES_MAX = 256;
/** Block numbers of the two arenas must differ, for they name memory to the same workers. */
const FIRST_READ_BLOCK = 100_000;

export interface BodyStoreOptions {
  /** From `IoPool.connect()`; this store owns them. */
  readonly ports: readonly MessagePort[];
  readonly placer: Placer;
  /** Shared by all threads (`ReaderPins.memory`). */
  readonly pins: ReaderPins;
  readonly installTag: Uint8Array;
  /** How many threads share the process's memory for bodies. */
  readonly httpThreads: number;
  /** A tier's segment takes no more: its row may be sealed. */
  onSegmentSealed(name: string): void;
  readonly fs?: FileSystem;
}

/** The body store of one HTTP thread. */
export interface ThreadBodyStore extends BodyStore {
  readonly appender: ExtentAppender;
  /** Ends its connections; bodies under way fail. */
  close(): void;
}

/** Makes the body store of one HTTP thread. */
export function createBodyStore(options: BodyStoreOptions): ThreadBodyStore {
  const { placer, pins, installTag, httpThreads, fs = nodeFileSystem } = options;
  const io = new IoClient(options.ports, {
    onFault: (fault) => placer.report(fault),
    onSegmentSealed: options.onSegmentSealed,
  });
  const fds = new FdCache(fs, OPEN_FILES_MAX);
  const slabs = new SlabArena(WRITE_MEMORY_BYTES / httpThreads);
  const pieces = new BumpArena(slabs);
  const staging = { io, slabs, pieces, scratch: new ScratchPool(), placer, pins, installTag };
  const readSlabs = new SlabArena(READ_MEMORY_BYTES / httpThreads, FIRST_READ_BLOCK);
  const reading = { fs, logFs: withPromptReads(fs), fds, io, slabs: readSlabs, placer, pins };
  return {
    kept: new SmallBodies(Math.floor(CACHE_BYTES / httpThreads)),
    stage: (request) => createBodyWriter(staging, request),
    read: (slices, dataKey, signal) => readBody(reading, slices, dataKey, signal),
    appender: createExtentAppender({ io, pieces, placer, pins }),
    close: () => {
      io.close();
      fds.close();
    },
  };
}

/** Eight bytes that stand for an install in extent headers. */
export function installTagOf(installId: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(installId).digest().subarray(0, 8));
}
