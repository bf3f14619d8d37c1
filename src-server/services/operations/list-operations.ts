import { findOperation, listOperations as listRows, type OperationRow } from '../../db/tables/operation.ts';
import { Failure } from '../../domain/failure.ts';
import type { OperationId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { type OperationView, viewOperation } from './operation-view.ts';

/** Those who look after the whole install see everybody's; everybody else their own. */
function seesAll({ role, tenantId }: UserIdentity): boolean {
  return role === 'root' || (role === 'admin' && tenantId === null);
}

/** A page of operations that this user may see, the newest first, before (not with) an id. */
export async function listOperations(
  context: ServiceContext,
  identity: UserIdentity,
  page: { readonly before: number; readonly limit: number },
): Promise<OperationView[]> {
  const times = { nowMs: context.now(), keepDays: context.config.binKeepDays };
  return context.catalogue.read(async (tx) => {
    const userId = seesAll(identity) ? undefined : identity.userId;
    const views: OperationView[] = [];
    for (const row of await listRows(tx, userId, page.before, page.limit)) {
      views.push(await viewOperation(tx, row, times));
    }
    return views;
  });
}

/** One operation, or undefined where there is none that this user may see. */
export async function findOperationView(
  context: ServiceContext,
  identity: UserIdentity,
  id: OperationId,
): Promise<OperationView | undefined> {
  const times = { nowMs: context.now(), keepDays: context.config.binKeepDays };
  return context.catalogue.read(async (tx) => {
    const row = await findOperation(tx, id);
    return row === undefined || !maySee(identity, row) ? undefined : viewOperation(tx, row, times);
  });
}

function maySee(identity: UserIdentity, row: OperationRow): boolean {
  return seesAll(identity) || row.user_id === identity.userId;
}

/** Stops an operation where it stands; what is done stays, and can be undone. Throws OperationAborted where it has ended. */
export async function cancelOperation(context: ServiceContext, id: OperationId): Promise<void> {
  const input = { operationId: id, state: 'cancelled' as const, problems: [], nowMs: context.now() };
  if (!(await context.engine.submit('finish-operation', input))) throw new Failure('OperationAborted');
}
