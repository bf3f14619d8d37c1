import { type ListedKeyRow, listKeys } from '../../db/tables/access-key-use.ts';
import { findPerson as findRow, listOwnedBuckets, type PersonRow } from '../../db/tables/person.ts';
import { listSessionsOf, type SessionRow } from '../../db/tables/session.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import { mayManage } from '../../domain/people-rules.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { endOfSession } from '../sessions/session-rules.ts';

const MAX_BUCKETS = 100;

/** A user with what hangs on them. */
export interface PersonDetails {
  readonly person: PersonRow;
  readonly keys: readonly ListedKeyRow[];
  readonly sessions: readonly SessionRow[];
  /** The first hundred. */
  readonly bucketNames: readonly BucketName[];
}

/** Somebody whom the caller manages. Throws NoSuchEntity for everybody else, absent or not. */
export async function findPerson(context: ServiceContext, caller: UserIdentity, name: string): Promise<PersonDetails> {
  const nowMs = context.now();
  const found = await context.catalogue.read(async (tx) => {
    const person = await findRow(tx, name);
    if (person === undefined || !mayManage(rankOfCaller(caller), { ...person, tenantId: person.tenant_id }))
      return undefined;
    return {
      person,
      keys: await listKeys(tx, { kind: 'user', userId: person.id }),
      sessions: (await listSessionsOf(tx, person.id)).filter((row) => nowMs < endOfSession(row)),
      bucketNames: await listOwnedBuckets(tx, person.id, MAX_BUCKETS),
    };
  });
  if (found === undefined) throw new Failure('NoSuchEntity', 'there is no user of this name');
  return found;
}

function rankOfCaller({ userId, role, tenantId }: UserIdentity): Parameters<typeof mayManage>[0] {
  // The id of a tenant's row.
  return { id: userId, role, tenantId: tenantId as Parameters<typeof mayManage>[0]['tenantId'] };
}
