import type { KeySummary } from '../contract/keys.ts';
import type { EpochMs } from '../domain/ids.ts';
import { type ListedKeyRow, readSourceIps } from '../services/keys/list-keys.ts';

/** A key as lists show it. */
export function presentKey(row: ListedKeyRow, nowMs: EpochMs): KeySummary {
  const isExpired = row.expires_ms !== null && row.expires_ms <= nowMs;
  return {
    accessKeyId: row.id,
    userName: row.user_name,
    label: row.label,
    state: row.state === 'active' && isExpired ? 'expired' : row.state,
    createdAtMs: row.created_ms,
    expiresAtMs: row.expires_ms,
    policy: row.policy,
    sourceIps: readSourceIps(row.source_ips),
    lastUse: row.used_ms === null ? null : { atMs: row.used_ms, address: row.address ?? '', client: row.client ?? '' },
  };
}
