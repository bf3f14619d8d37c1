import type { Socket } from 'node:net';
import { Failure } from '../../domain/failure.ts';
import { newRequestId } from '../../observability/request-id.ts';
import { ERROR_FACTS } from '../errors/codes.ts';
import { errorXml } from '../errors/error-xml.ts';

/** How long the refused may leave their side of the connection open. */
const CLOSE_MS = 2000;

/** Answers what node:http could not parse as a request, and closes the connection. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket, hostId: string): void {
  // Before the handshake is done nothing can be said over TLS: an answer would wait for it, and the connection with it.
  if (!socket.writable || error.code === 'ECONNRESET' || isTlsError(error.code)) {
    socket.destroy();
    return;
  }
  // Node keeps a half-closed connection for as long as the client does.
  const timer = setTimeout(() => socket.destroy(), CLOSE_MS);
  socket.once('close', () => clearTimeout(timer));
  const failure = failureOf(error.code);
  const requestId = newRequestId();
  const xml = errorXml(failure, { requestId, hostId, resource: '' });
  const { status } = ERROR_FACTS[failure.code];
  socket.end(
    `HTTP/1.1 ${status} Bad Request\r\nx-amz-request-id: ${requestId}\r\nx-amz-id-2: ${hostId}\r\nServer: Stowage\r\n` +
      `Date: ${new Date().toUTCString()}\r\nContent-Type: application/xml\r\nContent-Length: ${Buffer.byteLength(xml)}\r\n` +
      `Connection: close\r\n\r\n${xml}`,
  );
}

function isTlsError(code: string | undefined): boolean {
  return code !== undefined && (code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_'));
}

function failureOf(code: string | undefined): Failure {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Failure('RequestHeaderSectionTooLarge');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Failure('RequestTimeout');
    default:
      return new Failure('BadRequest', 'The request is not well-formed HTTP');
  }
}
