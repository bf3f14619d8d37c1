import { findGroupByName, insertGroup, listGroups } from '../db/tables/iam-group.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { MAX_GROUPS } from '../domain/iam-visibility.ts';
import type { EpochMs } from '../domain/ids.ts';
import { type IamActor, requireIamActor } from './support/iam-actor.ts';

export interface CreateGroupInput {
  readonly actor: IamActor;
  readonly name: string;
  readonly path: string;
  readonly uniqueId: string;
  readonly nowMs: EpochMs;
}

/** Adds a group to the actor's account. Throws AccessDenied, EntityAlreadyExists, LimitExceeded. */
export async function createGroup(
  tx: WriteTx,
  { actor, name, path, uniqueId, nowMs }: CreateGroupInput,
): Promise<void> {
  const { accountId } = await requireIamActor(tx, actor);
  if ((await findGroupByName(tx, accountId, name)) !== undefined) throw groupExists(name);
  if ((await listGroups(tx, accountId, '/')).length >= MAX_GROUPS) {
    throw new Failure('LimitExceeded', `Cannot exceed quota for Groups: ${MAX_GROUPS}`);
  }
  const row = { id: tx.nextId(), account_id: accountId, name, path, unique_id: uniqueId, created_ms: nowMs };
  await insertGroup(tx, row);
}

export function groupExists(name: string): Failure {
  return new Failure('EntityAlreadyExists', `Group with name ${name} already exists.`);
}
