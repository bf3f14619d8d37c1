import { putBucketAcl as putBucketAclOf } from '../../services/buckets/put-bucket-acl.ts';
import { checkBucketAclHeader } from '../http/bucket-acl-header.ts';
import { aclOfRequest } from '../http/requested-acl.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** PutBucketAcl. */
export const putBucketAcl: BucketOperation = async (context, request) => {
  checkBucketAclHeader(request);
  await putBucketAclOf(context, request.identity, request.target.bucket, await aclOfRequest(request));
  return emptyResponse();
};
