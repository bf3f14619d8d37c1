import { parseProvisioning } from '../../src-server/config/provisioning.ts';
import type { BucketName } from '../../src-server/domain/ids.ts';
import { applyProvisioning } from '../../src-server/services/access/apply-provisioning.ts';
import { resolveAccessKey } from '../../src-server/services/access/resolve-access-key.ts';
import type { ServiceContext } from '../../src-server/services/context.ts';
import type { Identity, UserIdentity } from '../../src-server/services/identity.ts';

/** Applies a provisioning file given as a value. */
export async function provision(context: ServiceContext, file: unknown): Promise<void> {
  await applyProvisioning(context, parseProvisioning(JSON.stringify(file), 'provision.json'), 'provision.json');
}

/** Key and secret of a user that `provisionedUser` describes. */
export function keyOf(name: string): { accessKeyId: string; secretAccessKey: string } {
  return { accessKeyId: `KEY-${name}`, secretAccessKey: `secret-of-${name}` };
}

export function provisionedUser(name: string, role: 'admin' | 'user' | 'readonly', tenant?: string): object {
  return { name, role, ...(tenant === undefined ? {} : { tenant }), accessKeys: [keyOf(name)] };
}

/** Who a provisioned user is, as authentication would answer. */
export async function identityOf(context: ServiceContext, name: string): Promise<UserIdentity & Identity> {
  const resolved = await resolveAccessKey(context, keyOf(name).accessKeyId);
  if (resolved === undefined) throw new Error(`no key of ${name}`);
  // Tests mint identities without a signature.
  return resolved.identity as UserIdentity & Identity;
}

export function bucketName(name: string): BucketName {
  // Tests mint names that they know to be valid.
  return name as BucketName;
}
