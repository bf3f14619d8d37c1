import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Notes who pays for requests; undefined: the owner. Nobody pays here: it is kept and shown. Throws NoSuchBucket. */
export async function putBucketRequestPayment(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  requestPayer: Bucket['requestPayer'],
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  await context.engine.submit('put-bucket-request-payment', {
    bucket: ref,
    requestPayer,
    ...changedBy(context, identity),
  });
  tellOfChange(context, bucket);
}
