import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnPolicy, type IamCaller, scopeOf } from './iam-scope.ts';

/** Removes a managed policy. Throws AccessDenied, DeleteConflict, NoSuchEntity, ValidationError. */
export async function deletePolicy(context: ServiceContext, caller: IamCaller, arn: string): Promise<void> {
  const policy = await authorizeOnPolicy(context, caller, 'iam:DeletePolicy', arn);
  await context.engine.submit('delete-managed-policy', { scope: scopeOf(caller), policy });
  announcePolicies(context);
}
