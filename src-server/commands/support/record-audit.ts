import { findAuditHead, insertAuditRecord } from '../../db/tables/audit-record.ts';
import type { WriteTx } from '../../db/tx.ts';
import { type AuditActor, type AuditFacts, auditHash, NO_HASH } from '../../domain/audit.ts';
import type { SequenceId, UserId } from '../../domain/ids.ts';
import { redact } from '../../observability/redact.ts';

/** What was done to what. */
export interface AuditEntry {
  /** As IAM spells it where AWS has it, else `stowage:…`. */
  readonly action: string;
  /** `arn:aws:s3:::bucket`, `user/alice`, `access-key/AKIA…`, `setting/name`, `share/id`. */
  readonly resource: string;
  /** What a reader wants to know besides; secrets are cut out by name, and no caller puts any in. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Whose it is, where it is a tenant's: its admins may read the record. Left out: the actor's. */
  readonly tenantId?: number | null;
  /** Of changes that prove who makes them, as a sign-in does. */
  readonly by?: { readonly userId: UserId; readonly name: string; readonly tenantId: number | null };
}

const DETAILS_LENGTH_MAX = 16_384;

/** Adds a record to the chain, in the transaction of the change it tells of. */
export async function recordAudit(tx: WriteTx, actor: AuditActor, entry: AuditEntry): Promise<void> {
  const head = await findAuditHead(tx);
  const who = entry.by ?? actor;
  const facts: AuditFacts = {
    atMs: actor.atMs,
    actorId: who.userId,
    actorName: who.name,
    actorArn: actor.arn,
    accessKeyId: actor.accessKeyId,
    tenantId: entry.tenantId ?? who.tenantId,
    port: actor.port,
    sourceAddress: actor.sourceAddress,
    requestId: actor.requestId,
    action: entry.action,
    resource: entry.resource,
    reason: actor.reason,
    details: detailsText(entry.details ?? {}),
  };
  // Its own count: the catalogue's sequence has gaps, which here would look like something taken out.
  const seq = ((head?.seq ?? 0) + 1) as SequenceId;
  const previousHash = head?.hash ?? NO_HASH;
  await insertAuditRecord(tx, { ...facts, seq, previousHash, hash: auditHash(seq, facts, previousHash) });
}

function detailsText(details: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(redact(details));
  return text.length <= DETAILS_LENGTH_MAX ? text : JSON.stringify({ cut: true, length: text.length });
}
