import type { S3Response, S3ResponseBody } from '../operation.ts';
import { endInBurst } from './answer-burst.ts';
import { ChunkSender, WrongBodySize } from './chunk-sender.ts';
import type { Exchange } from './exchange.ts';
import { lingerBeforeClose } from './linger.ts';

const SENDABLE = /^[\t\x20-\x7e\x80-\uffff]*$/;
const ABOVE_LATIN1 = /[\u0100-\uffff]/;

/**
 * Sends one answer and resolves to the body bytes sent. Rejects where the body's source fails: before the first byte nothing
 * was sent and another answer can be; after it the connection is destroyed (`response.headersSent` tells).
 */
export async function sendResponse(exchange: Exchange, answer: S3Response, hostId: string): Promise<number> {
  const { body } = answer;
  // Nobody reads the rest of the request any more; what the operation left is drained or cut off.
  exchange.source.discard();
  switch (body.kind) {
    case 'stream':
      return exchange.method === 'HEAD'
        ? sendWhole(exchange, answer, hostId, undefined, undefined)
        : sendStream(exchange, answer, body, hostId);
    case 'xml':
      return sendWhole(exchange, answer, hostId, body.xml, 'application/xml');
    case 'json':
      return sendWhole(exchange, answer, hostId, body.json, 'application/json');
    case 'bytes':
      return sendWhole(exchange, answer, hostId, body.bytes, undefined);
    case 'empty':
      return sendWhole(exchange, answer, hostId, undefined, undefined);
  }
}

async function sendWhole(
  exchange: Exchange,
  answer: S3Response,
  hostId: string,
  content: string | Uint8Array | undefined,
  contentType: string | undefined,
): Promise<number> {
  const { response } = exchange;
  const hasBody = exchange.method !== 'HEAD' && answer.status !== 204 && answer.status !== 304;
  const bytes = content === undefined ? undefined : typeof content === 'string' ? Buffer.from(content) : content;
  const length = hasBody ? (bytes?.length ?? 0) : undefined;
  const head = headOf(exchange, answer, hostId, contentType, length);
  const linger = exchange.mustClose && !exchange.holdsBodyBack;
  response.writeHead(answer.status, head);
  if (linger) {
    if (hasBody && bytes !== undefined) response.write(bytes);
    else response.flushHeaders();
    await lingerBeforeClose(exchange);
    response.end();
  } else endInBurst(response, hasBody ? bytes : undefined);
  exchange.handedOver();
  return length ?? 0;
}

/** Headers as one flat list, which node:http sends as it is. */
function headOf(
  exchange: Exchange,
  answer: S3Response,
  hostId: string,
  contentType: string | undefined,
  length: number | undefined,
): string[] {
  const head = ['x-amz-request-id', exchange.id, 'x-amz-id-2', hostId, 'Server', 'Stowage'];
  let hasLength = false;
  let hasType = false;
  for (const name in answer.headers) {
    const value = answer.headers[name];
    if (value === undefined) continue;
    if (name === 'Content-Length') hasLength = true;
    else if (name === 'Content-Type') hasType = true;
    head.push(name, wireValue(value));
  }
  if (!hasType && contentType !== undefined) head.push('Content-Type', contentType);
  if (!hasLength && length !== undefined) head.push('Content-Length', String(length));
  if (exchange.mustClose) head.push('Connection', 'close');
  return head;
}

/** A header value in the form of the wire: characters above latin1 go as their UTF-8 bytes, line ends never go. */
function wireValue(value: string): string {
  if (!SENDABLE.test(value)) throw new Error('a response header holds a control character');
  return ABOVE_LATIN1.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value;
}

async function sendStream(
  exchange: Exchange,
  answer: S3Response,
  body: Extract<S3ResponseBody, { kind: 'stream' }>,
  hostId: string,
): Promise<number> {
  const source = body.chunks[Symbol.asyncIterator]();
  const sender = new ChunkSender(exchange);
  try {
    // The first bytes are at hand before the head goes, so that a damaged or absent disk can still be an error answer.
    let next = await source.next();
    exchange.response.writeHead(answer.status, headOf(exchange, answer, hostId, undefined, body.sizeBytes));
    while (next.done !== true) {
      const full = sender.send(next.value, body.sizeBytes);
      if (full !== undefined) await full;
      next = await source.next();
    }
    if (sender.sentBytes !== body.sizeBytes) throw new WrongBodySize(`${sender.sentBytes} of ${body.sizeBytes} bytes`);
    if (exchange.mustClose && !exchange.holdsBodyBack) await lingerBeforeClose(exchange);
    exchange.response.end();
    exchange.handedOver();
    return sender.sentBytes;
  } catch (error) {
    if (exchange.response.headersSent) exchange.socket.destroy();
    throw error;
  } finally {
    sender.finish();
    await source.return?.();
  }
}
