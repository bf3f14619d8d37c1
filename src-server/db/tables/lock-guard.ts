import type { SqlValue } from '../tx.ts';

/** As `domain/lock.ts` has it: who removes, and when by the clock of locks. */
export interface SqlGuard {
  readonly lockNowMs: number;
  readonly bypassGovernance: boolean;
}

/**
 * The second line behind `removability`: part of every statement that deletes rows of `object_version`, so that a path that
 * forgot to ask deletes nothing that is locked. A test holds every such statement to it. Its two parameters are
 * `unlockedParameters`.
 */
export function unlocked(table: string): string {
  return `coalesce(${table}.legal_hold, 0) = 0
    AND ((${table}.retention_mode IS NULL AND ${table}.retain_until_ms IS NULL)
      OR (${table}.retention_mode IN ('GOVERNANCE', 'COMPLIANCE') AND ${table}.retain_until_ms <= ?)
      OR (${table}.retention_mode = 'GOVERNANCE' AND ${table}.retain_until_ms IS NOT NULL AND ? = 1))`;
}

export function unlockedParameters({ lockNowMs, bypassGovernance }: SqlGuard): readonly [SqlValue, SqlValue] {
  // A clock that says nothing unlocks nothing.
  return [BigInt(Number.isFinite(lockNowMs) ? lockNowMs : 0), bypassGovernance ? 1n : 0n];
}
