import { Failure } from './failure.ts';
import type { VersionId } from './ids.ts';

/** The id of the version that stands in for "no version": written while versioning is off or suspended. */
export const NULL_VERSION = 'null' as VersionId;

/** Random bytes that `newVersionId` needs: 192 bits, so that ids never meet. */
export const VERSION_ID_BYTES = 24;

const PATTERN = /^[A-Za-z0-9._]{32}$/;

/**
 * An opaque id of 32 URL-safe characters. Base64 with `.` and `_` as AWS's own ids have; never `-`, because an id that
 * begins with it reads as an option on command lines.
 *
 * @param random VERSION_ID_BYTES bytes of a cryptographic generator
 */
export function newVersionId(random: Uint8Array): VersionId {
  if (random.length !== VERSION_ID_BYTES) throw new Error(`a version id needs ${VERSION_ID_BYTES} random bytes`);
  const text = Buffer.from(random.buffer, random.byteOffset, random.byteLength).toString('base64');
  return text.replaceAll('+', '.').replaceAll('/', '_') as VersionId;
}

/**
 * Reads the `versionId` of a request.
 *
 * @throws Failure InvalidArgument for what can be no version's id (AWS tells that apart from NoSuchVersion)
 */
export function parseVersionId(text: string): VersionId {
  // Minted here, by these two forms only.
  if (text === 'null' || PATTERN.test(text)) return text as VersionId;
  const message = text === '' ? 'Version id cannot be the empty string' : 'Invalid version id specified';
  throw new Failure('InvalidArgument', message, { fields: { ArgumentName: 'versionId', ArgumentValue: text } });
}
