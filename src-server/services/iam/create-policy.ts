import { randomBytes } from 'node:crypto';
import { requirePolicy } from '../../commands/support/iam-scope.ts';
import type { CountedPolicyRow } from '../../db/tables/managed-policy.ts';
import { policyArn, uniqueIdFrom } from '../../domain/arn-names.ts';
import {
  checkIamName,
  checkIamPath,
  checkPolicyText,
  type IamTags,
  MAX_MANAGED_POLICY,
} from '../../domain/iam-rules.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeIam, type IamCaller, scopeOf } from './iam-scope.ts';

const UNIQUE_ID_BYTES = 17;

export interface CreatePolicyRequest {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly document: string;
  readonly tags: IamTags;
}

/**
 * Makes a managed policy in the caller's account. Throws AccessDenied, EntityAlreadyExists, LimitExceeded, MalformedPolicyDocument,
 * ValidationError.
 */
export async function createPolicy(
  context: ServiceContext,
  caller: IamCaller,
  request: CreatePolicyRequest,
): Promise<CountedPolicyRow> {
  const { accountId } = caller;
  const name = checkIamName(request.name, 'policyName', 128);
  const path = checkIamPath(request.path);
  await authorizeIam(context, caller, 'iam:CreatePolicy', policyArn(accountId, path, name));
  await context.engine.submit('create-managed-policy', {
    accountId,
    name,
    path,
    uniqueId: uniqueIdFrom('ANPA', randomBytes(UNIQUE_ID_BYTES)),
    description: request.description,
    document: checkPolicyText(request.document, 'identity', MAX_MANAGED_POLICY),
    tags: request.tags,
    nowMs: context.now(),
  });
  announcePolicies(context);
  return context.catalogue.read((tx) => requirePolicy(tx, scopeOf(caller), { accountId, path, name }));
}
