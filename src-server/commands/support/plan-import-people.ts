import {
  findLoneUserByAccount,
  findUserByCanonicalId,
  findUserByName,
  type IamUserRow,
} from '../../db/tables/iam-user.ts';
import { findTenantByAccount, findTenantById, findTenantByName } from '../../db/tables/tenant.ts';
import type { ReadTx } from '../../db/tx.ts';
import { type ImportItem, importItem } from '../../domain/import-item.ts';
import { changedTerms, type ProvisionedTenant, termsDiffer } from './provision-tenant.ts';
import { changedRow, type ProvisionedUser } from './provision-user.ts';

/** A user of a configuration file. Every name that is used stands in the file or in the catalogue. */
export interface ImportedUser extends ProvisionedUser {
  /** In clear it never gets this far. `isSame`: it stands already. */
  readonly secondFactor: { readonly sealedSecret: Uint8Array; readonly isSame: boolean } | undefined;
}

/** What an import does with a tenant; refused where another account has its id. */
export async function planTenant(tx: ReadTx, wanted: ProvisionedTenant): Promise<ImportItem> {
  const base = { kind: 'tenant', name: wanted.name } as const;
  const stands = await findTenantByName(tx, wanted.name);
  const isSameId = stands !== undefined && stands.account_id === wanted.accountId;
  if (!isSameId && wanted.accountId !== undefined && (await isAccountTaken(tx, wanted.accountId, undefined))) {
    return importItem({ ...base, outcome: 'refused', refusal: 'id-taken' });
  }
  if (stands === undefined) return importItem({ ...base, outcome: 'created' });
  const fields = [
    ...(isSameId ? [] : ['accountId']),
    ...(termsDiffer(stands, changedTerms(stands, wanted)) ? ['limits'] : []),
  ];
  return importItem({ ...base, outcome: fields.length === 0 ? 'same' : 'changed', fields });
}

/** What an import does with a user, without their keys. */
export async function planUser(
  tx: ReadTx,
  wanted: ImportedUser,
  lostTenants: ReadonlySet<string>,
): Promise<ImportItem> {
  const base = { kind: 'person', name: wanted.name } as const;
  if (wanted.tenant !== undefined && lostTenants.has(wanted.tenant)) {
    return importItem({ ...base, outcome: 'refused', refusal: 'depends', detail: wanted.tenant });
  }
  const stands = await findUserByName(tx, wanted.name);
  if (stands !== undefined && (await tenantNameOf(tx, stands)) !== wanted.tenant) {
    return importItem({ ...base, outcome: 'refused', refusal: 'other-tenant' });
  }
  if (await hasForeignId(tx, wanted)) return importItem({ ...base, outcome: 'refused', refusal: 'id-taken' });
  if (stands === undefined) return importItem({ ...base, outcome: 'created' });
  const fields = userFields(stands, wanted);
  return importItem({ ...base, outcome: fields.length === 0 ? 'same' : 'changed', fields });
}

async function tenantNameOf(tx: ReadTx, { tenant_id }: IamUserRow): Promise<string | undefined> {
  return tenant_id === null ? undefined : (await findTenantById(tx, tenant_id))?.name;
}

async function hasForeignId(tx: ReadTx, { name, canonicalId, accountId }: ImportedUser): Promise<boolean> {
  if (canonicalId !== undefined) {
    const holder = await findUserByCanonicalId(tx, canonicalId);
    if (holder !== undefined && holder.name !== name) return true;
  }
  return accountId !== undefined && (await isAccountTaken(tx, accountId, name));
}

/** Does an account other than this user's own have the id: what is in one account is seen by all of it. */
async function isAccountTaken(tx: ReadTx, accountId: string, userName: string | undefined): Promise<boolean> {
  if ((await findTenantByAccount(tx, accountId)) !== undefined) return true;
  const holder = await findLoneUserByAccount(tx, accountId);
  return holder !== undefined && holder.name !== userName;
}

const SHOWN_AS: Readonly<Partial<Record<keyof IamUserRow, string>>> = {
  account_id: 'ids',
  canonical_id: 'ids',
  role: 'role',
  email: 'email',
  display_name: 'displayName',
  password_hash: 'password',
  state: 'state',
};

function userFields(stands: IamUserRow, wanted: ImportedUser): string[] {
  // The tenant is the same by now.
  const changed = changedRow(stands, wanted, undefined);
  const fields = (Object.keys(SHOWN_AS) as (keyof IamUserRow)[])
    .filter((column) => stands[column] !== changed[column])
    .flatMap((column) => SHOWN_AS[column] ?? []);
  if (wanted.secondFactor !== undefined && !wanted.secondFactor.isSame) fields.push('secondFactor');
  return [...new Set(fields)];
}
