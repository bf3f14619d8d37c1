import { Failure } from '../../domain/failure.ts';
import type { S3Request } from '../operation.ts';

const OF_BUCKETS = ['private', 'public-read', 'public-read-write', 'authenticated-read', 'log-delivery-write'];

/** Checks `x-amz-acl` of a request on a bucket: some canned ACLs are for objects only. Throws InvalidArgument. */
export function checkBucketAclHeader(request: Pick<S3Request, 'header'>): void {
  const acl = request.header('x-amz-acl');
  if (acl === undefined || OF_BUCKETS.includes(acl.toLowerCase())) return;
  throw new Failure('InvalidArgument', undefined, { fields: { ArgumentName: 'x-amz-acl', ArgumentValue: acl } });
}
