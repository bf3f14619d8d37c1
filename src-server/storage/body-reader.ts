import { Failure } from '../domain/failure.ts';
import { errnoOf } from '../platform/fs-durable.ts';
import type { FileSystem } from '../platform/fs-port.ts';
import { type BodyChunk, DamagedExtent, type DataKey, type ExtentSlice } from './body-store.ts';
import type { FdCache } from './fd-cache.ts';
import type { IoClient } from './io-client.ts';
import type { DiskFault, ReadSource } from './io-protocol.ts';
import { containerPath } from './layout.ts';
import type { Placer } from './placer.ts';
import { piecesOf, planRead, READ_FRAMES_MAX, type ReadStep } from './read-plan.ts';
import type { ReaderPins } from './reader-pins.ts';
import type { SlabArena } from './slab-arena.ts';
import { readFrames } from './worker/read-frames.ts';

const FRAMES_A_QUARTER = 4;
/** Reads under way behind the one that is being sent. */
const READ_AHEAD = 2;
/** Encrypted frames past this go to an I/O worker; CRCs cost so little that plain ones never do. */
const DECRYPT_HERE_FRAMES_MAX = 1;
const RETRY_AFTER_SECONDS = '30';

/** What the readers of one thread share. */
export interface ReaderDeps {
  readonly fs: FileSystem;
  /** For the log alone, whose disk nothing works without: waiting for it here stops nobody who would not wait anyway. */
  readonly logFs: FileSystem;
  readonly fds: FdCache;
  readonly io: IoClient;
  readonly slabs: SlabArena;
  readonly placer: Placer;
  readonly pins: ReaderPins;
}

/** `BodyStore.read`: see there. */
export async function* readBody(
  deps: ReaderDeps,
  slices: readonly ExtentSlice[],
  dataKey: DataKey | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<BodyChunk, void> {
  const framesMax = (): number => (deps.slabs.pressed ? FRAMES_A_QUARTER : READ_FRAMES_MAX);
  const steps = planRead(slices, framesMax);
  const ahead: Promise<BodyChunk>[] = [];
  const names = new Set(slices.map((slice) => slice.containerName));
  for (const name of names) deps.pins.pin(name);
  try {
    for (;;) {
      while (ahead.length === 0 || (ahead.length <= READ_AHEAD && !deps.slabs.pressed)) {
        const next = steps.next();
        if (next.done === true) break;
        const chunk = readStep(deps, next.value, dataKey);
        // A failure ahead is thrown when its turn comes, or never.
        chunk.catch(() => {});
        ahead.push(chunk);
      }
      const chunk = ahead.shift();
      if (chunk === undefined) return;
      const ready = await chunk;
      if (signal?.aborted) {
        ready.release();
        signal.throwIfAborted();
      }
      yield ready;
    }
  } finally {
    for (const name of names) deps.pins.unpin(name);
    for (const chunk of ahead) {
      chunk.then(
        (unwanted) => unwanted.release(),
        () => {},
      );
    }
  }
}

async function readStep(deps: ReaderDeps, step: ReadStep, dataKey: DataKey | undefined): Promise<BodyChunk> {
  const { slice } = step;
  if (slice.codec !== 'plain' && dataKey === undefined) throw new Error('an encrypted extent is read with its key');
  const sources = sourcesOf(deps.placer, slice);
  const faults: DiskFault[] = [];
  try {
    return await readIntoSlab(deps, step, sources, dataKey, faults);
  } catch (error) {
    if (errnoOf(error) !== 'DAMAGED') throw error;
    if (sources.length < slice.diskIds.length) throw diskAbsent();
    throw new DamagedExtent(`extent ${Buffer.from(slice.uid).toString('hex')} in ${slice.containerName}`);
  } finally {
    for (const fault of faults) deps.placer.report(fault);
  }
}

async function readIntoSlab(
  deps: ReaderDeps,
  step: ReadStep,
  sources: readonly ReadSource[],
  dataKey: DataKey | undefined,
  faults: DiskFault[],
): Promise<BodyChunk> {
  const { slice, range, frames, wantedBytes } = step;
  const slab = await deps.slabs.take(Math.ceil(frames / FRAMES_A_QUARTER));
  try {
    if (range.codec === 'plain' || frames <= DECRYPT_HERE_FRAMES_MAX) {
      const fs = slice.containerKind === 'log' ? deps.logFs : deps.fs;
      await readFrames(fs, deps.fds, sources, range, dataKey?.plain, slab.bytes, faults);
    } else {
      const worker = deps.io.assign();
      try {
        const ref = deps.io.reference(worker, slab, 0, range.storedLength);
        await deps.io.ask(worker, { kind: 'read', sources, range, slab: ref, dataKey: dataKey?.plain });
      } finally {
        deps.io.unassign(worker);
      }
    }
    return { pieces: piecesOf(step, slab.bytes), sizeBytes: wantedBytes, release: slab.release };
  } catch (error) {
    slab.release();
    throw error;
  }
}

function sourcesOf(placer: Placer, slice: ExtentSlice): ReadSource[] {
  const sources: ReadSource[] = [];
  for (const diskId of slice.diskIds) {
    const disk = placer.disk(diskId);
    if (disk === undefined) continue;
    sources.push({ diskId, path: containerPath(disk.root, slice.containerKind, slice.containerName) });
  }
  if (sources.length === 0) throw diskAbsent();
  return sources;
}

function diskAbsent(): Failure {
  return new Failure('ServiceUnavailable', 'The disk that holds this object is absent.', {
    headers: { 'retry-after': RETRY_AFTER_SECONDS },
  });
}
