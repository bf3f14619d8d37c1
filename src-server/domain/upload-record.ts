import { type ChecksumPlan, formatChecksum, parseChecksumPlan, readChecksum, type StoredChecksum } from './checksum.ts';
import type { ETag, VersionId } from './ids.ts';
import { VERSIONING_STATES, type VersioningState } from './versioning.ts';

/** How the checksum columns of an upload's row are read: undefined where the client chose none. */
export function planOf(upload: {
  readonly checksum_algorithm: string | null;
  readonly checksum_type: string | null;
}): ChecksumPlan | undefined {
  return parseChecksumPlan(upload.checksum_algorithm ?? undefined, upload.checksum_type ?? undefined);
}

/** What a completed upload answered, and answers again to a retry. */
export interface CompletedRecord {
  readonly etag: ETag;
  readonly versionId: VersionId;
  /** The bucket's, at that moment: it decides whether the version id is shown. */
  readonly versioning: VersioningState;
  readonly checksum: StoredChecksum;
}

export interface CompletedUpload extends CompletedRecord {
  readonly isEncrypted: boolean;
}

/** The text that `upload.completed_result` holds. None of its fields has a space but the checksum, which is last. */
export function formatCompleted(record: CompletedRecord): string {
  return `${record.etag} ${record.versionId} ${record.versioning} ${formatChecksum(record.checksum)}`;
}

/** Reads `upload.completed_result`. Throws Error for what `formatCompleted` did not write. */
export function readCompleted(column: string): CompletedRecord {
  const [etag, versionId, versioning, ...checksum] = column.split(' ');
  const state = VERSIONING_STATES.find((known) => known === versioning);
  if (etag === undefined || versionId === undefined || state === undefined) {
    throw new Error(`not the result of an upload: ${column}`);
  }
  // Written by formatCompleted from the branded values.
  return {
    etag: etag as ETag,
    versionId: versionId as VersionId,
    versioning: state,
    checksum: readChecksum(checksum.join(' ')),
  };
}
