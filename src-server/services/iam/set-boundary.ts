import { parsePolicyArn } from '../../commands/support/iam-scope.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnHolder, type IamCaller, kindWord, scopeOf } from './iam-scope.ts';

/**
 * Sets or (without an ARN) lifts the permissions boundary of a user or role. Throws AccessDenied, NoSuchEntity, ValidationError.
 */
export async function setBoundary(
  context: ServiceContext,
  caller: IamCaller,
  holder: { readonly kind: 'user' | 'role'; readonly name: string },
  arn: string | undefined,
): Promise<void> {
  const policy = arn === undefined ? undefined : parsePolicyArn(arn);
  const action = `iam:${arn === undefined ? 'Delete' : 'Put'}${kindWord(holder.kind)}PermissionsBoundary`;
  await authorizeOnHolder(context, caller, action, holder, { 'iam:PermissionsBoundary': arn });
  await context.engine.submit('set-boundary', { scope: scopeOf(caller), holder, policy });
  announcePolicies(context);
}
