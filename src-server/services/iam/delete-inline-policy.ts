import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnHolder, type HolderName, type IamCaller, kindWord, scopeOf } from './iam-scope.ts';

/** Takes an inline policy off a user, group or role. Throws AccessDenied, NoSuchEntity. */
export async function deleteInlinePolicy(
  context: ServiceContext,
  caller: IamCaller,
  holder: HolderName,
  policyName: string,
): Promise<void> {
  await authorizeOnHolder(context, caller, `iam:Delete${kindWord(holder.kind)}Policy`, holder);
  await context.engine.submit('delete-inline-policy', { scope: scopeOf(caller), holder, policyName });
  announcePolicies(context);
}
