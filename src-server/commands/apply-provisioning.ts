import { findClaimingAdmin } from '../db/tables/iam-user.ts';
import { deleteSetting, findSetting, putSetting } from '../db/tables/setting.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs } from '../domain/ids.ts';
import { SETUP_TOKEN_SETTING } from './put-setup-token.ts';
import { type ProvisionedBucket, provisionBucket } from './support/provision-bucket.ts';
import { type ProvisionedTenant, provisionTenant } from './support/provision-tenant.ts';
import { type ProvisionedUser, provisionUser } from './support/provision-user.ts';

export interface ApplyProvisioningInput {
  readonly tenants: readonly ProvisionedTenant[];
  readonly users: readonly ProvisionedUser[];
  readonly buckets: readonly ProvisionedBucket[];
  /** Leaves of the settings, by dotted name, as JSON text. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  readonly nowMs: EpochMs;
}

/**
 * Brings the catalogue to what a provisioning file says, all of it or nothing: present fields overwrite, absent ones stay,
 * nothing is deleted. Writes only what differs, so a second run changes nothing. An admin with a password claims the
 * install, so the setup token goes.
 *
 * Throws InvalidRequest with the JSON path in `detail.fields.Path` where the file contradicts the catalogue or itself.
 */
export async function applyProvisioning(tx: WriteTx, input: ApplyProvisioningInput): Promise<void> {
  for (const [index, tenant] of input.tenants.entries()) {
    await provisionTenant(tx, tenant, `tenants[${index}]`, input.nowMs);
  }
  for (const [index, user] of input.users.entries()) await provisionUser(tx, user, `users[${index}]`, input.nowMs);
  for (const [index, bucket] of input.buckets.entries()) {
    await provisionBucket(tx, bucket, `buckets[${index}]`, input.nowMs);
  }
  for (const { name, value } of input.settings) {
    if ((await findSetting(tx, name)) !== value) await putSetting(tx, name, value);
  }
  if ((await findClaimingAdmin(tx)) !== undefined && (await findSetting(tx, SETUP_TOKEN_SETTING)) !== undefined) {
    await deleteSetting(tx, SETUP_TOKEN_SETTING);
  }
}
