import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnHolder, type IamCaller, scopeOf } from './iam-scope.ts';

/** Removes a role of the caller's account; its sessions end with it. Throws AccessDenied, DeleteConflict, NoSuchEntity. */
export async function deleteRole(context: ServiceContext, caller: IamCaller, name: string): Promise<void> {
  await authorizeOnHolder(context, caller, 'iam:DeleteRole', { kind: 'role', name });
  await context.engine.submit('delete-iam-role', { scope: scopeOf(caller), name });
  announcePolicies(context);
}
