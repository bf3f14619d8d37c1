import type { IncomingMessage } from 'node:http';
import { ConsoleError } from './endpoint.ts';

const DEFAULT_MAX_BYTES = 64 * 1024;

/**
 * Reads a small JSON body. Only `application/json` is taken, which no web page of another origin can send without asking
 * first. Throws `ConsoleError` 413, 415 or 400.
 */
export async function readJsonBody(request: IncomingMessage, maxBytes = DEFAULT_MAX_BYTES): Promise<unknown> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') {
    throw new ConsoleError(415, 'UnsupportedMediaType', 'content-type application/json is wanted');
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    // Without an encoding set, node:http gives Buffers.
    const bytes = chunk as Buffer;
    sizeBytes += bytes.byteLength;
    if (sizeBytes > maxBytes) throw new ConsoleError(413, 'EntityTooLarge', 'the body is too large');
    chunks.push(bytes);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return value;
  } catch {
    throw new ConsoleError(400, 'InvalidRequest', 'the body is not valid JSON');
  }
}
