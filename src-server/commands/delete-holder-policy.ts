import { deleteInlinePolicy } from '../db/tables/inline-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { NamedHolder } from './put-holder-policy.ts';
import { type IamActor, requireHolder, requireIamActor } from './support/iam-actor.ts';

export interface DeleteHolderPolicyInput {
  readonly actor: IamActor;
  readonly holder: NamedHolder;
  readonly policyName: string;
}

/** Removes an inline policy of a user or group. Throws AccessDenied, NoSuchEntity. */
export async function deleteHolderPolicy(tx: WriteTx, input: DeleteHolderPolicyInput): Promise<void> {
  const ref = await requireHolder(tx, await requireIamActor(tx, input.actor), input.holder);
  if ((await deleteInlinePolicy(tx, ref, input.policyName)) === 0) throw noSuchPolicy(input.holder, input.policyName);
}

export function noSuchPolicy({ kind, name }: NamedHolder, policyName: string): Failure {
  return new Failure('NoSuchEntity', `The ${kind} policy with name ${policyName} cannot be found for ${kind} ${name}.`);
}
