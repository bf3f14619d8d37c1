import type { BodyWriter, StagedBody } from './body-store.ts';
import { digestOnce } from './digests.ts';
import { FRAME_BYTES, storedLengthOf } from './extent-format.ts';
import { FrameCodec } from './frame-codec.ts';
import { placeInSegment, segmentAt } from './place-in-segment.ts';
import { asFailure, newExtentUid, type StagePlan, type StagingDeps, stagedExtent, writeHeader } from './staging.ts';

/** Up to here hashing on the spot is cheaper than asking an I/O worker (tests/bench/storage-micro.ts). */
export const SMALL_BODY_BYTES_MAX = FRAME_BYTES;

/** A body of one frame at most: gathered in the thread's own memory, hashed and framed in `finish`. */
export class SmallWriter implements BodyWriter {
  readonly #deps: StagingDeps;
  readonly #plan: StagePlan;
  readonly #capacity: number;
  #bytes: Buffer | undefined;
  #length = 0;

  /** @param capacity most bytes that will come */
  constructor(deps: StagingDeps, plan: StagePlan, capacity: number) {
    this.#deps = deps;
    this.#plan = plan;
    this.#capacity = capacity;
    this.#bytes = deps.scratch.take(capacity);
  }

  /** What came so far; belongs to the writer. */
  get gathered(): Buffer {
    if (this.#bytes === undefined) throw new Error('the body was finished or discarded');
    return this.#bytes.subarray(0, this.#length);
  }

  write(bytes: Uint8Array): undefined {
    if (this.#length + bytes.byteLength > this.#capacity) throw new Error('more bytes than were announced');
    if (this.#bytes === undefined) throw new Error('the body was finished or discarded');
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  async finish(): Promise<StagedBody> {
    try {
      const plain = this.gathered;
      const digests = digestOnce(this.#plan.request.digests, plain);
      if (plain.length === 0) {
        return { sizeBytes: 0, digests, extents: [], frames: [], release: () => {}, discard: async () => {} };
      }
      return { sizeBytes: plain.length, digests, ...(await this.#frame(plain)) };
    } finally {
      this.#giveBack();
    }
  }

  async discard(): Promise<void> {
    this.#giveBack();
  }

  #giveBack(): void {
    const bytes = this.#bytes;
    this.#bytes = undefined;
    if (bytes !== undefined) this.#deps.scratch.give(bytes);
  }

  async #frame(plain: Buffer): Promise<Pick<StagedBody, 'extents' | 'frames' | 'release' | 'discard'>> {
    const { pieces, placer, installTag } = this.#deps;
    const { request, codec, headerLength } = this.#plan;
    const plainLength = plain.length;
    const length = headerLength + storedLengthOf(plainLength, codec);
    const place = placer.placeSmall(request.tier, length);
    const taken = pieces.take(length);
    const piece = taken instanceof Promise ? await taken : taken;
    const uid = newExtentUid();
    piece.bytes.set(plain, headerLength);
    new FrameCodec(uid, request.dataKey?.plain).seal(piece.bytes.subarray(headerLength), plainLength, 0, true);
    writeHeader(this.#plan, installTag, { uid, plainLength, bodyOffset: 0, lastOfBody: true }, piece.bytes);
    const discard = async (): Promise<void> => piece.release();
    if (place.kind === 'log') {
      const extents = [stagedExtent(this.#plan, uid, plainLength, { kind: 'log', frame: 0 })];
      return { extents, frames: [piece.bytes], release: piece.release, discard };
    }
    try {
      const placed = await placeInSegment(this.#deps, place.targets, piece, 0, length);
      const extents = [stagedExtent(this.#plan, uid, plainLength, segmentAt(placed))];
      const settle = (then: () => void) => (): void => {
        placed.settle();
        then();
      };
      return { extents, frames: [], release: settle(piece.release), discard: async () => settle(piece.release)() };
    } catch (error) {
      piece.release();
      throw asFailure(error);
    }
  }
}
