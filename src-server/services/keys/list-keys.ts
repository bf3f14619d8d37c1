import { type KeyScope, type ListedKeyRow, listKeys as listRows } from '../../db/tables/access-key-use.ts';
import { Failure } from '../../domain/failure.ts';
import type { SequenceId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';

export type { ListedKeyRow } from '../../db/tables/access-key-use.ts';
export { readSourceIps } from './key-limits.ts';

/**
 * The caller's own keys, or those of everybody whom the caller may manage; the newest first, without secrets. Throws
 * AccessDenied for `everybody` where the caller manages nobody.
 */
export async function listKeys(
  context: ServiceContext,
  caller: UserIdentity,
  whose: 'own' | 'everybody',
): Promise<ListedKeyRow[]> {
  const scope = whose === 'own' ? ({ kind: 'user', userId: caller.userId } as const) : managedScope(caller);
  return context.catalogue.read((tx) => listRows(tx, scope));
}

function managedScope({ role, tenantId }: UserIdentity): KeyScope {
  if (role !== 'admin' && role !== 'root') throw new Failure('AccessDenied');
  // The id of a tenant's row.
  return tenantId === null ? { kind: 'all' } : { kind: 'tenant', tenantId: tenantId as SequenceId };
}
