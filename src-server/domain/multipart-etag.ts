import { createHash } from 'node:crypto';
import type { ETag } from './ids.ts';

/** The ETag of a multipart object: MD5 over the parts' MD5s (their ETags, in order), then `-` and their number. */
export function multipartETag(partETags: readonly ETag[]): ETag {
  const digest = createHash('md5')
    .update(Buffer.from(partETags.join(''), 'hex'))
    .digest('hex');
  return `${digest}-${partETags.length}` as ETag;
}
