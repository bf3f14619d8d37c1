import { checkIamName, checkPolicyText, MAX_INLINE_POLICIES } from '../../domain/iam-rules.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnHolder, type HolderName, type IamCaller, kindWord, scopeOf } from './iam-scope.ts';

/** An inline policy as it comes in. */
export interface InlinePolicyText {
  readonly policyName: string;
  readonly document: string;
}

/** Puts an inline policy on a user, group or role. Throws AccessDenied, LimitExceeded, MalformedPolicyDocument, NoSuchEntity, ValidationError. */
export async function putInlinePolicy(
  context: ServiceContext,
  caller: IamCaller,
  holder: HolderName,
  { policyName, document }: InlinePolicyText,
): Promise<void> {
  await authorizeOnHolder(context, caller, `iam:Put${kindWord(holder.kind)}Policy`, holder);
  await context.engine.submit('put-inline-policy', {
    scope: scopeOf(caller),
    holder,
    policyName: checkIamName(policyName, 'policyName', 128),
    document: checkPolicyText(document, 'identity', MAX_INLINE_POLICIES[holder.kind]),
  });
  announcePolicies(context);
}
