import type { ClientProgram } from '../domain/client-program.ts';
import type { RequestFacts, RingClient } from './request-ring.ts';

/** What one client program did with one access key. Times in epoch milliseconds. */
export interface Contact {
  readonly program: ClientProgram;
  /** Undefined for who had none, or claimed one that was not proven. */
  readonly accessKeyId: string | undefined;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Of the last write that was answered with success. */
  readonly lastWriteMs: number | undefined;
  readonly lastErrorMs: number | undefined;
  readonly lastErrorCode: string | undefined;
  /** The last bucket that was written to, else the last one that was asked for. */
  readonly bucket: string | undefined;
  readonly remote: string | undefined;
  readonly requests: number;
  readonly errors: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

type Counting = { -readonly [K in keyof Contact]: Contact[K] };

const WRITES = new Set([
  'PutObject',
  'PostObject',
  'CopyObject',
  'UploadPart',
  'UploadPartCopy',
  'CompleteMultipartUpload',
]);
/** Further ones are not counted until the next `take`: no client can make the list grow. */
const CONTACTS_MAX = 512;

/** Counts of one thread since somebody last took them. */
export class ContactCounter {
  #byKey = new Map<string, Map<RingClient, Counting>>();
  #size = 0;

  record(facts: RequestFacts, client: RingClient, atMs: number): void {
    const contact = this.#find(facts, client, atMs);
    if (contact === undefined) return;
    contact.lastMs = atMs;
    contact.requests += 1;
    contact.bytesIn += facts.bytesIn;
    contact.bytesOut += facts.bytesOut;
    contact.remote = facts.remote;
    if (facts.status >= 400) {
      contact.errors += 1;
      contact.lastErrorMs = atMs;
      contact.lastErrorCode = facts.errorCode;
    } else if (WRITES.has(facts.action)) {
      contact.lastWriteMs = atMs;
      contact.bucket = facts.bucket;
    }
    contact.bucket ??= facts.bucket;
  }

  /** What was counted since the last call. */
  take(): Contact[] {
    const taken = [...this.#byKey.values()].flatMap((byClient) => [...byClient.values()]);
    this.#byKey = new Map();
    this.#size = 0;
    return taken;
  }

  #find(facts: RequestFacts, client: RingClient, atMs: number): Counting | undefined {
    // Who claims a key without proving it is nobody's contact but their own.
    const accessKeyId = facts.isKeyProven ? facts.accessKeyId : undefined;
    let byClient = this.#byKey.get(accessKeyId ?? '');
    const known = byClient?.get(client);
    if (known !== undefined) return known;
    if (this.#size >= CONTACTS_MAX) return undefined;
    this.#size += 1;
    if (byClient === undefined) {
      byClient = new Map();
      this.#byKey.set(accessKeyId ?? '', byClient);
    }
    const contact = firstContact(client.program, accessKeyId, atMs);
    byClient.set(client, contact);
    return contact;
  }
}

function firstContact(program: ClientProgram, accessKeyId: string | undefined, atMs: number): Counting {
  return {
    program,
    accessKeyId,
    firstMs: atMs,
    lastMs: atMs,
    lastWriteMs: undefined,
    lastErrorMs: undefined,
    lastErrorCode: undefined,
    bucket: undefined,
    remote: undefined,
    requests: 0,
    errors: 0,
    bytesIn: 0,
    bytesOut: 0,
  };
}
