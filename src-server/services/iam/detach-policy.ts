import { parsePolicyArn } from '../../commands/support/iam-scope.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnHolder, type HolderName, type IamCaller, kindWord, scopeOf } from './iam-scope.ts';

/** Detaches a managed policy from a user, group or role. Throws AccessDenied, NoSuchEntity, ValidationError. */
export async function detachPolicy(
  context: ServiceContext,
  caller: IamCaller,
  holder: HolderName,
  arn: string,
): Promise<void> {
  const policy = parsePolicyArn(arn);
  const action = `iam:Detach${kindWord(holder.kind)}Policy`;
  await authorizeOnHolder(context, caller, action, holder, { 'iam:PolicyARN': arn });
  await context.engine.submit('detach-policy', { scope: scopeOf(caller), holder, policy });
  announcePolicies(context);
}
