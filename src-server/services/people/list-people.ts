import { listPersons, listTenantNames, type PersonRow } from '../../db/tables/person.ts';
import type { SequenceId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';

export type { PersonRow } from '../../db/tables/person.ts';

/** Those whom an admin manages, by name, and the tenants that a new user can be put into. Who asks is known to be an admin. */
export async function listPeople(
  context: ServiceContext,
  caller: UserIdentity,
): Promise<{ readonly people: PersonRow[]; readonly tenants: string[] }> {
  // The id of a tenant's row.
  const tenantId = caller.tenantId as SequenceId | null;
  return context.catalogue.read(async (tx) => ({
    people: await listPersons(tx, tenantId),
    tenants: tenantId === null ? await listTenantNames(tx) : [],
  }));
}
