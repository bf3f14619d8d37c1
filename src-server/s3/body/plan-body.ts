import { Failure } from '../../domain/failure.ts';
import type { PayloadKind } from '../auth/payload-kind.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { AnyOperationRow } from '../operation-table/row.ts';
import { AwsChunkedDecoder } from './aws-chunked.ts';
import { type BodyDecoder, PLAIN_BODY } from './body-decoder.ts';
import { ChunkSignatures } from './chunk-signatures.ts';
import { readBodyClaims } from './claims.ts';
import { MAX_FORM_HEAD_BYTES } from './form-fields.ts';
import { FormFileDecoder, type LengthRange } from './form-file.ts';
import { DecodedBody, tooLarge } from './read-body.ts';
import type { RequestBody } from './request-body.ts';
import type { SocketSource } from './socket-source.ts';

/**
 * Checks everything about a body that its headers tell (lengths, limits, claimed digests), before a byte of it is read or
 * asked for, and answers the body to read. Throws MissingContentLength, EntityTooLarge, MaxMessageLengthExceeded,
 * InvalidDigest, InvalidRequest, NotImplemented.
 */
export function planBody(
  headers: RequestHeaders,
  row: AnyOperationRow,
  payload: PayloadKind,
  source: SocketSource,
): RequestBody {
  const claims = readBodyClaims(headers, row);
  const isChunked = payload.kind === 'unsigned-chunks' || payload.kind === 'signed-chunks';
  const wireBytes = contentLength(headers);
  const decodedBytes = isChunked ? decodedContentLength(headers) : wireBytes;
  if (!isChunked) refuseChunksUnsaid(headers, wireBytes);
  if (row.body === 'object' && wireBytes === undefined && !headers.has('transfer-encoding')) {
    throw new Failure('MissingContentLength');
  }
  checkLimit(row, decodedBytes);
  return new DecodedBody({
    source,
    decoder: isChunked ? chunkDecoder(payload, decodedBytes ?? 0) : PLAIN_BODY,
    claims,
    contentSha256: payload.kind === 'signed' ? payload.sha256 : undefined,
    sizeBytes: decodedBytes ?? (headers.has('transfer-encoding') ? undefined : 0),
    limitBytes: row.bodyLimitBytes,
  });
}

/**
 * The body of a form's file, whose length nobody announced. Throws InvalidDigest, InvalidRequest, NotImplemented.
 *
 * @param headers what the form's fields stand for
 */
export function planFormFile(
  headers: RequestHeaders,
  row: AnyOperationRow,
  boundary: string,
  range: LengthRange,
  source: SocketSource,
): RequestBody {
  const limitBytes = row.bodyLimitBytes;
  return new DecodedBody({
    source,
    decoder: new FormFileDecoder(boundary, { min: range.min, max: Math.min(range.max, limitBytes) }),
    claims: readBodyClaims(headers, row),
    contentSha256: undefined,
    sizeBytes: undefined,
    limitBytes: limitBytes + MAX_FORM_HEAD_BYTES,
  });
}

function chunkDecoder(
  payload: Extract<PayloadKind, { kind: 'unsigned-chunks' | 'signed-chunks' }>,
  decodedBytes: number,
): BodyDecoder {
  if (payload.kind === 'unsigned-chunks') {
    return new AwsChunkedDecoder({ decodedBytes, signatures: undefined, trailer: true });
  }
  return new AwsChunkedDecoder({
    decodedBytes,
    signatures: new ChunkSignatures(payload.signing),
    trailer: payload.trailer,
  });
}

/** node:http has refused a Content-Length that is no number or stands beside Transfer-Encoding. */
function contentLength(headers: RequestHeaders): number | undefined {
  const text = headers.get('content-length');
  return text === undefined ? undefined : Number(text);
}

function decodedContentLength(headers: RequestHeaders): number {
  const text = headers.get('x-amz-decoded-content-length');
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new Failure('MissingContentLength');
  return Number(text);
}

/**
 * A body in chunks that `x-amz-content-sha256` does not call one would be stored with its framing. The length that it is said
 * to have without it tells the two apart.
 */
function refuseChunksUnsaid(headers: RequestHeaders, wireBytes: number | undefined): void {
  const decoded = headers.get('x-amz-decoded-content-length');
  if (decoded === undefined || wireBytes === undefined || decoded === String(wireBytes)) return;
  throw new Failure(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header',
  );
}

function checkLimit(row: AnyOperationRow, sizeBytes: number | undefined): void {
  if (sizeBytes === undefined || sizeBytes <= row.bodyLimitBytes) return;
  switch (row.body) {
    case 'object':
    case 'form':
      throw tooLarge(row.bodyLimitBytes, sizeBytes);
    case 'xml':
      throw new Failure('MaxMessageLengthExceeded');
    case 'none':
      // What nobody reads has no limit but the bounded drain after the answer.
      return;
  }
}
