import type { Exchange } from './exchange.ts';

const LINGER_BYTES = 16 * 1024 * 1024;
const LINGER_MS = 5000;

/**
 * After an answer that came before its request's body was read: takes a bounded amount of that body off the socket, so that
 * the close that follows does not reset the connection under an answer the client has yet to read.
 */
export function lingerBeforeClose(exchange: Exchange): Promise<void> {
  const { request, socket } = exchange;
  if (request.complete || socket.destroyed || request.readableEnded) return Promise.resolve();
  return new Promise((resolve) => {
    let drained = 0;
    const timer = setTimeout(done, LINGER_MS);
    function count(chunk: Buffer): void {
      drained += chunk.length;
      if (drained > LINGER_BYTES) done();
    }
    function done(): void {
      clearTimeout(timer);
      request.off('data', count).off('end', done).off('close', done).off('error', done);
      resolve();
    }
    request.on('data', count).on('end', done).on('close', done).on('error', done);
    request.resume();
  });
}
