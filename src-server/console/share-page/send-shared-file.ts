import { assertNever } from '../../domain/assert-never.ts';
import type { ReadableBody, ReadableObject } from '../../services/objects/get-object.ts';
import type { BodyChunk } from '../../storage/body-store.ts';
import { contentHeaders } from '../content-headers.ts';
import type { EndpointAnswer } from '../endpoint.ts';

/** The bytes of an object for a recipient: sandboxed, and no search engine keeps them. `meter` sees what is streamed. */
export function answerSharedFile(
  found: ReadableObject,
  download: boolean,
  meter: (chunks: AsyncIterable<BodyChunk>) => AsyncIterable<BodyChunk> = (chunks) => chunks,
): EndpointAnswer {
  const headers = { ...contentHeaders(found, download), 'x-robots-tag': 'noindex, nofollow' };
  return { status: found.selection.range === undefined ? 200 : 206, headers, ...bodyOf(found.body, meter) };
}

function bodyOf(
  body: ReadableBody,
  meter: (chunks: AsyncIterable<BodyChunk>) => AsyncIterable<BodyChunk>,
): Pick<EndpointAnswer, 'body' | 'stream'> {
  switch (body.kind) {
    case 'empty':
      return { body: new Uint8Array() };
    case 'bytes':
      return { body: undefined, stream: { sizeBytes: body.bytes.byteLength, open: () => meter(oneChunk(body.bytes)) } };
    case 'stream':
      return { body: undefined, stream: { sizeBytes: body.sizeBytes, open: (signal) => meter(body.open(signal)) } };
    default:
      return assertNever(body);
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<BodyChunk> {
  yield { pieces: [bytes], sizeBytes: bytes.byteLength, release: () => undefined };
}
