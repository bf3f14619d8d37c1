import type { S3Metrics } from '../observability/s3-metrics.ts';
import type { ServiceContext } from '../services/context.ts';
import { noteKeyUse } from '../services/keys/note-key-use.ts';
import type { Exchange } from './http/exchange.ts';
import type { RequestRecord } from './pipeline.ts';

/**
 * Counts and logs one finished request, and notes the use of the key that signed it. The line is built from parsed facts, never from the raw target or headers, so no
 * signature, token or query credential can be in it. Failures of ours are warnings, the rest is for those who ask for `debug`.
 */
export function recordRequest(
  context: ServiceContext,
  metrics: S3Metrics | undefined,
  exchange: Exchange,
  record: RequestRecord,
): void {
  const durationMs = performance.now() - exchange.startedMs;
  const { bytesIn } = exchange;
  const action = record.row?.action ?? 'none';
  metrics?.record({
    action,
    status: record.status,
    errorCode: record.errorCode,
    durationMs,
    bytesIn,
    bytesOut: record.bytesOut,
  });
  const { target, identity } = record;
  if (identity?.kind === 'user' && identity.accessKeyId !== null) {
    const client = exchange.headers.get('user-agent') ?? '';
    noteKeyUse(context, { accessKeyId: identity.accessKeyId, address: shownAddress(exchange), client });
  }
  const line = {
    requestId: exchange.id,
    action,
    method: exchange.method,
    bucket: target === undefined || target.scope === 'service' ? undefined : target.bucket,
    // Not `key`: the redactor takes what is called so for a secret.
    objectKey: target?.scope === 'object' ? target.key : undefined,
    status: record.status,
    errorCode: record.errorCode,
    durationMs: Math.round(durationMs * 100) / 100,
    bytesIn,
    bytesOut: record.bytesOut,
    remote: exchange.remoteAddress,
    user: identity?.kind === 'user' ? identity.name : identity?.kind,
    userAgent: exchange.headers.get('user-agent'),
  };
  if (record.status >= 500) context.log.warn(line, 's3 request');
  else context.log.debug(line, 's3 request');
}

/** As the console shows addresses: an IPv4 client of a socket for both families is one of IPv4. */
function shownAddress({ remoteAddress = '' }: Exchange): string {
  return remoteAddress.toLowerCase().replace(/^::ffff:/, '');
}
