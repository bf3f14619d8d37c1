import type { VersionId } from '../domain/ids.ts';

/** What reading an object asks for: an older version is another permission than the current one, as on AWS. */
export function readActionFor(versionId: VersionId | undefined): 's3:GetObject' | 's3:GetObjectVersion' {
  return versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
}
