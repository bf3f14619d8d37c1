import type { BodyId, DiskId, ExtentUid, Tier } from '../domain/ids.ts';

/** Digests a staged body can carry. MD5 gives the ETag; the others are S3's checksum algorithms. */
export const DIGEST_ALGORITHMS = ['MD5', 'SHA1', 'SHA256', 'CRC32', 'CRC32C', 'CRC64NVME'] as const;
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];
export type Digests = Readonly<Partial<Record<DigestAlgorithm, Uint8Array>>>;

/** The plain 32-byte data key of one version and its wrapped form, which is what rows and extent headers carry. */
export interface DataKey {
  readonly plain: Uint8Array;
  readonly envelope: Uint8Array;
}

export interface StageRequest {
  /** Where the bytes should live; a tier without a disk falls back as DESIGN §1 says. */
  readonly tier: Tier;
  /** Decoded length where the client announced it: chooses disk and path before the first byte. */
  readonly expectedSizeBytes: number | undefined;
  readonly digests: readonly DigestAlgorithm[];
  readonly dataKey: DataKey | undefined;
  /** Stands in the extent headers, for salvage only. `partNumber` from 1 for a part of a multipart upload (`versionId` is then the upload's id). */
  readonly origin: {
    readonly bucket: string;
    readonly key: string;
    readonly versionId: string;
    readonly partNumber?: number;
  };
}

/** One new extent, as a command needs it. Cloneable. */
export interface StagedExtent {
  readonly uid: ExtentUid;
  readonly headerLength: number;
  readonly storedLength: number;
  readonly plainLength: number;
  /** `plain` or `aes-256-gcm`. */
  readonly codec: ExtentCodec;
  /** `log`: index into the frames submitted with the command. `container`: already durable there. */
  readonly at:
    | { readonly kind: 'log'; readonly frame: number }
    | {
        readonly kind: 'container';
        readonly name: string;
        readonly containerKind: 'segment' | 'chunk';
        readonly diskId: DiskId;
        readonly offset: number;
      };
}
export type ExtentCodec = 'plain' | 'aes-256-gcm';

/** A body whose bytes are verified by length only; the caller compares `digests`, then submits or discards. */
export interface StagedBody {
  readonly sizeBytes: number;
  readonly digests: Digests;
  readonly extents: readonly StagedExtent[];
  /** To be passed to `CommitEngine.submit` for the extents `at: log`. */
  readonly frames: readonly Uint8Array[];
  /** After submit resolved: gives buffers back. */
  release(): void;
  /** Instead of a submit, or after a failed one: gives buffers back and removes files. Never throws. */
  discard(): Promise<void>;
}

export interface BodyWriter {
  /** Takes the next bytes (copied before it returns). Await it: the promise is the backpressure. */
  write(bytes: Uint8Array): Promise<void> | undefined;
  /** Everything is hashed, framed and, unless `at: log`, durable in its container. Throws InsufficientStorage. */
  finish(): Promise<StagedBody>;
  /** Drops everything; never throws; may be called at any time. */
  discard(): Promise<void>;
}

/** One piece of a body's extent list, resolved to a place on a disk that is present. */
export interface ExtentSlice {
  readonly uid: Uint8Array;
  readonly containerName: string;
  readonly containerKind: 'log' | 'segment' | 'chunk';
  /** Disks that hold a copy, best first. */
  readonly diskIds: readonly number[];
  readonly offset: number;
  readonly headerLength: number;
  readonly storedLength: number;
  readonly plainLength: number;
  readonly codec: ExtentCodec;
  /** Wanted bytes of the extent's plain text. */
  readonly sliceOffset: number;
  readonly sliceLength: number;
}

/** Verified plain bytes. `release` gives the buffer back once the bytes were sent; nothing reads them after. */
export interface BodyChunk {
  readonly pieces: readonly Uint8Array[];
  readonly sizeBytes: number;
  release(): void;
}

/**
 * Small bodies in memory, as they were read and verified before. Encrypted ones stay out: a hit would answer who holds no
 * key.
 */
export interface KeptBodies {
  /** Larger ones are not kept. */
  readonly maxBodyBytes: number;
  get(body: BodyId): Uint8Array | undefined;
  /** Keeps all bytes of a body; they must own their memory and never change. */
  put(body: BodyId, plain: Uint8Array): void;
}

export interface BodyStore {
  readonly kept: KeptBodies;
  /** Throws `Failure(InsufficientStorage)` at once where the announced size fits nowhere. */
  stage(request: StageRequest): BodyWriter;
  /**
   * Streams the slices in order, each frame's CRC (and tag) checked before its bytes are handed out.
   * Throws `DamagedExtent` where no copy is good, `Failure(ServiceUnavailable)` where the only copy's disk is absent.
   */
  read(slices: readonly ExtentSlice[], dataKey: DataKey | undefined, signal?: AbortSignal): AsyncIterable<BodyChunk>;
}

/** A frame failed its CRC or tag and no other copy is good. The answer must not end as a clean 200. */
export class DamagedExtent extends Error {
  override readonly name = 'DamagedExtent';
}
