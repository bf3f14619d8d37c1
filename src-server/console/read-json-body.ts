import type { IncomingMessage } from 'node:http';
import { ConsoleError } from './endpoint.ts';

/** A body that takes longer is no browser's. */
const DEADLINE_MS = 30_000;
const DEFAULT_MAX_BYTES = 64 * 1024;
/** Read and dropped of a body that is too large, so that the answer reaches a client that sends first and reads then. */
const DRAIN_BYTES = 4 * 1024 * 1024;

/**
 * Reads a small JSON body. Only `application/json` is taken, which no web page of another origin can send without asking
 * first. Throws `ConsoleError` 413, 415 or 400.
 */
export async function readJsonBody(request: IncomingMessage, maxBytes = DEFAULT_MAX_BYTES): Promise<unknown> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') {
    throw new ConsoleError(415, 'UnsupportedMediaType', 'content-type application/json is wanted');
  }
  const deadline = setTimeout(() => request.destroy(), DEADLINE_MS);
  try {
    return parseJson(await readAll(request, maxBytes));
  } finally {
    clearTimeout(deadline);
  }
}

async function readAll(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // Kept open, so that a body which is refused midway can be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    // Without an encoding set, node:http gives Buffers.
    const bytes = chunk as Buffer;
    sizeBytes += bytes.byteLength;
    if (sizeBytes <= maxBytes) chunks.push(bytes);
    else if (sizeBytes > maxBytes + DRAIN_BYTES) break;
  }
  if (sizeBytes > maxBytes) throw new ConsoleError(413, 'EntityTooLarge', 'the body is too large');
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return value;
  } catch {
    throw new ConsoleError(400, 'InvalidRequest', 'the body is not valid JSON');
  }
}
