import type { BodyWriter, Digests, StagedBody, StagedExtent } from './body-store.ts';
import { FRAME_BYTES, SEGMENT_EXTENT_BYTES_MAX, storedLengthOf } from './extent-format.ts';
import { FrameFiller } from './frame-filler.ts';
import { placeInSegment, segmentAt } from './place-in-segment.ts';
import { RemoteBody } from './remote-body.ts';
import { asFailure, newExtentUid, type StagePlan, type StagingDeps, stagedExtent, writeHeader } from './staging.ts';

const FRAMES_A_QUARTER = 4;
/** Frames that are sent ahead together: hashing starts while the rest arrives. */
const AHEAD_FRAMES = 4;

/** A body of at most 1 MiB: one extent in one slab, hashed and sealed by an I/O worker as its frames fill. */
export class SegmentWriter implements BodyWriter {
  readonly #deps: StagingDeps;
  readonly #plan: StagePlan;
  readonly #expectedBytes: number | undefined;
  readonly uid = newExtentUid();
  #filler: FrameFiller | undefined;
  #remote: RemoteBody | undefined;
  #sentFrames = 0;
  readonly #sends: Promise<void>[] = [];
  #over = false;

  /** @param expectedBytes undefined: the body may yet outgrow a segment, so its frames stay here until `finish` */
  constructor(deps: StagingDeps, plan: StagePlan, expectedBytes: number | undefined) {
    this.#deps = deps;
    this.#plan = plan;
    this.#expectedBytes = expectedBytes;
  }

  /** Free bytes before the body outgrows a segment. */
  get roomBytes(): number {
    return (this.#expectedBytes ?? SEGMENT_EXTENT_BYTES_MAX) - (this.#filler?.plainLength ?? 0);
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    if (bytes.byteLength > this.roomBytes) throw new Error('more bytes than were announced');
    if (this.#filler !== undefined) return this.#add(this.#filler, bytes);
    return this.#begin().then((filler) => this.#add(filler, bytes));
  }

  async finish(): Promise<StagedBody> {
    const filler = this.#filler ?? (await this.#begin());
    const plainLength = filler.plainLength;
    if (plainLength === 0) throw new Error('an empty body has no extent');
    try {
      const remote = this.#begun();
      this.#send(filler, plainLength, true);
      const [digests] = await Promise.all([remote.digests(), ...this.#sends]);
      const { uid } = this;
      const facts = { uid, plainLength, bodyOffset: 0, lastOfBody: true };
      writeHeader(this.#plan, this.#deps.installTag, facts, filler.slab.bytes);
      return await this.#place(filler, plainLength, digests);
    } catch (error) {
      await this.discard();
      throw asFailure(error);
    }
  }

  async discard(): Promise<void> {
    this.#over = true;
    // The worker may still be at the frames: it answers `drop-body` behind them.
    await this.#remote?.drop();
    this.#filler?.slab.release();
    this.#filler = undefined;
  }

  /** Hands the filled slab to a writer of chunk files, the body having outgrown a segment. */
  handOver(): FrameFiller | undefined {
    const filler = this.#filler;
    this.#filler = undefined;
    return filler;
  }

  async #begin(): Promise<FrameFiller> {
    const { codec, headerLength } = this.#plan;
    const frames = Math.ceil((this.#expectedBytes ?? SEGMENT_EXTENT_BYTES_MAX) / FRAME_BYTES);
    const slab = await this.#deps.slabs.take(Math.ceil(frames / FRAMES_A_QUARTER));
    if (this.#over) {
      slab.release();
      throw new Error('the body was discarded');
    }
    this.#filler = new FrameFiller(slab, headerLength, codec);
    return this.#filler;
  }

  #begun(): RemoteBody {
    if (this.#remote === undefined) {
      const { digests, dataKey } = this.#plan.request;
      this.#remote = new RemoteBody(this.#deps.io, digests, dataKey?.plain);
      this.#remote.beginExtent(this.uid);
    }
    return this.#remote;
  }

  #add(filler: FrameFiller, bytes: Uint8Array): undefined {
    filler.add(bytes, bytes.byteLength);
    if (this.#expectedBytes === undefined) return;
    // The last frame is sealed as the last, so a full one waits until more came.
    const complete = Math.ceil(filler.plainLength / FRAME_BYTES) - 1;
    if (complete - this.#sentFrames >= AHEAD_FRAMES) this.#send(filler, complete * FRAME_BYTES, false);
  }

  /** Sends the frames up to `plainEnd` that were not sent yet. */
  #send(filler: FrameFiller, plainEnd: number, last: boolean): void {
    const firstFrame = this.#sentFrames;
    const plainLength = plainEnd - firstFrame * FRAME_BYTES;
    const place = filler.frames(firstFrame, plainLength);
    this.#sentFrames = Math.ceil(plainEnd / FRAME_BYTES);
    const sent = this.#begun().frames({ slab: filler.slab, ...place, firstFrame, plainLength, last });
    // Seen in `finish`.
    sent.catch(() => {});
    this.#sends.push(sent);
  }

  async #place(filler: FrameFiller, plainLength: number, digests: Digests): Promise<StagedBody> {
    const { codec, headerLength, request } = this.#plan;
    const length = headerLength + storedLengthOf(plainLength, codec);
    const place = this.#deps.placer.placeSmall(request.tier, length);
    const placed =
      place.kind === 'log' ? undefined : await placeInSegment(this.#deps, place.targets, filler.slab, 0, length);
    const at: StagedExtent['at'] = placed === undefined ? { kind: 'log', frame: 0 } : segmentAt(placed);
    const release = (): void => {
      placed?.settle();
      this.#remote?.forget();
      filler.slab.release();
    };
    return {
      sizeBytes: plainLength,
      digests,
      extents: [stagedExtent(this.#plan, this.uid, plainLength, at)],
      frames: placed === undefined ? [filler.slab.bytes.subarray(0, length)] : [],
      release,
      discard: async () => release(),
    };
  }
}
