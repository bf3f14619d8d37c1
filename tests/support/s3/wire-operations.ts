import { createHash } from 'node:crypto';
import type { S3Operation } from '../../../src-server/s3/operation.ts';

/** What a test's PutObject saw, so that a test can tell what would have been stored. */
export interface Stored {
  readonly key: string;
  readonly bytes: Buffer;
  readonly checksum: string | undefined;
}

/** A PutObject that keeps in memory what it read and verified. */
export function storingPut(stored: Stored[]): S3Operation {
  return async (_context, request) => {
    const bytes = await request.body.readAll(64 * 1024 * 1024);
    const key = request.target.scope === 'object' ? request.target.key : '';
    stored.push({ key, bytes, checksum: request.body.checksumAlgorithm });
    return {
      status: 200,
      headers: { ETag: `"${createHash('md5').update(bytes).digest('hex')}"` },
      body: { kind: 'empty' },
    };
  };
}

/** A GetObject that answers these bytes in pieces of `chunkBytes`. */
export function streamingGet(bytes: Buffer, chunkBytes: number, fail?: (sentBytes: number) => void): S3Operation {
  return async () => ({
    status: 200,
    headers: { ETag: '"x"', 'Content-Type': 'application/octet-stream' },
    body: { kind: 'stream', sizeBytes: bytes.length, chunks: inChunks(bytes, chunkBytes, fail) },
  });
}

async function* inChunks(bytes: Buffer, chunkBytes: number, fail?: (sentBytes: number) => void) {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    fail?.(at);
    const piece = bytes.subarray(at, at + chunkBytes);
    yield { pieces: [piece], sizeBytes: piece.length, release: () => undefined };
  }
}
