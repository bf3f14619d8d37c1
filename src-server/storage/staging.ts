import { Failure } from '../domain/failure.ts';
import type { ExtentUid } from '../domain/ids.ts';
import { errnoOf, isNoSpace } from '../platform/fs-durable.ts';
import { randomName } from '../platform/random.ts';
import type { ExtentCodec, StagedExtent, StageRequest } from './body-store.ts';
import type { BumpArena } from './bump-arena.ts';
import { type ExtentOrigin, encodeHeader, headerLengthOf, storedLengthOf } from './extent-format.ts';
import type { IoClient } from './io-client.ts';
import type { Placer } from './placer.ts';
import type { ReaderPins } from './reader-pins.ts';
import type { ScratchPool } from './scratch-pool.ts';
import type { SlabArena } from './slab-arena.ts';

/** What the writers of one thread share. */
export interface StagingDeps {
  readonly io: IoClient;
  readonly slabs: SlabArena;
  readonly pieces: BumpArena;
  readonly placer: Placer;
  readonly scratch: ScratchPool;
  readonly pins: ReaderPins;
  readonly installTag: Uint8Array;
}

/** One body's facts, worked out once. */
export interface StagePlan {
  readonly request: StageRequest;
  readonly codec: ExtentCodec;
  readonly origin: ExtentOrigin;
  readonly envelope: Uint8Array;
  readonly headerLength: number;
}

const NO_ENVELOPE = new Uint8Array(0);

export function planStage(request: StageRequest): StagePlan {
  const envelope = request.dataKey?.envelope ?? NO_ENVELOPE;
  const origin = { partNumber: 0, ...request.origin };
  const codec = request.dataKey === undefined ? 'plain' : 'aes-256-gcm';
  return { request, codec, origin, envelope, headerLength: headerLengthOf(envelope, origin) };
}

export function newExtentUid(): ExtentUid {
  // Minted here: sixteen random bytes are what the brand stands for. A plain Uint8Array, not a view of Buffer's pool.
  return randomName(16) as ExtentUid;
}

/** The header of an extent of this body, written at the start of `target`. */
export function writeHeader(
  plan: StagePlan,
  installTag: Uint8Array,
  extent: {
    readonly uid: Uint8Array;
    readonly plainLength: number;
    readonly bodyOffset: number;
    readonly lastOfBody: boolean;
  },
  target: Buffer,
): void {
  const { codec, envelope, origin } = plan;
  encodeHeader({ ...extent, installTag, codec, createdMs: Date.now(), envelope, origin }, target);
}

export function stagedExtent(
  plan: StagePlan,
  uid: ExtentUid,
  plainLength: number,
  at: StagedExtent['at'],
): StagedExtent {
  const { codec, headerLength } = plan;
  return { uid, headerLength, plainLength, storedLength: storedLengthOf(plainLength, codec), codec, at };
}

/** What a caller is told when bytes could not be stored anywhere. Other errors are bugs and stay what they are. */
export function asFailure(error: unknown): unknown {
  const errno = errnoOf(error);
  if (error instanceof Failure || errno === undefined || errno === 'UNKNOWN') return error;
  return isNoSpace(errno)
    ? new Failure('InsufficientStorage', 'No disk has room for this object.')
    : new Failure('ServiceUnavailable', 'A disk could not store this object.');
}
