import type { FileSystem } from '../../platform/fs-port.ts';
import type { DigestAlgorithm, Digests } from '../body-store.ts';
import { DigestSet } from '../digests.ts';
import { FRAME_BYTES, frameStride, trailerLength } from '../extent-format.ts';
import { FrameCodec } from '../frame-codec.ts';
import type { DiskFault, DiskTarget } from '../io-protocol.ts';
import { ChunkFile } from './chunk-file.ts';

interface OpenExtent {
  readonly frames: FrameCodec;
  readonly chunk: ChunkFile | undefined;
}

/** The worker's side of one body: its hash states for the whole of it, and the extent that is being filled. */
export class WorkerBody {
  readonly #fs: FileSystem;
  readonly #digests: DigestSet;
  readonly #dataKey: Uint8Array | undefined;
  readonly #chunks: ChunkFile[] = [];
  #extent: OpenExtent | undefined;

  constructor(fs: FileSystem, algorithms: readonly DigestAlgorithm[], dataKey: Uint8Array | undefined) {
    this.#fs = fs;
    this.#digests = new DigestSet(algorithms);
    this.#dataKey = dataKey;
  }

  beginExtent(uid: Uint8Array, chunk: { targets: readonly DiskTarget[]; headerLength: number } | undefined): void {
    const frames = new FrameCodec(uid, this.#dataKey);
    const file = chunk && new ChunkFile(this.#fs, { uid, codec: frames.codec, ...chunk });
    if (file !== undefined) this.#chunks.push(file);
    this.#extent = { frames, chunk: file };
  }

  /** Hashes and seals whole frames in place, and writes them where the extent has a file. Resolves when `slab` is free. */
  async takeFrames(slab: Buffer, firstFrame: number, plainLength: number, last: boolean): Promise<void> {
    const { frames, chunk } = this.#current();
    const stride = frameStride(frames.codec);
    const count = Math.ceil(plainLength / FRAME_BYTES);
    const payloads = Array.from({ length: count }, (_, index) => {
      const start = index * stride;
      return { start, length: Math.min(FRAME_BYTES, plainLength - index * FRAME_BYTES), frame: firstFrame + index };
    });
    const hashAll = (): void => {
      for (const { start, length } of payloads) this.#digests.update(slab.subarray(start, start + length));
    };
    const encrypted = frames.codec !== 'plain';
    if (encrypted) hashAll();
    for (const { start, length, frame } of payloads) {
      frames.seal(slab.subarray(start), length, frame, last && frame === firstFrame + count - 1);
    }
    const stored = slab.subarray(0, plainLength + count * trailerLength(frames.codec));
    const written = chunk?.append(stored, last);
    // The write runs in the thread pool meanwhile; nothing changes plain bytes any more.
    if (!encrypted) hashAll();
    await written;
  }

  /** Completes the extent's file; the next extent may begin before this settles. */
  async endChunk(header: Uint8Array): Promise<{ target: DiskTarget; name: string; faults: readonly DiskFault[] }> {
    const { chunk } = this.#current();
    if (chunk === undefined) throw new Error('the extent has no file');
    const { target, name } = await chunk.finish(header);
    return { target, name, faults: chunk.faults };
  }

  get faults(): readonly DiskFault[] {
    return this.#chunks.flatMap((chunk) => chunk.faults.splice(0));
  }

  digest(): Digests {
    return this.#digests.digest();
  }

  /** Nobody is left to say what became of this body: its complete files stay. Never throws. */
  async orphan(): Promise<void> {
    await Promise.all(this.#chunks.map((chunk) => chunk.abandonUnfinished()));
  }

  /** Removes every file of this body. Never throws. */
  async abandon(): Promise<void> {
    await Promise.all(this.#chunks.map((chunk) => chunk.abandon()));
  }

  #current(): OpenExtent {
    if (this.#extent === undefined) throw new Error('no extent was begun');
    return this.#extent;
  }
}
