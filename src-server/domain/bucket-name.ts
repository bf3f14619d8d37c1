import { Failure } from './failure.ts';
import type { BucketName } from './ids.ts';

const LABEL = /^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/;
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const RESERVED_PREFIXES = ['xn--', 'sthree-', 'amzn-s3-demo-'] as const;
const RESERVED_SUFFIXES = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'] as const;

/** Keeps AWS's bucket naming rules (AmazonS3 user guide, "General purpose bucket naming rules"). */
export function isBucketName(text: string): text is BucketName {
  if (!LABEL.test(text) || text.includes('..') || IPV4.test(text)) return false;
  return (
    !RESERVED_PREFIXES.some((prefix) => text.startsWith(prefix)) &&
    !RESERVED_SUFFIXES.some((suffix) => text.endsWith(suffix))
  );
}

/** Mints a bucket name. Throws InvalidBucketName. */
export function parseBucketName(text: string): BucketName {
  if (isBucketName(text)) return text;
  throw new Failure('InvalidBucketName', undefined, { fields: { BucketName: text } });
}
