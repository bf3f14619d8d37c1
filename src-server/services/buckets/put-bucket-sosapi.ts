import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { requireBucket } from './require-bucket.ts';

/** Turns Veeam's Smart Object Storage API on or off (`domain/sosapi.ts`). Throws NoSuchBucket. */
export async function putBucketSosapi(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  speaksSosapi: boolean,
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  await context.engine.submit('put-bucket-sosapi', { bucket: ref, speaksSosapi, ...changedBy(context, identity) });
  tellOfChange(context, bucket);
}
