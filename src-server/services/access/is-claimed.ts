import { findClaimingAdmin } from '../../db/tables/iam-user.ts';
import type { ServiceContext } from '../context.ts';

/** Was the first admin made (DESIGN §1, "First run")? */
export function isClaimed(context: ServiceContext): Promise<boolean> {
  return context.catalogue.read(async (tx) => (await findClaimingAdmin(tx)) !== undefined);
}
