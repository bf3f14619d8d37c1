import { Failure } from '../../domain/failure.ts';
import type { S3Request } from '../operation.ts';
import { XML_LIMITS } from './limits.ts';

/**
 * The whole body of a configuration request, its digests verified. Throws MissingRequestBodyError where it is empty, and
 * what `RequestBody.readAll` throws.
 */
export async function readConfigBody(request: Pick<S3Request, 'body'>): Promise<Buffer> {
  const bytes = await request.body.readAll(XML_LIMITS.configuration.maxBytes);
  if (bytes.length === 0) throw new Failure('MissingRequestBodyError');
  return bytes;
}
