import { Failure } from './failure.ts';
import type { BucketName } from './ids.ts';

/** The answer where there is no bucket of this name; its XML names it, as AWS's does. */
export function noSuchBucket(name: BucketName): Failure {
  return new Failure('NoSuchBucket', undefined, { fields: { BucketName: name } });
}
