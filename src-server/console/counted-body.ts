import type { IncomingBody } from '../services/objects/incoming-body.ts';

/** The same body, and how much of it has come. */
export function countedBody(body: IncomingBody): { readonly body: IncomingBody; sizeBytes(): number } {
  let sizeBytes = 0;
  return {
    body: {
      ...body,
      chunks: async function* () {
        for await (const chunk of body.chunks()) {
          sizeBytes += chunk.byteLength;
          yield chunk;
        }
      },
    },
    sizeBytes: () => sizeBytes,
  };
}
