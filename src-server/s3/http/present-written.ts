import { checksumHeader, type StoredChecksum } from '../../domain/checksum.ts';
import { quoteETag } from '../../domain/etag.ts';
import type { ETag, VersionId } from '../../domain/ids.ts';
import { type VersioningState, writtenVersionId } from '../../domain/versioning.ts';

/** What PutObject, PostObject and the like tell of the object they wrote. */
export interface Written {
  readonly etag: ETag;
  readonly versionId: VersionId;
  readonly versioning: VersioningState;
  readonly checksum: StoredChecksum;
  readonly isEncrypted: boolean;
}

/** The headers that answer a write of an object's bytes. */
export function writtenHeaders(written: Written, userAgent: string): Record<string, string> {
  const headers = versionHeaders(written, userAgent);
  headers.ETag = quoteETag(written.etag);
  headers[checksumHeader(written.checksum.algorithm)] = written.checksum.value;
  headers['x-amz-checksum-type'] = written.checksum.type;
  return headers;
}

/** The headers about version and encryption alone, for answers that carry the rest in XML. */
export function versionHeaders(
  written: Pick<Written, 'versionId' | 'versioning' | 'isEncrypted'>,
  userAgent: string,
): Record<string, string> {
  const headers: Record<string, string> = {};
  const versionId = writtenVersionId(written.versioning, written.versionId, userAgent);
  if (versionId !== undefined) headers['x-amz-version-id'] = versionId;
  if (written.isEncrypted) headers['x-amz-server-side-encryption'] = 'AES256';
  return headers;
}
