import type { IncomingMessage } from 'node:http';
import { Failure } from '../domain/failure.ts';
import type { IncomingBody } from '../services/objects/incoming-body.ts';

/** AWS's limit of a PUT. */
const MAX_UPLOAD_BYTES = 5 * 1024 ** 3;

/** The raw body of a request, as an object's bytes. Throws `Failure` EntityTooLarge; reading it, IncompleteBody too. */
export function uploadBody(request: IncomingMessage): IncomingBody {
  const announced = request.headers['content-length'];
  const sizeBytes = announced === undefined ? undefined : Number(announced);
  if (sizeBytes !== undefined && sizeBytes > MAX_UPLOAD_BYTES) throw new Failure('EntityTooLarge');
  return {
    sizeBytes,
    neededDigests: [],
    checksumAlgorithm: undefined,
    chunks: () => readBody(request),
    // The session's owner sends it over a connection that checks itself: nothing else was claimed.
    verify: () => undefined,
  };
}

async function* readBody(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  try {
    // Kept open, so that the answer to a body that is refused midway can be sent.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      // Without an encoding set, node:http gives Buffers.
      const bytes = chunk as Buffer;
      sizeBytes += bytes.byteLength;
      if (sizeBytes > MAX_UPLOAD_BYTES) throw new Failure('EntityTooLarge');
      yield bytes;
    }
  } catch (error) {
    if (request.complete || error instanceof Failure) throw error;
    throw new Failure('IncompleteBody');
  }
}
