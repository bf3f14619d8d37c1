import { parseBucketName } from './bucket-name.ts';
import { Failure, isFailure } from './failure.ts';
import type { BucketName, ObjectKey, VersionId } from './ids.ts';
import { parseObjectKey } from './object-key.ts';
import { decodeUriPart } from './uri-encoding.ts';
import { parseVersionId } from './version-id.ts';

/** The object that a copy reads. */
export interface CopySource {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  /** Undefined: the current version. */
  readonly versionId: VersionId | undefined;
}

const VERSION = '?versionId=';

/**
 * Reads `x-amz-copy-source`: `[/]bucket/key[?versionId=id]`, percent-encoded once. Its names go through the same parsers as
 * those of a request's target, so that what is authorized is what is read (SECURITY.md: copy source).
 *
 * @throws Failure InvalidArgument
 */
export function parseCopySource(header: string): CopySource {
  // A key may hold a literal `?`; the version is what follows the last such marker.
  const at = header.lastIndexOf(VERSION);
  const path = at < 0 ? header : header.slice(0, at);
  const versionId = at < 0 ? undefined : parseVersionId(header.slice(at + VERSION.length));
  try {
    const decoded = decodeUriPart(path);
    const bare = decoded.startsWith('/') ? decoded.slice(1) : decoded;
    const slash = bare.indexOf('/');
    if (slash < 1 || slash === bare.length - 1) throw new Failure('InvalidURI');
    return { bucket: parseBucketName(bare.slice(0, slash)), key: parseObjectKey(bare.slice(slash + 1)), versionId };
  } catch (error) {
    if (!isFailure(error, 'InvalidURI', 'InvalidBucketName')) throw error;
    throw new Failure('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey', {
      fields: { ArgumentName: 'x-amz-copy-source', ArgumentValue: header },
    });
  }
}
