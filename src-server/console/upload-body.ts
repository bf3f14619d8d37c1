import type { IncomingMessage } from 'node:http';
import { Failure } from '../domain/failure.ts';
import { ProgressMeter, type ProgressRule } from '../platform/progress.ts';
import type { IncomingBody } from '../services/objects/incoming-body.ts';

/** AWS's limit of a PUT. */
const MAX_UPLOAD_BYTES = 5 * 1024 ** 3;
/** Looked at so many times in a window. */
const SWEEPS_A_WINDOW = 6;

/** The raw body of a request, as an object's bytes. Throws `Failure` EntityTooLarge; reading it, IncompleteBody too. Who sends slower than the rule allows is cut off. */
export function uploadBody(request: IncomingMessage, rule: ProgressRule): IncomingBody {
  const announced = request.headers['content-length'];
  const sizeBytes = announced === undefined ? undefined : Number(announced);
  if (sizeBytes !== undefined && sizeBytes > MAX_UPLOAD_BYTES) throw new Failure('EntityTooLarge');
  return {
    sizeBytes,
    neededDigests: [],
    checksumAlgorithm: undefined,
    chunks: () => readBody(request, rule),
    // The session's owner sends it over a connection that checks itself: nothing else was claimed.
    verify: () => undefined,
  };
}

async function* readBody(request: IncomingMessage, rule: ProgressRule): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  const waiting = watchReading(request, rule);
  try {
    waiting.begin();
    // Kept open, so that the answer to a body that is refused midway can be sent.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      // Without an encoding set, node:http gives Buffers.
      const bytes = chunk as Buffer;
      sizeBytes += bytes.byteLength;
      if (sizeBytes > MAX_UPLOAD_BYTES) throw new Failure('EntityTooLarge');
      waiting.end();
      yield bytes;
      waiting.begin();
    }
  } catch (error) {
    if (request.complete || error instanceof Failure) throw error;
    throw new Failure('IncompleteBody');
  } finally {
    waiting.stop();
  }
}

/** Cuts off a client that sends too slowly while we wait for it. */
function watchReading(request: IncomingMessage, rule: ProgressRule) {
  const { socket } = request;
  const meter = new ProgressMeter(rule.readWindowMs, rule.minBytesPerSecond);
  meter.restart(socket.bytesRead);
  const sweep = setInterval(() => {
    if (meter.isTooSlow(performance.now(), socket.bytesRead)) socket.destroy();
  }, rule.readWindowMs / SWEEPS_A_WINDOW);
  return {
    begin: () => meter.begin(performance.now()),
    end: () => meter.end(performance.now()),
    stop: () => clearInterval(sweep),
  };
}
