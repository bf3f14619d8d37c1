import type { ServiceContext } from '../../services/context.ts';
import type { S3Request } from '../operation.ts';
import { bucketOfHost } from './parse-target.ts';
import { urlEncodeKeepingSlash } from './url-encode.ts';

/**
 * The URL of an object as the client reaches this server: in its own addressing style, with the host it named. What
 * `Location` shows after CompleteMultipartUpload and PostObject.
 */
export function objectLocation(
  context: ServiceContext,
  request: Pick<S3Request, 'host'>,
  bucket: string,
  key: string,
): string {
  const { config } = context;
  const scheme = config.tls.kind === 'none' ? 'http' : 'https';
  const host = request.host ?? `${config.s3Address.host}:${config.s3Address.port}`;
  const path = urlEncodeKeepingSlash(key);
  return bucketOfHost(host, config.domain) === undefined
    ? `${scheme}://${host}/${bucket}/${path}`
    : `${scheme}://${host}/${path}`;
}
