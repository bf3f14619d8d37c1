import type { DiskId } from '../domain/ids.ts';
import type { DigestAlgorithm, Digests } from './body-store.ts';
import type { IoClient } from './io-client.ts';
import type { DiskTarget } from './io-protocol.ts';
import type { Slab } from './slab-arena.ts';

/** Whole frames of one extent that stand in a slab from `start`; `plainLength` bytes of payload. */
export interface SlabFrames {
  readonly slab: Slab;
  readonly start: number;
  readonly storedLength: number;
  readonly firstFrame: number;
  readonly plainLength: number;
  readonly last: boolean;
}

let lastBody = 0;

/** The HTTP thread's end of one body in an I/O worker: one body, one worker, so that hash states never travel. */
export class RemoteBody {
  readonly #io: IoClient;
  readonly #worker: number;
  readonly #body: number;
  #open = true;

  constructor(io: IoClient, digests: readonly DigestAlgorithm[], dataKey: Uint8Array | undefined) {
    this.#io = io;
    this.#worker = io.assign();
    lastBody += 1;
    this.#body = lastBody;
    io.tell(this.#worker, { kind: 'begin-body', body: this.#body, digests, dataKey });
  }

  beginExtent(uid: Uint8Array, chunk?: { targets: readonly DiskTarget[]; headerLength: number }): void {
    this.#io.tell(this.#worker, { kind: 'begin-extent', body: this.#body, uid, chunk });
  }

  /** Hashed and sealed in place, and written where the extent has a file; the slab is free when this settles. */
  async frames({ slab, start, storedLength, firstFrame, plainLength, last }: SlabFrames): Promise<void> {
    const ref = this.#io.reference(this.#worker, slab, start, storedLength);
    const body = this.#body;
    await this.#io.ask(this.#worker, { kind: 'frames', body, slab: ref, firstFrame, plainLength, last });
  }

  /** Resolves when the extent's chunk file is durable. */
  async endChunk(header: Uint8Array): Promise<{ readonly diskId: DiskId; readonly name: string }> {
    const reply = await this.#io.ask(this.#worker, { kind: 'end-chunk', body: this.#body, header });
    if (reply.kind !== 'placed') throw new Error(`an I/O worker answered ${reply.kind} to end-chunk`);
    return reply;
  }

  async digests(): Promise<Digests> {
    const reply = await this.#io.ask(this.#worker, { kind: 'end-body', body: this.#body });
    if (reply.kind !== 'digests') throw new Error(`an I/O worker answered ${reply.kind} to end-body`);
    return reply.digests;
  }

  /** Its files stay. */
  forget(): void {
    if (!this.#close()) return;
    this.#io.tell(this.#worker, { kind: 'forget-body', body: this.#body });
  }

  /** Its files go, complete or not. Never throws. */
  async drop(): Promise<void> {
    if (!this.#close()) return;
    try {
      await this.#io.ask(this.#worker, { kind: 'drop-body', body: this.#body });
    } catch {
      // The worker is gone, its files are found at the next start.
    }
  }

  #close(): boolean {
    const wasOpen = this.#open;
    this.#open = false;
    if (wasOpen) this.#io.unassign(this.#worker);
    return wasOpen;
  }
}
