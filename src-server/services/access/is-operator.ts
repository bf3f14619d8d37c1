import type { UserIdentity } from '../identity.ts';

/** Does the whole appliance concern this user: root, or an admin whose rule does not end at a tenant? */
export function isOperator({ role, tenantId }: Pick<UserIdentity, 'role' | 'tenantId'>): boolean {
  return role === 'root' || (role === 'admin' && tenantId === null);
}
