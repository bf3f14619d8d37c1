import { Failure } from '../../domain/failure.ts';
import type { VersionId } from '../../domain/ids.ts';
import { parseVersionId } from '../../domain/version-id.ts';
import type { S3Request } from '../operation.ts';

/** Reads `versionId`; the permission that naming one needs was asked for (`s3/access/needed-actions.ts`). Throws InvalidArgument. */
export function namedVersion(request: Pick<S3Request, 'query'>): VersionId | undefined {
  const text = request.query.get('versionId');
  return text === undefined ? undefined : parseVersionId(text);
}

/** Refuses `versionId` where AWS does: a write makes its own. Throws InvalidArgument. */
export function refuseVersion(request: Pick<S3Request, 'query'>): void {
  const text = request.query.get('versionId');
  if (text === undefined) return;
  throw new Failure('InvalidArgument', 'This operation does not accept a version-id.', {
    fields: { ArgumentName: 'versionId', ArgumentValue: text.slice(0, 1024) },
  });
}
