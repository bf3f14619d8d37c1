import { TLSSocket } from 'node:tls';
import type { EpochMs } from '../../domain/ids.ts';
import type { RequestEnvironment } from '../../services/identity.ts';
import type { Exchange } from '../http/exchange.ts';
import { SIGV4_ALGORITHM } from './sigv4.ts';

/**
 * How a request came, for conditions of policies. Read before anybody proved anything: what it says of the signature counts only once
 * the signature was found good.
 *
 * @param isForm the credentials are fields of the body
 */
export function environmentOf(
  exchange: Exchange,
  query: ReadonlyMap<string, string>,
  nowMs: EpochMs,
  isForm: boolean,
): RequestEnvironment {
  const { headers, socket } = exchange;
  const authorization = headers.get('authorization');
  const isQuery = authorization === undefined && (query.has('X-Amz-Signature') || query.has('Signature'));
  const isV4 = authorization?.startsWith(SIGV4_ALGORITHM) ?? query.has('X-Amz-Signature');
  const isSigned = authorization !== undefined || isQuery;
  const signedMs = isQuery ? parseAmzDate(query.get('X-Amz-Date')) : undefined;
  return {
    sourceAddress: exchange.remoteAddress,
    isSecure: exchange.isSecure,
    tlsVersion: (socket instanceof TLSSocket ? socket.getProtocol() : undefined) ?? undefined,
    userAgent: headers.get('user-agent'),
    referer: headers.get('referer'),
    authType: isForm ? 'POST' : isQuery ? 'REST-QUERY-STRING' : isSigned ? 'REST-HEADER' : undefined,
    signatureVersion: isSigned ? (isV4 ? 'AWS4-HMAC-SHA256' : 'AWS') : undefined,
    signatureAgeMs: signedMs === undefined ? undefined : Math.max(0, nowMs - signedMs),
    port: 's3',
    requestId: exchange.id,
  };
}

const AMZ_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

function parseAmzDate(text: string | undefined): number | undefined {
  const [, ...fields] = AMZ_DATE.exec(text ?? '') ?? [];
  if (fields.length === 0) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
