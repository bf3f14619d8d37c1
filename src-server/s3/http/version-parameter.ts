import { Failure } from '../../domain/failure.ts';
import type { VersionId } from '../../domain/ids.ts';
import { parseVersionId } from '../../domain/version-id.ts';
import { authorize } from '../../services/access/authorize.ts';
import type { ServiceContext } from '../../services/context.ts';
import { conditionFacts } from '../auth/condition-facts.ts';
import type { S3Request, Target } from '../operation.ts';

/**
 * Reads `versionId`, and asks for the permission that naming a version needs beside the action's own (AWS has one of its own
 * for each: `s3:GetObjectVersion`, …). Throws InvalidArgument, AccessDenied.
 */
export async function namedVersion(
  context: ServiceContext,
  request: S3Request<Extract<Target, { scope: 'object' }>>,
  iamAction: string,
): Promise<VersionId | undefined> {
  const text = request.query.get('versionId');
  if (text === undefined) return undefined;
  const versionId = parseVersionId(text);
  const { bucket, key } = request.target;
  const facts = conditionFacts(request);
  await authorize(context, { identity: request.identity, iamAction, bucket, key, versionId, facts });
  return versionId;
}

/** Refuses `versionId` where AWS does: a write makes its own. Throws InvalidArgument. */
export function refuseVersion(request: Pick<S3Request, 'query'>): void {
  const text = request.query.get('versionId');
  if (text === undefined) return;
  throw new Failure('InvalidArgument', 'This operation does not accept a version-id.', {
    fields: { ArgumentName: 'versionId', ArgumentValue: text.slice(0, 1024) },
  });
}
