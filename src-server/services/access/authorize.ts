import { s3Arn } from '../../domain/arn-names.ts';
import type { ServiceContext } from '../context.ts';
import { noteReason } from './acting.ts';
import { type AccessQuestion, decideAccess } from './decide-access.ts';
import { Denied } from './denied.ts';

export type { AccessQuestion } from './decide-access.ts';

/**
 * The one decision about access, of every port and job (DESIGN §6). Everything that is not allowed is denied: unknown actions, a bucket
 * action without a bucket, what a policy says that we cannot read.
 *
 * Throws AccessDenied; NoSuchBucket for an absent bucket.
 */
export async function authorize(context: ServiceContext, question: AccessQuestion): Promise<void> {
  const decision = await decideAccess(context, question);
  if (decision.effect !== 'Allow') throw new Denied(question.iamAction, resourceOf(question), decision);
  noteReason(question.identity, decision.reason);
}

function resourceOf({ resource, bucket, key }: AccessQuestion): string {
  return resource ?? (bucket === undefined ? '*' : s3Arn(bucket, key));
}
