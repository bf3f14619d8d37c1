import type { MessagePort } from 'node:worker_threads';
import { assertNever } from '../../domain/assert-never.ts';
import { errnoOf } from '../../platform/fs-durable.ts';
import type { FileSystem } from '../../platform/fs-port.ts';
import { SEGMENT_BYTES_MAX } from '../extent-format.ts';
import { FdCache } from '../fd-cache.ts';
import type { Asked, DiskFault, FromWorker, IoReply, IoRequest, SegmentSealed, ToWorker } from '../io-protocol.ts';
import type { SlabRef } from '../slab-arena.ts';
import { readFrames } from './read-frames.ts';
import { SegmentAppender } from './segment-appender.ts';
import { WorkerBody } from './worker-body.ts';

const OPEN_FILES_MAX = 64;

/** What all connections of one worker share. */
export interface IoWorkerState {
  readonly fs: FileSystem;
  readonly fds: FdCache;
  readonly installTag: Uint8Array;
  readonly segmentBytes: number;
  readonly appenders: Map<number, SegmentAppender>;
}

export function createIoWorkerState(
  fs: FileSystem,
  installTag: Uint8Array,
  segmentBytes = SEGMENT_BYTES_MAX,
): IoWorkerState {
  return { fs, fds: new FdCache(fs, OPEN_FILES_MAX), installTag, segmentBytes, appenders: new Map() };
}

/** Without `Omit`'s collapse of the union. */
type Outcome<R = IoReply> = R extends IoReply ? Omit<R, 'ticket' | 'faults'> : never;
type Request<K extends IoRequest['kind']> = Extract<IoRequest, { kind: K }>;

/** Serves one HTTP thread's requests on `port` until the port closes. */
export function serveIo(port: MessagePort, state: IoWorkerState): void {
  const connection = new IoConnection(port, state);
  port.on('message', (requests: ToWorker) => {
    for (const request of requests) connection.handle(request);
  });
  port.on('close', () => connection.orphanAll());
}

class IoConnection {
  readonly #port: MessagePort;
  readonly #state: IoWorkerState;
  readonly #memory = new Map<number, Buffer>();
  readonly #bodies = new Map<number, WorkerBody>();
  #outbox: (IoReply | SegmentSealed)[] = [];

  constructor(port: MessagePort, state: IoWorkerState) {
    this.#port = port;
    this.#state = state;
  }

  handle(request: IoRequest): void {
    switch (request.kind) {
      case 'memory':
        this.#memory.set(request.block, Buffer.from(request.memory));
        return;
      case 'begin-body':
        this.#bodies.set(request.body, new WorkerBody(this.#state.fs, request.digests, request.dataKey));
        return;
      case 'begin-extent':
        this.#body(request.body).beginExtent(request.uid, request.chunk);
        return;
      case 'forget-body':
        this.#bodies.delete(request.body);
        return;
      case 'frames':
      case 'end-chunk':
      case 'end-body':
      case 'drop-body':
      case 'append':
      case 'read':
        void this.#answer(request);
        return;
      default:
        assertNever(request);
    }
  }

  orphanAll(): void {
    for (const body of this.#bodies.values()) void body.orphan();
    this.#bodies.clear();
  }

  async #answer(request: Asked): Promise<void> {
    const faults: DiskFault[] = [];
    const body = 'body' in request ? this.#bodies.get(request.body) : undefined;
    let outcome: Outcome;
    try {
      outcome = await this.#perform(request, faults);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      outcome = { kind: 'failed', failure: { code: errnoOf(error) ?? 'UNKNOWN', message } };
    }
    faults.push(...(body?.faults ?? []));
    // The spread of a union member and the two common fields is again that member, which the compiler cannot see.
    this.#say({ ...outcome, ticket: request.ticket, faults } as IoReply);
  }

  #say(message: IoReply | SegmentSealed): void {
    if (this.#outbox.push(message) === 1) process.nextTick(() => this.#flush());
  }

  #flush(): void {
    const said: FromWorker = this.#outbox;
    this.#outbox = [];
    this.#port.postMessage(said);
  }

  async #perform(request: Asked, faults: DiskFault[]): Promise<Outcome> {
    switch (request.kind) {
      case 'frames': {
        const { body, slab, firstFrame, plainLength, last } = request;
        await this.#body(body).takeFrames(this.#slab(slab), firstFrame, plainLength, last);
        return { kind: 'done' };
      }
      case 'end-chunk': {
        const { target, name } = await this.#body(request.body).endChunk(request.header);
        return { kind: 'placed', diskId: target.diskId, name, offset: 0 };
      }
      case 'end-body': {
        return { kind: 'digests', digests: this.#body(request.body).digest() };
      }
      case 'drop-body': {
        const body = this.#bodies.get(request.body);
        this.#bodies.delete(request.body);
        await body?.abandon();
        return { kind: 'done' };
      }
      case 'append':
        return this.#append(request);
      case 'read': {
        const { sources, range, dataKey, slab } = request;
        await readFrames(this.#state.fs, this.#state.fds, sources, range, dataKey, this.#slab(slab), faults);
        return { kind: 'done' };
      }
      default:
        return assertNever(request);
    }
  }

  async #append({ target, slab }: Request<'append'>): Promise<Outcome> {
    const { appenders, fs, installTag, segmentBytes } = this.#state;
    let appender = appenders.get(target.diskId);
    if (appender === undefined) {
      const tell = (name: string): void => {
        const sealed: SegmentSealed = { kind: 'segment-sealed', name };
        this.#say(sealed);
      };
      appender = new SegmentAppender({ fs, target, installTag, segmentBytes, onSealed: tell });
      appenders.set(target.diskId, appender);
    }
    const place = await appender.append(this.#slab(slab));
    return { kind: 'placed', diskId: target.diskId, ...place };
  }

  #body(id: number): WorkerBody {
    const body = this.#bodies.get(id);
    if (body === undefined) throw new Error(`no body ${id} is open`);
    return body;
  }

  #slab({ block, offset, length }: SlabRef): Buffer {
    const memory = this.#memory.get(block);
    if (memory === undefined) throw new Error(`memory block ${block} was not announced`);
    return memory.subarray(offset, offset + length);
  }
}
