import * as z from 'zod';
import type { AuditEntryView } from '../contract/audit.ts';
import type { AuditRecordRow } from '../db/tables/audit-record.ts';
import type { DeniedRecord } from '../observability/denied-chain.ts';

/** A change as the contract shows it. */
export function presentChange(row: AuditRecordRow): AuditEntryView {
  return {
    id: row.seq,
    outcome: 'changed',
    atMs: row.at_ms,
    who: row.actor_name,
    arn: row.actor_arn,
    accessKeyId: row.access_key_id,
    action: row.action,
    resource: row.resource,
    port: row.port,
    address: row.source_address,
    requestId: row.request_id,
    code: null,
    count: 1,
    reason: reasonText(row.reason),
    details: detailsOf(row.details),
  };
}

/** A refused request as the contract shows it. */
export function presentDenied(record: DeniedRecord): AuditEntryView {
  const { seq, atMs, who, arn, accessKeyId, action, resource, port, sourceAddress, requestId, code, count } = record;
  return {
    id: seq,
    outcome: 'denied',
    atMs,
    who,
    arn,
    accessKeyId,
    action,
    resource,
    port,
    address: sourceAddress,
    requestId,
    code,
    count,
    reason: reasonText(record.reason),
    details: {},
  };
}

const reasonSchema = z.object({
  kind: z.string(),
  origin: z.object({ kind: z.string(), name: z.string() }).optional(),
  sid: z.string().optional(),
  index: z.int().optional(),
});

/** `bucket office, statement AllowAll`: what decided, in a line. */
function reasonText(reason: string | null): string | null {
  if (reason === null) return null;
  const read = reasonSchema.safeParse(JSON.parse(reason));
  if (!read.success) return null;
  const { kind, origin, sid, index } = read.data;
  if (origin === undefined) return kind;
  const statement = index === undefined ? '' : `, statement ${sid ?? index + 1}`;
  return `${kind === 'statement' ? '' : `${kind}: `}${origin.kind} ${origin.name}${statement}`;
}

function detailsOf(text: string): Record<string, string> {
  const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
  const fields = Object.entries(read.data ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
