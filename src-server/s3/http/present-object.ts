import { checksumHeader } from '../../domain/checksum.ts';
import { quoteETag } from '../../domain/etag.ts';
import { presentUserMetadata } from '../../domain/user-metadata.ts';
import { shownVersionId } from '../../domain/versioning.ts';
import type { FoundObject } from '../../services/objects/head-object.ts';
import type { Selection } from '../../services/objects/select-bytes.ts';
import type { StoredObject } from '../../services/objects/stored-object.ts';
import { httpDate } from './dates.ts';

const SYSTEM_NAMES = {
  'cache-control': 'Cache-Control',
  'content-disposition': 'Content-Disposition',
  'content-encoding': 'Content-Encoding',
  'content-language': 'Content-Language',
  expires: 'Expires',
  'x-amz-website-redirect-location': 'x-amz-website-redirect-location',
} as const;

/** What the reader of an object asked for beside its bytes. */
export interface Presentation {
  /** `x-amz-checksum-mode: ENABLED`. */
  readonly withChecksum: boolean;
  /** Of `responseOverrides`. */
  readonly overrides: Readonly<Record<string, string>> | undefined;
}

/** Status of an answer with these bytes: 206 for a range or part. */
export function statusOf(selection: Selection): 200 | 206 {
  return selection.range === undefined ? 200 : 206;
}

/** The headers of GetObject and HeadObject. Content-Length is the caller's, who knows how it answers. */
export function objectHeaders(found: FoundObject, presentation: Presentation): Record<string, string> {
  const { object, versioning, selection } = found;
  const headers: Record<string, string> = {
    ETag: quoteETag(object.etag),
    'Last-Modified': httpDate(object.modifiedMs),
    'Accept-Ranges': 'bytes',
    'Content-Type': object.contentType,
  };
  const versionId = shownVersionId(versioning, object.versionId);
  if (versionId !== undefined) headers['x-amz-version-id'] = versionId;
  if (object.envelope !== null) headers['x-amz-server-side-encryption'] = 'AES256';
  if (object.storageClass !== 'STANDARD') headers['x-amz-storage-class'] = object.storageClass;
  if (object.tags.length > 0) headers['x-amz-tagging-count'] = String(object.tags.length);
  addSystemHeaders(object, headers);
  presentUserMetadata(object.userMetadata, headers);
  addSelection(object, selection, headers);
  if (presentation.withChecksum) addChecksum(object, selection, headers);
  return presentation.overrides === undefined ? headers : { ...headers, ...presentation.overrides };
}

function addSystemHeaders({ system }: StoredObject, headers: Record<string, string>): void {
  if (system === undefined) return;
  for (const [stored, shown] of Object.entries(SYSTEM_NAMES)) {
    // The keys of SYSTEM_NAMES are those of SystemMetadata.
    const value = system[stored as keyof typeof SYSTEM_NAMES];
    if (value !== undefined) headers[shown] = value;
  }
}

function addSelection(object: StoredObject, { range, part }: Selection, headers: Record<string, string>): void {
  if (range !== undefined) headers['Content-Range'] = `bytes ${range.start}-${range.end}/${object.sizeBytes}`;
  if (part !== undefined && part.count !== null) headers['x-amz-mp-parts-count'] = String(part.count);
}

/**
 * A checksum is of what the answer carries, or clients would compare it with other bytes: the object's with the whole
 * object, a part's own with that part, none with a range.
 */
function addChecksum(object: StoredObject, { range, part }: Selection, headers: Record<string, string>): void {
  const { checksum } = object;
  if (checksum === undefined) return;
  const isOfPart = part !== undefined && part.count !== null;
  const isWhole = range === undefined || part !== undefined;
  const value = isOfPart ? (part.checksum ?? undefined) : isWhole ? checksum.value : undefined;
  if (value === undefined) return;
  headers[checksumHeader(checksum.algorithm)] = value;
  headers['x-amz-checksum-type'] = checksum.type;
}
