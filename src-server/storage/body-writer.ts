import type { BodyWriter, StagedBody, StageRequest } from './body-store.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { SEGMENT_EXTENT_BYTES_MAX, storedLengthOf } from './extent-format.ts';
import { SegmentWriter } from './segment-writer.ts';
import { SMALL_BODY_BYTES_MAX, SmallWriter } from './small-writer.ts';
import { planStage, type StagePlan, type StagingDeps } from './staging.ts';

/** The writer for a body of this size. Throws InsufficientStorage where the announced size fits nowhere. */
export function createBodyWriter(deps: StagingDeps, request: StageRequest): BodyWriter {
  const plan = planStage(request);
  const size = request.expectedSizeBytes;
  if (size === undefined) return new GrowingWriter(deps, plan);
  if (size > SEGMENT_EXTENT_BYTES_MAX) return new ChunkWriter(deps, plan);
  // Asked again when the bytes are there; now so that nobody sends a body that has no room.
  if (size > 0) deps.placer.placeSmall(request.tier, plan.headerLength + storedLengthOf(size, plan.codec));
  return size <= SMALL_BODY_BYTES_MAX ? new SmallWriter(deps, plan, size) : new SegmentWriter(deps, plan, size);
}

/** A body of unknown length: begins as a small one and becomes what its bytes make of it. */
class GrowingWriter implements BodyWriter {
  readonly #deps: StagingDeps;
  readonly #plan: StagePlan;
  #stage: SmallWriter | SegmentWriter | ChunkWriter;

  constructor(deps: StagingDeps, plan: StagePlan) {
    this.#deps = deps;
    this.#plan = plan;
    this.#stage = new SmallWriter(deps, plan, SMALL_BODY_BYTES_MAX);
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    const stage = this.#stage;
    if (stage instanceof SmallWriter) {
      const room = SMALL_BODY_BYTES_MAX - stage.gathered.length;
      return bytes.byteLength <= room ? stage.write(bytes) : this.#outgrowSmall(stage, bytes);
    }
    if (stage instanceof SegmentWriter && bytes.byteLength > stage.roomBytes) return this.#outgrowSegment(stage, bytes);
    return stage.write(bytes);
  }

  finish(): Promise<StagedBody> {
    return this.#stage.finish();
  }

  discard(): Promise<void> {
    return this.#stage.discard();
  }

  async #outgrowSmall(small: SmallWriter, bytes: Uint8Array): Promise<void> {
    const segment = new SegmentWriter(this.#deps, this.#plan, undefined);
    this.#stage = segment;
    await segment.write(small.gathered);
    await small.discard();
    await this.write(bytes);
  }

  async #outgrowSegment(segment: SegmentWriter, bytes: Uint8Array): Promise<void> {
    const filler = segment.handOver();
    try {
      const chunks = new ChunkWriter(this.#deps, this.#plan, filler);
      this.#stage = chunks;
    } catch (error) {
      filler?.slab.release();
      throw error;
    }
    await this.#stage.write(bytes);
  }
}
