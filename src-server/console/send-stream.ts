import { Readable } from 'node:stream';
import type { Context } from 'koa';
import type { ProgressRule } from '../platform/progress.ts';
import type { BodyChunk } from '../storage/body-store.ts';
import type { EndpointStream } from './endpoint.ts';
import { type Waiting, watchSending } from './sending-progress.ts';

/** Sends an object's bytes. An error midway breaks the connection: an answer never ends short as if it were whole; who takes them too slowly is cut off. */
export function sendStream(ctx: Context, stream: EndpointStream, rule: ProgressRule): void {
  if (ctx.method !== 'HEAD') {
    const gone = new AbortController();
    ctx.res.once('close', () => gone.abort());
    const readable = Readable.from(copies(stream.open(gone.signal), watchSending(ctx.res, rule)), {
      objectMode: false,
    });
    readable.once('error', () => ctx.res.destroy());
    ctx.body = readable;
  }
  ctx.set('content-length', String(stream.sizeBytes));
}

/** The pieces lie in buffers that are used again as soon as they are released, and the socket may still hold them then. */
async function* copies(chunks: AsyncIterable<BodyChunk>, waiting: Waiting): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    const bytes = Buffer.concat(chunk.pieces);
    chunk.release();
    // Until more is asked for, the client alone is waited for; as it is once all was given.
    waiting.begin();
    yield bytes;
    waiting.end();
  }
  waiting.begin();
}
