import { Failure } from '../../domain/failure.ts';
import type { S3Request } from '../operation.ts';

/**
 * Checks `x-amz-acl` of a request on a bucket: `private`, which every bucket is, is the only one that is done. The pipeline
 * has refused the ACLs of AWS that are not; what remains is the one that only objects can have. Throws InvalidArgument.
 *
 * @returns whether the header is there
 */
export function checkBucketAclHeader(request: Pick<S3Request, 'header'>): boolean {
  const acl = request.header('x-amz-acl');
  if (acl === undefined) return false;
  if (acl.toLowerCase() === 'private') return true;
  throw new Failure('InvalidArgument', undefined, { fields: { ArgumentName: 'x-amz-acl', ArgumentValue: acl } });
}
