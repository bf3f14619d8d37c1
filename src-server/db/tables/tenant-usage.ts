import type { BucketId, SequenceId } from '../../domain/ids.ts';
import type { BucketLimits, HeldNow } from '../../domain/quota.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { BIGINT } from './parameters.ts';

/** The limits that hold for a bucket, and what counts against them. */
export interface BucketRoom {
  /** Null: its owner is of no tenant. */
  readonly tenantId: SequenceId | null;
  readonly limits: BucketLimits;
  readonly held: HeldNow;
}

interface RoomRow {
  readonly tenant_id: SequenceId | null;
  readonly quota_bytes: number | null;
  readonly quota_objects: number | null;
  readonly tenant_quota_bytes: number | null;
  readonly bytes: number;
  readonly objects: number;
  readonly tenant_bytes: number | null;
}

// By primary keys all the way: every write of an object runs it.
const ROOM = `SELECT o.tenant_id, b.quota_bytes, b.quota_objects, t.quota_bytes AS tenant_quota_bytes, s.bytes, s.objects,
    n.bytes AS tenant_bytes
  FROM bucket_usage AS s JOIN bucket AS b ON b.id = s.bucket_id JOIN iam_user AS o ON o.id = b.owner_id
  LEFT JOIN tenant AS t ON t.id = o.tenant_id LEFT JOIN tenant_usage AS n ON n.tenant_id = o.tenant_id
  WHERE s.bucket_id = ${BIGINT}`;

/** Undefined where the bucket is gone. */
export async function findRoom(tx: ReadTx, bucketId: BucketId): Promise<BucketRoom | undefined> {
  const row = await tx.get<RoomRow>(ROOM, bucketId);
  if (row === undefined) return undefined;
  return {
    tenantId: row.tenant_id,
    limits: {
      quotaBytes: row.quota_bytes,
      quotaObjects: row.quota_objects,
      tenantQuotaBytes: row.tenant_quota_bytes,
    },
    held: { bytes: row.bytes, objects: row.objects, tenantBytes: row.tenant_bytes ?? 0 },
  };
}

const TENANT_OF = `SELECT o.tenant_id FROM bucket AS b JOIN iam_user AS o ON o.id = b.owner_id WHERE b.id = ${BIGINT}`;

/** The tenant whose bytes a bucket's bytes are; null: none. */
export async function findTenantOfBucket(tx: ReadTx, bucketId: BucketId): Promise<SequenceId | null> {
  return (await tx.get<{ tenant_id: SequenceId | null }>(TENANT_OF, bucketId))?.tenant_id ?? null;
}

/** Writes a tenant's counter. */
export async function changeTenantUsage(tx: WriteTx, tenantId: SequenceId, bytes: number): Promise<void> {
  await tx.run('UPDATE tenant_usage SET bytes = bytes + ? WHERE tenant_id = ?', BigInt(bytes), tenantId);
}

/** The counter at 0: in the command that makes the tenant. */
export async function insertTenantUsage(tx: WriteTx, tenantId: SequenceId): Promise<void> {
  await tx.run('INSERT INTO tenant_usage (tenant_id, bytes) VALUES (?, 0)', tenantId);
}

const RECOUNT = `UPDATE tenant_usage SET bytes = coalesce((SELECT sum(s.bytes) FROM iam_user AS o
    JOIN bucket AS b ON b.owner_id = o.id JOIN bucket_usage AS s ON s.bucket_id = b.id
    WHERE o.tenant_id = tenant_usage.tenant_id), 0)
  WHERE tenant_id = ?`;

/** Counts a tenant again from its buckets' counters: where a bucket or its owner came or went as a whole. */
export async function recountTenant(tx: WriteTx, tenantId: SequenceId): Promise<void> {
  await tx.run(RECOUNT, tenantId);
}

/** What a tenant holds, as its limits count it. */
export interface TenantHoldings {
  readonly bytes: number;
  readonly buckets: number;
  readonly keys: number;
  readonly users: number;
}

const HOLDINGS = `SELECT n.bytes,
    (SELECT count(*) FROM iam_user AS o JOIN bucket AS b ON b.owner_id = o.id WHERE o.tenant_id = n.tenant_id) AS buckets,
    (SELECT count(*) FROM iam_user AS o JOIN access_key AS k ON k.user_id = o.id WHERE o.tenant_id = n.tenant_id) AS keys,
    (SELECT count(*) FROM iam_user AS o WHERE o.tenant_id = n.tenant_id) AS users
  FROM tenant_usage AS n WHERE n.tenant_id = ?`;

/** Costs what the tenant has of buckets, keys and users; not for the path of an object. */
export async function findTenantHoldings(tx: ReadTx, tenantId: SequenceId): Promise<TenantHoldings> {
  const row = await tx.get<TenantHoldings>(HOLDINGS, tenantId);
  return row ?? { bytes: 0, buckets: 0, keys: 0, users: 0 };
}
