import { isBucketName } from '../domain/bucket-name.ts';
import { Failure } from '../domain/failure.ts';
import type { BucketName } from '../domain/ids.ts';

/** The bucket that a path names. Throws NoSuchBucket for what no bucket can be called. */
export function bucketOfPath(params: Readonly<Record<string, string>>): BucketName {
  const text = params.bucket ?? '';
  if (!isBucketName(text)) throw new Failure('NoSuchBucket');
  return text;
}
