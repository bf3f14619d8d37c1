import { requirePolicy } from '../../commands/support/iam-scope.ts';
import { findPolicyVersion, type PolicyVersionRow } from '../../db/tables/managed-policy.ts';
import { Failure } from '../../domain/failure.ts';
import { checkPolicyText, MAX_MANAGED_POLICY } from '../../domain/iam-rules.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnPolicy, type IamCaller, scopeOf } from './iam-scope.ts';

export interface CreatePolicyVersionRequest {
  readonly arn: string;
  readonly document: string;
  readonly setAsDefault: boolean;
}

/** Adds a version to a managed policy. Throws AccessDenied, LimitExceeded, MalformedPolicyDocument, NoSuchEntity, ValidationError. */
export async function createPolicyVersion(
  context: ServiceContext,
  caller: IamCaller,
  request: CreatePolicyVersionRequest,
): Promise<PolicyVersionRow> {
  const scope = scopeOf(caller);
  const policy = await authorizeOnPolicy(context, caller, 'iam:CreatePolicyVersion', request.arn);
  const version = await context.engine.submit('create-policy-version', {
    scope,
    policy,
    document: checkPolicyText(request.document, 'identity', MAX_MANAGED_POLICY),
    setAsDefault: request.setAsDefault,
    nowMs: context.now(),
  });
  announcePolicies(context);
  const row = await context.catalogue.read(async (tx) =>
    findPolicyVersion(tx, (await requirePolicy(tx, scope, policy)).id, version),
  );
  if (row === undefined) throw new Failure('NoSuchEntity');
  return row;
}
