import { parsePolicyArn } from '../../commands/support/iam-scope.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnHolder, type HolderName, type IamCaller, kindWord, scopeOf } from './iam-scope.ts';

/** Attaches a managed policy to a user, group or role. Throws AccessDenied, LimitExceeded, NoSuchEntity, ValidationError. */
export async function attachPolicy(
  context: ServiceContext,
  caller: IamCaller,
  holder: HolderName,
  arn: string,
): Promise<void> {
  const policy = parsePolicyArn(arn);
  const action = `iam:Attach${kindWord(holder.kind)}Policy`;
  await authorizeOnHolder(context, caller, action, holder, { 'iam:PolicyARN': arn });
  await context.engine.submit('attach-policy', { scope: scopeOf(caller), holder, policy });
  announcePolicies(context);
}
