import type { ClientProgram } from '../domain/client-program.ts';
import { showQuery } from './show-query.ts';

/** One answered request of the S3 port, as the pipeline knows it. Texts are the client's, nothing is cut out yet. */
export interface RequestFacts {
  readonly id: string;
  readonly action: string;
  readonly method: string;
  readonly bucket: string | undefined;
  readonly objectKey: string | undefined;
  /** Request target as it came; its query may hold a signature. */
  readonly rawUrl: string;
  readonly host: string | undefined;
  readonly status: number;
  readonly errorCode: string | undefined;
  readonly durationMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly remote: string | undefined;
  readonly user: string | undefined;
  /** Of who was authenticated; of a refused one the id that was claimed. */
  readonly accessKeyId: string | undefined;
  readonly isKeyProven: boolean;
}

/** A request as a person may be shown it: without signature, session token or credential. Times in epoch milliseconds. */
export interface SeenRequest extends Omit<RequestFacts, 'rawUrl'> {
  /** When its first byte came. */
  readonly atMs: number;
  /** Redacted, without `?`; empty where there was none. */
  readonly query: string;
  readonly client: ClientProgram;
  /** At most 256 characters. */
  readonly userAgent: string;
}

/** Requests of one thread that came behind a sequence number. */
export interface SeenPage {
  /** Oldest first. */
  readonly requests: readonly SeenRequest[];
  /** To be asked with the next time. */
  readonly lastSequence: number;
  /** How many were overwritten before anybody asked. */
  readonly missed: number;
}

/** The client of a request, kept once for all its requests. */
export interface RingClient {
  readonly program: ClientProgram;
  readonly userAgent: string;
}

type Slot = { -readonly [K in keyof RequestFacts]: RequestFacts[K] } & { endedMs: number; client: RingClient };

const NO_CLIENT: RingClient = { program: { id: 'other', name: '', version: undefined }, userAgent: '' };
/** A longer target is not kept: the ring has a bound in bytes too. */
const URL_LENGTH_MAX = 4096;

export const RING_REQUESTS = 2000;

/**
 * The last requests of one thread in slots that were made beforehand. Recording is a handful of assignments; what is shown
 * of a request is put together when somebody asks.
 */
export class RequestRing {
  readonly #slots: Slot[];
  /** Of the next request. */
  #sequence = 0;

  constructor(capacity: number = RING_REQUESTS) {
    this.#slots = Array.from({ length: capacity }, emptySlot);
  }

  record(facts: RequestFacts, client: RingClient, endedMs: number): void {
    const slot = this.#slots[this.#sequence % this.#slots.length];
    if (slot === undefined) return;
    this.#sequence += 1;
    slot.id = facts.id;
    slot.action = facts.action;
    slot.method = facts.method;
    slot.bucket = facts.bucket;
    slot.objectKey = facts.objectKey;
    slot.rawUrl = facts.rawUrl.length <= URL_LENGTH_MAX ? facts.rawUrl : '';
    slot.host = facts.host;
    slot.status = facts.status;
    slot.errorCode = facts.errorCode;
    slot.durationMs = facts.durationMs;
    slot.bytesIn = facts.bytesIn;
    slot.bytesOut = facts.bytesOut;
    slot.remote = facts.remote;
    slot.user = facts.user;
    slot.accessKeyId = facts.accessKeyId;
    slot.isKeyProven = facts.isKeyProven;
    slot.endedMs = endedMs;
    slot.client = client;
  }

  /** What was recorded behind `sequence` and is still there. */
  after(sequence: number): SeenPage {
    const oldest = Math.max(0, this.#sequence - this.#slots.length);
    const first = Math.max(oldest, sequence);
    const requests: SeenRequest[] = [];
    for (let at = first; at < this.#sequence; at += 1) {
      const slot = this.#slots[at % this.#slots.length];
      if (slot !== undefined) requests.push(show(slot));
    }
    return { requests, lastSequence: this.#sequence, missed: Math.max(0, oldest - Math.max(0, sequence)) };
  }
}

function emptySlot(): Slot {
  return {
    id: '',
    action: '',
    method: '',
    bucket: undefined,
    objectKey: undefined,
    rawUrl: '',
    host: undefined,
    status: 0,
    errorCode: undefined,
    durationMs: 0,
    bytesIn: 0,
    bytesOut: 0,
    remote: undefined,
    user: undefined,
    accessKeyId: undefined,
    isKeyProven: false,
    endedMs: 0,
    client: NO_CLIENT,
  };
}

function show({ rawUrl, endedMs, client, ...facts }: Slot): SeenRequest {
  const question = rawUrl.indexOf('?');
  return {
    ...facts,
    atMs: Math.round(endedMs - facts.durationMs),
    durationMs: Math.round(facts.durationMs * 100) / 100,
    query: question === -1 ? '' : showQuery(rawUrl.slice(question + 1)),
    client: client.program,
    userAgent: client.userAgent,
  };
}
