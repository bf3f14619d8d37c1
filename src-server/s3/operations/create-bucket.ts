import { checkLocationConstraint } from '../../domain/bucket-location.ts';
import { OBJECT_OWNERSHIPS, type ObjectOwnership } from '../../domain/bucket-settings.ts';
import { Failure, isFailure } from '../../domain/failure.ts';
import { checkTags, MAX_BUCKET_TAGS } from '../../domain/tags.ts';
import { createBucket as createBucketOf } from '../../services/buckets/create-bucket.ts';
import { checkBucketAclHeader } from '../http/bucket-acl-header.ts';
import { aclOfHeaders } from '../http/requested-acl.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { XML_LIMITS } from '../xml/limits.ts';
import {
  type CreateBucketConfiguration,
  parseCreateBucketConfiguration,
} from '../xml/shapes/create-bucket-configuration.ts';

const NOTHING_ASKED: CreateBucketConfiguration = { locationConstraint: undefined, tags: [] };
/** Where a second CreateBucket of one's own bucket succeeds (AmazonS3/latest/API/API_CreateBucket, BucketAlreadyOwnedByYou). */
const FORGIVING_REGION = 'us-east-1';

/** CreateBucket. */
export const createBucket: BucketOperation = async (context, request) => {
  const name = request.target.bucket;
  const { region } = context.config;
  checkBucketAclHeader(request);
  const acl = aclOfHeaders(request);
  const ownership = parseOwnership(request.header('x-amz-object-ownership'));
  // The header rules let pass only these two.
  const locks = request.header('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true';
  const bytes = await request.body.readAll(XML_LIMITS.configuration.maxBytes);
  const asked = bytes.length === 0 ? NOTHING_ASKED : parseCreateBucketConfiguration(bytes);
  checkTags(asked.tags, MAX_BUCKET_TAGS);
  const location = checkLocationConstraint(asked.locationConstraint, region);
  try {
    await createBucketOf(context, request.identity, {
      name,
      location,
      ownership,
      acl,
      tags: asked.tags,
      objectLock: locks ? { enabled: true, defaultRetention: undefined } : undefined,
    });
  } catch (error) {
    // Only where nothing of the request would be dropped by it.
    const asksNoMore = ownership === undefined && acl === undefined && asked.tags.length === 0 && !locks;
    if (!isFailure(error, 'BucketAlreadyOwnedByYou') || region !== FORGIVING_REGION || !asksNoMore) throw error;
  }
  return emptyResponse(200, { location: `/${name}` });
};

function parseOwnership(header: string | undefined): ObjectOwnership | undefined {
  if (header === undefined) return undefined;
  const ownership = OBJECT_OWNERSHIPS.find((known) => known === header);
  if (ownership !== undefined) return ownership;
  throw new Failure('InvalidArgument', 'Invalid x-amz-object-ownership header', {
    fields: { ArgumentName: 'x-amz-object-ownership', ArgumentValue: header },
  });
}
