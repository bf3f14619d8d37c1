import type { ServiceContext } from '../../services/context.ts';
import type { Identity } from '../../services/identity.ts';
import { pacedBytes, type RequestLimits } from '../../services/limits/request-limits.ts';
import type { BodyChunk } from '../../storage/body-store.ts';
import type { RequestBody } from '../body/request-body.ts';
import type { S3Response } from '../operation.ts';
import type { Exchange } from './exchange.ts';

/** A request's body as fast as its key and tenant may send (`limits.*BytesPerSecond`). */
export function pacedBody(
  { limits }: ServiceContext,
  identity: Identity,
  exchange: Exchange,
  body: RequestBody,
): RequestBody {
  if (limits?.paces(identity) !== true) return body;
  return {
    sizeBytes: body.sizeBytes,
    neededDigests: body.neededDigests,
    checksumAlgorithm: body.checksumAlgorithm,
    chunks: () => pacedBytes(limits, identity, body.chunks(), exchange.signal),
    verify: (computed) => body.verify(computed),
    readAll: (limitBytes) => body.readAll(limitBytes),
  };
}

/** An answer as fast as key and tenant may receive; texts of ours go as they are. */
export async function pacedAnswer(
  { limits }: ServiceContext,
  identity: Identity,
  exchange: Exchange,
  answer: S3Response,
): Promise<S3Response> {
  const { body } = answer;
  if (limits?.paces(identity) !== true || exchange.method === 'HEAD') return answer;
  if (body.kind === 'bytes') await limits.pace(identity, body.bytes.length, exchange.signal);
  if (body.kind !== 'stream') return answer;
  return { ...answer, body: { ...body, chunks: pacedChunks(limits, identity, exchange, body.chunks) } };
}

async function* pacedChunks(
  limits: RequestLimits,
  identity: Identity,
  { signal }: Exchange,
  chunks: AsyncIterable<BodyChunk>,
): AsyncGenerator<BodyChunk> {
  for await (const chunk of chunks) {
    try {
      await limits.pace(identity, chunk.sizeBytes, signal);
    } catch (error) {
      chunk.release();
      throw error;
    }
    yield chunk;
  }
}
