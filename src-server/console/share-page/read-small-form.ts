import { ConsoleError, type EndpointRequest } from '../endpoint.ts';

const MAX_BYTES = 8 * 1024;

/** The fields of an ordinary form (application/x-www-form-urlencoded) of at most 8 KiB. Throws `ConsoleError` 415 or 413. */
export async function readSmallForm({ upload }: EndpointRequest): Promise<URLSearchParams> {
  const [type = ''] = (upload?.contentType ?? '').split(';');
  if (upload === undefined || type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    throw new ConsoleError(415, 'UnsupportedMediaType', 'a form is wanted');
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of upload.body().chunks()) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_BYTES) throw new ConsoleError(413, 'EntityTooLarge', 'the form is too large');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
