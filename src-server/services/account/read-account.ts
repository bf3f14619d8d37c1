import { findPerson, type PersonRow } from '../../db/tables/person.ts';
import { countRecoveryCodes } from '../../db/tables/second-factor.ts';
import { Failure } from '../../domain/failure.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';

/** One's own account. Throws AccessDenied where it is gone. */
export async function readAccount(
  context: ServiceContext,
  caller: UserIdentity,
): Promise<{ readonly person: PersonRow; readonly recoveryCodesLeft: number }> {
  return context.catalogue.read(async (tx) => {
    const person = await findPerson(tx, caller.name);
    if (person === undefined) throw new Failure('AccessDenied');
    return { person, recoveryCodesLeft: await countRecoveryCodes(tx, person.id) };
  });
}
