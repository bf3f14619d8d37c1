import type { SequenceId, UserId } from './ids.ts';

/** What decides who may manage whom. */
export interface Ranked {
  readonly id: UserId;
  readonly role: 'root' | 'admin' | 'user' | 'readonly' | 'none';
  readonly tenantId: SequenceId | null;
}

/**
 * May `actor` see and change `target`'s account and keys? An admin of the install: everybody's but root's, which is changed by
 * its host only. An admin of a tenant: its tenant's. Nobody else manages anybody.
 */
export function mayManage(actor: Ranked, target: Ranked): boolean {
  if (target.role === 'root') return false;
  if (actor.role === 'root') return true;
  if (actor.role !== 'admin') return false;
  return actor.tenantId === null || actor.tenantId === target.tenantId;
}

/** Of one user; more is a program that makes a key for every run. */
export const MAX_KEYS_PER_USER = 100;
