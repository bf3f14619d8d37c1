import type { AuditPort, AuditRecord } from '../../domain/audit.ts';
import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

export interface AuditRecordRow {
  readonly seq: SequenceId;
  readonly at_ms: EpochMs;
  readonly actor_id: UserId | null;
  readonly actor_name: string;
  readonly actor_arn: string | null;
  readonly access_key_id: string | null;
  readonly tenant_id: number | null;
  readonly port: AuditPort;
  readonly source_address: string | null;
  readonly request_id: string | null;
  readonly action: string;
  readonly resource: string;
  readonly reason: string | null;
  readonly details: string;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

/** Adds the next record of the chain. There is no statement that changes or removes one. */
export async function insertAuditRecord(tx: WriteTx, record: AuditRecord): Promise<void> {
  await tx.run(
    `INSERT INTO audit_record
       (seq, at_ms, actor_id, actor_name, actor_arn, access_key_id, tenant_id, port, source_address, request_id,
        action, resource, reason, details, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    record.seq,
    record.atMs,
    record.actorId,
    record.actorName,
    record.actorArn,
    record.accessKeyId,
    record.tenantId,
    record.port,
    record.sourceAddress,
    record.requestId,
    record.action,
    record.resource,
    record.reason,
    record.details,
    Buffer.from(record.previousHash),
    Buffer.from(record.hash),
  );
}

/** Number and hash of a chain's last record. */
export type AuditHeadRow = Pick<AuditRecordRow, 'seq' | 'hash'>;

/** The end of the chain; undefined for an empty one. */
export async function findAuditHead(tx: ReadTx): Promise<AuditHeadRow | undefined> {
  return tx.get<AuditHeadRow>('SELECT seq, hash FROM audit_record ORDER BY seq DESC LIMIT 1');
}

/** Up to `limit` records behind `after`, oldest first. */
export async function listAuditFrom(tx: ReadTx, after: number, limit: number): Promise<AuditRecordRow[]> {
  return tx.all<AuditRecordRow>('SELECT * FROM audit_record WHERE seq > ? ORDER BY seq LIMIT ?', after, BigInt(limit));
}

/** Up to `limit` records before `below`, newest first. */
export async function listAuditBefore(tx: ReadTx, below: number, limit: number): Promise<AuditRecordRow[]> {
  return tx.all<AuditRecordRow>(
    'SELECT * FROM audit_record WHERE seq < ? ORDER BY seq DESC LIMIT ?',
    below,
    BigInt(limit),
  );
}

/** A row as the chain's rules take it. */
export function auditRecordOf(row: AuditRecordRow): AuditRecord {
  return {
    seq: row.seq,
    atMs: row.at_ms,
    actorId: row.actor_id,
    actorName: row.actor_name,
    actorArn: row.actor_arn,
    accessKeyId: row.access_key_id,
    tenantId: row.tenant_id,
    port: row.port,
    sourceAddress: row.source_address,
    requestId: row.request_id,
    action: row.action,
    resource: row.resource,
    reason: row.reason,
    details: row.details,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
