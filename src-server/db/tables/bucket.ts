import * as z from 'zod';
import { type BucketLock, isDefaultRetention, RETENTION_UNITS, readBucketLock } from '../../domain/bucket-lock.ts';
import {
  type BucketEncryption,
  CORS_METHODS,
  type CorsRule,
  OBJECT_OWNERSHIPS,
  type ObjectOwnership,
  type PublicAccessBlock,
  REQUEST_PAYERS,
  type RequestPayer,
  type Tag,
} from '../../domain/bucket-settings.ts';
import type { BucketId, BucketName, EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import { RETENTION_MODES } from '../../domain/lock.ts';
import { VERSIONING_STATES, type VersioningState } from '../../domain/versioning.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** A bucket with its settings and the facts of its owner that answers and access decisions need. */
export interface Bucket {
  readonly id: BucketId;
  readonly name: BucketName;
  readonly ownerId: UserId;
  /** 12 digits: the account the bucket belongs to. */
  readonly ownerAccountId: string;
  readonly ownerCanonicalId: string;
  readonly ownerDisplayName: string | null;
  readonly createdMs: EpochMs;
  /** The LocationConstraint it was created with; null without one. */
  readonly location: string | null;
  readonly versioning: VersioningState;
  /** Undefined once the ownership controls were deleted: ACLs then count, as with ObjectWriter. */
  readonly ownership: ObjectOwnership | undefined;
  readonly tags: readonly Tag[] | undefined;
  readonly cors: readonly CorsRule[] | undefined;
  readonly encryption: BucketEncryption | undefined;
  /** The bucket policy, as it was put. */
  readonly policy: string | undefined;
  /** Undefined: none of the four is on. */
  readonly publicAccessBlock: PublicAccessBlock | undefined;
  readonly requestPayer: RequestPayer | undefined;
  /** It answers Veeam's Smart Object Storage API (`domain/sosapi.ts`). */
  readonly speaksSosapi: boolean;
  /** Undefined: the default one. JSON of `domain/acl.ts`. */
  readonly acl: string | undefined;
  /** Logical bytes of all versions, open parts and the bin; undefined: no limit. */
  readonly quotaBytes: number | undefined;
  /** Current objects; undefined: no limit. */
  readonly quotaObjects: number | undefined;
  /** Of the owner's tenant, for all its buckets together; undefined: no limit, or no tenant. */
  readonly tenantQuotaBytes: number | undefined;
  /** Undefined: no Object Lock. It never goes away again. */
  readonly objectLock: BucketLock | undefined;
}

interface BucketRow {
  readonly id: BucketId;
  readonly name: BucketName;
  readonly owner_id: UserId;
  readonly account_id: string;
  readonly canonical_id: string;
  readonly display_name: string | null;
  readonly created_ms: EpochMs;
  readonly location: string | null;
  readonly versioning: string;
  readonly ownership: string | null;
  readonly tags: string | null;
  readonly cors: string | null;
  readonly encryption: string | null;
  readonly policy: string | null;
  readonly public_access_block: string | null;
  readonly request_payer: string | null;
  readonly sosapi: number;
  readonly acl: string | null;
  readonly quota_bytes: number | null;
  readonly quota_objects: number | null;
  readonly tenant_quota_bytes: number | null;
  readonly object_lock: string | null;
}

const tagsColumn = z.array(z.strictObject({ key: z.string(), value: z.string() }));
const corsColumn = z.array(
  z
    .strictObject({
      id: z.string().optional(),
      allowedOrigins: z.array(z.string()),
      allowedMethods: z.array(z.enum(CORS_METHODS)),
      allowedHeaders: z.array(z.string()),
      exposeHeaders: z.array(z.string()),
      maxAgeSeconds: z.number().optional(),
    })
    .transform((rule): CorsRule => ({ ...rule, id: rule.id, maxAgeSeconds: rule.maxAgeSeconds })),
);
const encryptionColumn = z.strictObject({ algorithm: z.literal('AES256'), bucketKeyEnabled: z.boolean() });
const publicAccessBlockColumn = z.strictObject({
  blockPublicAcls: z.boolean(),
  ignorePublicAcls: z.boolean(),
  blockPublicPolicy: z.boolean(),
  restrictPublicBuckets: z.boolean(),
});
const requestPayerColumn = z.enum(REQUEST_PAYERS);
const bucketLockColumn = z.strictObject({
  enabled: z.literal(true),
  defaultRetention: z
    .strictObject({ mode: z.enum(RETENTION_MODES), unit: z.enum(RETENTION_UNITS), count: z.int() })
    .refine(isDefaultRetention)
    .optional()
    .transform((value) => value),
});
/** Of bytes or objects. */
const quotaColumn = z.int().min(0);
const versioningColumn = z.enum(VERSIONING_STATES);
const ownershipColumn = z.enum(OBJECT_OWNERSHIPS);

/** What each setting's JSON or text is, here and in the history of its changes. */
export const BUCKET_SETTINGS = {
  versioning: versioningColumn,
  ownership: ownershipColumn,
  tags: tagsColumn,
  cors: corsColumn,
  encryption: encryptionColumn,
  speaksSosapi: z.boolean(),
  quotaBytes: quotaColumn,
  quotaObjects: quotaColumn,
  policy: z.string(),
  publicAccessBlock: publicAccessBlockColumn,
  requestPayer: requestPayerColumn,
  acl: z.string(),
  objectLock: bucketLockColumn,
} as const;

const FIND_BUCKET = `SELECT b.id, b.name, b.owner_id, u.account_id, u.canonical_id, u.display_name, b.created_ms, b.location,
    b.versioning, b.ownership, b.tags, b.cors, b.encryption, b.policy, b.public_access_block, b.request_payer, b.sosapi, b.acl,
    b.object_lock, b.quota_bytes, b.quota_objects, t.quota_bytes AS tenant_quota_bytes
  FROM bucket b JOIN iam_user u ON u.id = b.owner_id LEFT JOIN tenant t ON t.id = u.tenant_id
  WHERE b.name = ?`;

/** The bucket of this name. A setting that does not parse throws: nothing is served by a guess. */
export async function findBucket(tx: ReadTx, name: BucketName): Promise<Bucket | undefined> {
  const row = await tx.get<BucketRow>(FIND_BUCKET, name);
  return row === undefined ? undefined : parseRow(row);
}

function parseRow(row: BucketRow): Bucket {
  return {
    id: row.id,
    name: row.name,
    ownerId: row.owner_id,
    ownerAccountId: row.account_id,
    ownerCanonicalId: row.canonical_id,
    ownerDisplayName: row.display_name,
    createdMs: row.created_ms,
    location: row.location,
    versioning: versioningColumn.parse(row.versioning),
    ownership: row.ownership === null ? undefined : ownershipColumn.parse(row.ownership),
    tags: parseJson(row.tags, tagsColumn),
    cors: parseJson(row.cors, corsColumn),
    encryption: parseJson(row.encryption, encryptionColumn),
    policy: row.policy ?? undefined,
    publicAccessBlock: parseJson(row.public_access_block, publicAccessBlockColumn),
    requestPayer: row.request_payer === null ? undefined : requestPayerColumn.parse(row.request_payer),
    speaksSosapi: row.sosapi === 1,
    acl: row.acl ?? undefined,
    quotaBytes: row.quota_bytes ?? undefined,
    quotaObjects: row.quota_objects ?? undefined,
    tenantQuotaBytes: row.tenant_quota_bytes ?? undefined,
    objectLock: readBucketLock(row.object_lock),
  };
}

function parseJson<T>(column: string | null, schema: z.ZodType<T>): T | undefined {
  return column === null ? undefined : schema.parse(JSON.parse(column));
}

/** The name of the bucket with this id. */
export async function findBucketName(tx: ReadTx, id: BucketId): Promise<BucketName | undefined> {
  return (await tx.get<{ name: BucketName }>('SELECT name FROM bucket WHERE id = ?', id))?.name;
}

/** What ListBuckets shows of a bucket. */
export interface ListedBucket {
  readonly name: BucketName;
  readonly created_ms: EpochMs;
}

/** Whose buckets a listing shows. */
export type BucketScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'owner'; readonly ownerId: UserId };

// Bucket names are of `-`, `.`, digits and lower-case letters: what follows a text sorts between these two.
const BELOW_NAMES = '!';
const ABOVE_NAMES = '~';

const PAGE = 'name >= ? AND name < ? ORDER BY name LIMIT ?';
const LIST_ALL = `SELECT name, created_ms FROM bucket WHERE ${PAGE}`;
const LIST_OF_OWNER = `SELECT name, created_ms FROM bucket WHERE owner_id = ? AND ${PAGE}`;
const LIST_OF_ACCOUNT = `SELECT name, created_ms FROM bucket
  WHERE owner_id IN (SELECT id FROM iam_user WHERE account_id = ?) AND ${PAGE}`;

/** A page of buckets by name, after (not with) a name, `''` for the first page. */
export async function listBuckets(
  tx: ReadTx,
  scope: BucketScope,
  page: { readonly after: string; readonly prefix: string; readonly limit: number },
): Promise<ListedBucket[]> {
  const { after, prefix } = page;
  // One lower bound, so that the index is entered where the page begins.
  const from = after >= prefix ? after + BELOW_NAMES : prefix;
  const range = [from, prefix + ABOVE_NAMES, BigInt(page.limit)] as const;
  switch (scope.kind) {
    case 'all':
      return tx.all<ListedBucket>(LIST_ALL, ...range);
    case 'account':
      return tx.all<ListedBucket>(LIST_OF_ACCOUNT, scope.accountId, ...range);
    case 'owner':
      return tx.all<ListedBucket>(LIST_OF_OWNER, scope.ownerId, ...range);
  }
}

/** What a new bucket's row holds. */
export type NewBucket = Pick<
  Bucket,
  'id' | 'name' | 'ownerId' | 'createdMs' | 'location' | 'versioning' | 'ownership' | 'tags' | 'cors' | 'encryption'
> &
  Partial<Pick<Bucket, 'publicAccessBlock' | 'acl' | 'policy' | 'objectLock'>>;

/** Adds a bucket; its name is free. Its counters are `insertUsage`'s. */
export async function insertBucket(tx: WriteTx, bucket: NewBucket): Promise<void> {
  await tx.run(
    `INSERT INTO bucket (id, name, owner_id, created_ms, location, versioning, ownership, acl, tags, cors, encryption,
       public_access_block, policy, object_lock)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    bucket.id,
    bucket.name,
    bucket.ownerId,
    bucket.createdMs,
    bucket.location,
    bucket.versioning,
    bucket.ownership ?? null,
    bucket.acl ?? null,
    toJson(bucket.tags),
    toJson(bucket.cors),
    toJson(bucket.encryption),
    toJson(bucket.publicAccessBlock),
    bucket.policy ?? null,
    toJson(bucket.objectLock),
  );
}

/** Is anything left that a bucket's removal would orphan? Versions and markers of every kind count. */
export async function hasVersions(tx: ReadTx, bucketId: BucketId): Promise<boolean> {
  const row = await tx.get<{ key: string }>('SELECT key FROM object_version WHERE bucket_id = ? LIMIT 1', bucketId);
  return row !== undefined;
}

const COUNT_OF_TENANT = `SELECT count(*) AS buckets FROM iam_user AS o JOIN bucket AS b ON b.owner_id = o.id
  WHERE o.tenant_id = ?`;

/** How many buckets a tenant has. */
export async function countBucketsOfTenant(tx: ReadTx, tenantId: SequenceId): Promise<number> {
  return (await tx.get<{ buckets: number }>(COUNT_OF_TENANT, tenantId))?.buckets ?? 0;
}

/** Removes the row; what refers to it is gone before. */
export async function deleteBucketRow(tx: WriteTx, bucketId: BucketId): Promise<void> {
  await tx.run('DELETE FROM bucket WHERE id = ?', bucketId);
}

// Settings. Each answers whether the bucket still stands.

/** What versions the next writes make. */
export async function setBucketVersioning(
  tx: WriteTx,
  bucketId: BucketId,
  versioning: VersioningState,
): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET versioning = ? WHERE id = ?', versioning, bucketId)) > 0;
}

/** Gives a bucket to another user. */
export async function setBucketOwner(tx: WriteTx, bucketId: BucketId, ownerId: UserId): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET owner_id = ? WHERE id = ?', ownerId, bucketId)) > 0;
}

/** `undefined` removes the ownership controls. */
export async function setBucketOwnership(
  tx: WriteTx,
  bucketId: BucketId,
  ownership: Bucket['ownership'],
): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET ownership = ? WHERE id = ?', ownership ?? null, bucketId)) > 0;
}

/** `undefined` removes the tag set. */
export async function setBucketTags(tx: WriteTx, bucketId: BucketId, tags: Bucket['tags']): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET tags = ? WHERE id = ?', toJson(tags), bucketId)) > 0;
}

/** `undefined` removes the configuration. */
export async function setBucketCors(tx: WriteTx, bucketId: BucketId, cors: Bucket['cors']): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET cors = ? WHERE id = ?', toJson(cors), bucketId)) > 0;
}

/** `undefined` removes the configuration. */
export async function setBucketEncryption(
  tx: WriteTx,
  bucketId: BucketId,
  encryption: Bucket['encryption'],
): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET encryption = ? WHERE id = ?', toJson(encryption), bucketId)) > 0;
}

/** @returns false where there is no such bucket */
export async function setBucketSosapi(tx: WriteTx, bucketId: BucketId, speaksSosapi: boolean): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET sosapi = ? WHERE id = ?', speaksSosapi ? 1 : 0, bucketId)) > 0;
}

/** `undefined` takes the limit away. */
export async function setBucketQuotaBytes(
  tx: WriteTx,
  bucketId: BucketId,
  quotaBytes: Bucket['quotaBytes'],
): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET quota_bytes = ? WHERE id = ?', toInteger(quotaBytes), bucketId)) > 0;
}

/** `undefined` takes the limit away. */
export async function setBucketQuotaObjects(
  tx: WriteTx,
  bucketId: BucketId,
  quotaObjects: Bucket['quotaObjects'],
): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET quota_objects = ? WHERE id = ?', toInteger(quotaObjects), bucketId)) > 0;
}

function toInteger(value: number | undefined): bigint | null {
  return value === undefined ? null : BigInt(value);
}

/** `undefined` removes the policy. */
export async function setBucketPolicy(tx: WriteTx, bucketId: BucketId, policy: Bucket['policy']): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET policy = ? WHERE id = ?', policy ?? null, bucketId)) > 0;
}

/** `undefined` removes the configuration: none of the four is on. */
export async function setPublicAccessBlock(
  tx: WriteTx,
  bucketId: BucketId,
  block: Bucket['publicAccessBlock'],
): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET public_access_block = ? WHERE id = ?', toJson(block), bucketId)) > 0;
}

/** Who pays for requests; nobody does here. */
export async function setRequestPayer(
  tx: WriteTx,
  bucketId: BucketId,
  payer: Bucket['requestPayer'],
): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET request_payer = ? WHERE id = ?', payer ?? null, bucketId)) > 0;
}

/** `undefined` brings back the default ACL. */
export async function setBucketAcl(tx: WriteTx, bucketId: BucketId, acl: Bucket['acl']): Promise<boolean> {
  return (await tx.run('UPDATE bucket SET acl = ? WHERE id = ?', acl ?? null, bucketId)) > 0;
}

/** Object Lock, which is never removed again. */
export async function setBucketObjectLock(
  tx: WriteTx,
  bucketId: BucketId,
  objectLock: Bucket['objectLock'],
): Promise<boolean> {
  if (objectLock === undefined) throw new Error('Object Lock is never taken away');
  return (await tx.run('UPDATE bucket SET object_lock = ? WHERE id = ?', toJson(objectLock), bucketId)) > 0;
}

/** What the versions of a batch are made by. */
export interface BatchBucket {
  readonly versioning: VersioningState;
  readonly objectLock: BucketLock | undefined;
}

/** Versioning and Object Lock of a bucket; undefined where there is no such bucket. */
export async function findBatchBucket(tx: ReadTx, id: BucketId): Promise<BatchBucket | undefined> {
  const row = await tx.get<Pick<BucketRow, 'versioning' | 'object_lock'>>(
    'SELECT versioning, object_lock FROM bucket WHERE id = ?',
    id,
  );
  if (row === undefined) return undefined;
  return { versioning: versioningColumn.parse(row.versioning), objectLock: readBucketLock(row.object_lock) };
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
