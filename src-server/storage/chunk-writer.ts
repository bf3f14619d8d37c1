import type { ExtentUid } from '../domain/ids.ts';
import type { BodyWriter, StagedBody, StagedExtent } from './body-store.ts';
import { CHUNK_BYTES_MAX, FRAME_BYTES, storedLengthOf } from './extent-format.ts';
import { FrameFiller } from './frame-filler.ts';
import type { Reservation } from './placer.ts';
import { RemoteBody } from './remote-body.ts';
import { asFailure, newExtentUid, type StagePlan, type StagingDeps, stagedExtent, writeHeader } from './staging.ts';

const QUARTER_PLAIN_BYTES = 4 * FRAME_BYTES;
/** Slabs of one body with the worker: enough that it never waits, few enough that one body does not take all memory. */
const INFLIGHT_SLABS_MAX = 3;
/** Chunks of one body that are being synced while the next one fills. */
const ENDING_CHUNKS_MAX = 2;

interface OpenChunk {
  readonly index: number;
  readonly uid: ExtentUid;
  readonly bodyOffset: number;
  /** Plain bytes that were sent to the worker. */
  sentBytes: number;
}

/** A body of more than 1 MiB: chunk files of at most 64 MiB, filled slab by slab and written by an I/O worker. */
export class ChunkWriter implements BodyWriter {
  readonly #deps: StagingDeps;
  readonly #plan: StagePlan;
  readonly #remote: RemoteBody;
  readonly #reservation: Reservation;
  readonly #inflight = new Set<Promise<void>>();
  readonly #ending = new Set<Promise<void>>();
  readonly #extents: StagedExtent[] = [];
  #filler: FrameFiller | undefined;
  #chunk: OpenChunk | undefined;
  #chunks = 0;
  #sentBytes = 0;
  #failure: { readonly error: unknown } | undefined;
  #over = false;

  /**
   * @param begun a slab that holds the body's first bytes already, framed behind a header's gap
   * Throws InsufficientStorage where the announced size fits nowhere.
   */
  constructor(deps: StagingDeps, plan: StagePlan, begun?: FrameFiller) {
    const { request } = plan;
    this.#deps = deps;
    this.#plan = plan;
    this.#reservation = deps.placer.reserve(request.tier, request.expectedSizeBytes);
    this.#remote = new RemoteBody(deps.io, request.digests, request.dataKey?.plain);
    this.#filler = begun;
    if (begun !== undefined) this.#beginChunk();
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.#failure !== undefined) throw asFailure(this.#failure.error);
    const taken = this.#fill(bytes);
    return taken === bytes.byteLength ? undefined : this.#writeRest(bytes, taken);
  }

  async finish(): Promise<StagedBody> {
    try {
      if (this.#filler !== undefined) this.#send(this.#filler, true);
      if (this.#chunk !== undefined) this.#endChunk(this.#chunk, true);
      const digests = await this.#remote.digests();
      await Promise.all([...this.#inflight, ...this.#ending]);
      if (this.#failure !== undefined) throw this.#failure.error;
      this.#reservation.release();
      return {
        sizeBytes: this.#sentBytes,
        digests,
        extents: this.#extents,
        frames: [],
        release: () => this.#remote.forget(),
        discard: () => this.#remote.drop(),
      };
    } catch (error) {
      await this.discard();
      throw asFailure(error);
    }
  }

  async discard(): Promise<void> {
    this.#over = true;
    this.#reservation.release();
    await this.#remote.drop();
    this.#filler?.slab.release();
    this.#filler = undefined;
  }

  /** Copies what fits into the current slab and chunk. */
  #fill(bytes: Uint8Array): number {
    const filler = this.#filler;
    if (filler === undefined) return 0;
    return filler.add(bytes, CHUNK_BYTES_MAX - (this.#chunk?.sentBytes ?? 0) - filler.plainLength);
  }

  /** A full slab goes only when more bytes came: so the last frame of a body is known to be the last. */
  async #writeRest(bytes: Uint8Array, taken: number): Promise<void> {
    for (let at = taken; at < bytes.byteLength; at += this.#fill(bytes.subarray(at))) {
      await this.#nextSlab(bytes.byteLength - at);
      if (this.#failure !== undefined) throw asFailure(this.#failure.error);
    }
  }

  async #nextSlab(atHandBytes: number): Promise<void> {
    const { slabs } = this.#deps;
    const chunk = this.#chunk;
    if (this.#filler !== undefined && chunk !== undefined) {
      const full = chunk.sentBytes + this.#filler.plainLength === CHUNK_BYTES_MAX;
      this.#send(this.#filler, full);
      if (full) this.#endChunk(chunk, false);
    }
    while (this.#inflight.size >= (slabs.pressed ? 1 : INFLIGHT_SLABS_MAX)) await Promise.race(this.#inflight);
    while (this.#ending.size > ENDING_CHUNKS_MAX) await Promise.race(this.#ending);
    const announced = this.#plan.request.expectedSizeBytes;
    const leftBytes = announced === undefined ? Number.POSITIVE_INFINITY : announced - this.#sentBytes;
    const most = Math.min(4, Math.ceil(Math.max(leftBytes, atHandBytes) / QUARTER_PLAIN_BYTES));
    const slab = await slabs.take(1, most);
    if (this.#over) {
      slab.release();
      throw new Error('the body was discarded');
    }
    this.#filler = new FrameFiller(slab, 0, this.#plan.codec);
    if (this.#chunk === undefined) this.#beginChunk();
  }

  #beginChunk(): void {
    const announced = this.#plan.request.expectedSizeBytes;
    const plainBytes = Math.min(CHUNK_BYTES_MAX, (announced ?? Number.POSITIVE_INFINITY) - this.#sentBytes);
    const { headerLength, codec } = this.#plan;
    const targets = this.#reservation.nextChunk(headerLength + storedLengthOf(Math.max(1, plainBytes), codec));
    const uid = newExtentUid();
    this.#chunk = { index: this.#chunks, uid, bodyOffset: this.#sentBytes, sentBytes: 0 };
    this.#chunks += 1;
    this.#remote.beginExtent(uid, { targets, headerLength });
  }

  #send(filler: FrameFiller, last: boolean): void {
    const chunk = this.#chunk;
    if (chunk === undefined) throw new Error('a slab without its chunk');
    this.#filler = undefined;
    const { slab, plainLength } = filler;
    const firstFrame = chunk.sentBytes / FRAME_BYTES;
    chunk.sentBytes += plainLength;
    this.#sentBytes += plainLength;
    const place = filler.frames(0, plainLength);
    this.#track(
      this.#inflight,
      this.#remote.frames({ slab, ...place, firstFrame, plainLength, last }).finally(() => slab.release()),
    );
  }

  #endChunk(chunk: OpenChunk, lastOfBody: boolean): void {
    this.#chunk = undefined;
    const { uid, sentBytes: plainLength, bodyOffset, index } = chunk;
    const header = Buffer.alloc(this.#plan.headerLength);
    writeHeader(this.#plan, this.#deps.installTag, { uid, plainLength, bodyOffset, lastOfBody }, header);
    const ended = this.#remote.endChunk(header).then(({ diskId, name }) => {
      const at = { kind: 'container', name, containerKind: 'chunk', diskId, offset: 0 } as const;
      const extent = stagedExtent(this.#plan, uid, plainLength, at);
      this.#extents[index] = extent;
      this.#reservation.written(extent.headerLength + extent.storedLength);
    });
    this.#track(this.#ending, ended);
  }

  /** Remembers the first failure for the next call; settled work leaves the set. */
  #track(set: Set<Promise<void>>, work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => set.delete(tracked));
    set.add(tracked);
  }
}
