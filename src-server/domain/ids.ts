import type { Brand } from './brand.ts';

/** A valid, existing-or-not bucket name; minted by `parseBucketName` only. */
export type BucketName = Brand<string, 'BucketName'>;
/** A decoded object key of 1-1024 UTF-8 bytes; minted by `parseObjectKey` only. Never becomes a path. */
export type ObjectKey = Brand<string, 'ObjectKey'>;
/** `null` or the opaque id of one version; minted by `domain/version-id.ts` only. */
export type VersionId = Brand<string, 'VersionId'>;
/** Opaque id of one multipart upload. */
export type UploadId = Brand<string, 'UploadId'>;
/** An entity tag without its quotes: MD5 in lower-case hex, or `md5-N` for a multipart object. */
export type ETag = Brand<string, 'ETag'>;

/**
 * A number from the catalogue's one ascending sequence (`WriteTx.nextId`): order of versions, row ids.
 * Later in the log means greater. Always a safe integer.
 */
export type SequenceId = Brand<number, 'SequenceId'>;
export type BucketId = Brand<SequenceId, 'BucketId'>;
export type UserId = Brand<SequenceId, 'UserId'>;
export type DiskId = Brand<SequenceId, 'DiskId'>;
export type ContainerId = Brand<SequenceId, 'ContainerId'>;
export type ExtentId = Brand<SequenceId, 'ExtentId'>;
/** Names the ordered extent list of one object version or one uploaded part. */
export type BodyId = Brand<SequenceId, 'BodyId'>;

export type OperationId = Brand<SequenceId, 'OperationId'>;
/** One command of an operation: also the `seq` of the versions and markers it made, and names what it put into a bin. */
export type BatchId = Brand<SequenceId, 'BatchId'>;

/** Sixteen random bytes that name an extent for ever, in its header and in its key derivation. */
export type ExtentUid = Brand<Uint8Array, 'ExtentUid'>;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Brand<number, 'EpochMs'>;

export const TIERS = ['hot', 'warm', 'cold'] as const;
export type Tier = (typeof TIERS)[number];
