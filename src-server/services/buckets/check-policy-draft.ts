import { isFailure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { PolicyDocument } from '../../domain/policy/policy-document.ts';
import { isPublicPolicy } from '../../domain/policy/public-policy.ts';
import { authorize } from '../access/authorize.ts';
import { decideUnderPolicy } from '../access/decide-access.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { checkBucketPolicy } from './check-bucket-policy.ts';
import { requireBucket } from './require-bucket.ts';

/** What putting a policy would come to; `public` and `fine` would be taken. */
export type PolicyDraftVerdict =
  | { readonly verdict: 'fine' | 'public' | 'blocked' | 'locks-out' }
  | { readonly verdict: 'malformed'; readonly problem: string };

/**
 * Judges the text of a bucket policy by the rules of PutBucketPolicy, before it is put. Throws AccessDenied for who may not put
 * one, NoSuchBucket.
 */
export async function checkPolicyDraft(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  policy: string,
): Promise<PolicyDraftVerdict> {
  const question = { identity, iamAction: 's3:PutBucketPolicy', bucket: name };
  await authorize(context, question);
  const bucket = await requireBucket(context, name);
  let document: PolicyDocument;
  try {
    document = checkBucketPolicy(policy, name);
  } catch (error) {
    if (isFailure(error, 'MalformedPolicy')) return { verdict: 'malformed', problem: error.message };
    throw error;
  }
  const isPublic = isPublicPolicy(document);
  if (isPublic && bucket.publicAccessBlock?.blockPublicPolicy === true) return { verdict: 'blocked' };
  const after = await decideUnderPolicy(context, question, bucket, policy);
  if (after.effect !== 'Allow') return { verdict: 'locks-out' };
  return { verdict: isPublic ? 'public' : 'fine' };
}
