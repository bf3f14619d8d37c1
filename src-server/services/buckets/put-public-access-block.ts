import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Sets the four switches of Block Public Access; undefined removes them: none is on. Throws NoSuchBucket. */
export async function putPublicAccessBlock(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  publicAccessBlock: Bucket['publicAccessBlock'],
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  await context.engine.submit('put-public-access-block', {
    bucket: ref,
    publicAccessBlock,
    ...changedBy(context, identity),
  });
  tellOfChange(context, bucket);
}
