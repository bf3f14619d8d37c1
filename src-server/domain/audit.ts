import { createHash } from 'node:crypto';
import type { EpochMs, SequenceId, UserId } from './ids.ts';

/** How a change came in. `server`: nobody asked for it. */
export type AuditPort = 's3' | 'console' | 'cli' | 'provisioning' | 'job' | 'server';

/** Who makes a change, on which way and when: with every command that the audit trail tells of. */
export interface AuditActor {
  /** Null: nobody who signed in. */
  readonly userId: UserId | null;
  readonly name: string;
  /** As policies name them. */
  readonly arn: string | null;
  /** The key that signed it. */
  readonly accessKeyId: string | null;
  readonly tenantId: number | null;
  readonly port: AuditPort;
  readonly sourceAddress: string | null;
  readonly requestId: string | null;
  /** What allowed it, as JSON of `policy/decide.ts`'s Reason; null where no policy was asked. */
  readonly reason: string | null;
  readonly atMs: EpochMs;
}

/** The server itself, at `atMs`. */
export function serverActor(atMs: EpochMs, port: AuditPort = 'server'): AuditActor {
  return {
    userId: null,
    name: port,
    arn: null,
    accessKeyId: null,
    tenantId: null,
    port,
    sourceAddress: null,
    requestId: null,
    reason: null,
    atMs,
  };
}

/** What one record of the trail says, before it is chained. */
export interface AuditFacts {
  readonly atMs: EpochMs;
  readonly actorId: UserId | null;
  readonly actorName: string;
  readonly actorArn: string | null;
  readonly accessKeyId: string | null;
  readonly tenantId: number | null;
  readonly port: AuditPort;
  readonly sourceAddress: string | null;
  readonly requestId: string | null;
  /** As IAM spells it where AWS has it, else `stowage:…`. */
  readonly action: string;
  readonly resource: string;
  readonly reason: string | null;
  /** JSON text without secrets. */
  readonly details: string;
}

/** A record in its chain: `hash` covers everything of it and the hash before. */
export interface AuditRecord extends AuditFacts {
  /** 1, 2, 3 …: without a gap. */
  readonly seq: SequenceId;
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
}

const HASH_BYTES = 32;
/** What the first record of a chain follows. */
export const NO_HASH: Uint8Array = new Uint8Array(HASH_BYTES);

/** SHA-256 over the previous hash and the record's fields in a fixed order. The format stays for ever: it is what is verified. */
export function auditHash(seq: number, facts: AuditFacts, previousHash: Uint8Array): Buffer {
  const fields = [
    seq,
    facts.atMs,
    facts.actorId,
    facts.actorName,
    facts.actorArn,
    facts.accessKeyId,
    facts.tenantId,
    facts.port,
    facts.sourceAddress,
    facts.requestId,
    facts.action,
    facts.resource,
    facts.reason,
    facts.details,
  ];
  return chainHash('stowage audit 1', previousHash, JSON.stringify(fields));
}

/** One link of a chain: SHA-256 of what it is, the hash before, and the text. */
export function chainHash(kind: string, previousHash: Uint8Array, text: string): Buffer {
  return createHash('sha256').update(`${kind}\n`).update(previousHash).update(text).digest();
}
