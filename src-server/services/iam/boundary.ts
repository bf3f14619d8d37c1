import { findPolicyArn, findPolicyIdByArn } from '../../db/tables/boundary-policy.ts';
import { Failure } from '../../domain/failure.ts';
import type { SequenceId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';

/** The managed policy of this ARN, of the caller's account or built in. Throws NoSuchEntity. */
export async function requireBoundary(context: ServiceContext, caller: UserIdentity, arn: string): Promise<SequenceId> {
  const id = await context.catalogue.read((tx) => findPolicyIdByArn(tx, caller.accountId, arn));
  if (id === undefined) throw new Failure('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`);
  return id;
}

/** The ARN of a boundary; undefined for none. */
export async function boundaryArnOf(context: ServiceContext, policyId: SequenceId | null): Promise<string | undefined> {
  return policyId === null ? undefined : context.catalogue.read((tx) => findPolicyArn(tx, policyId));
}
