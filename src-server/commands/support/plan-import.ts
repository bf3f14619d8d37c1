import { countAccessKeys, findAccessKey } from '../../db/tables/access-key.ts';
import { findBucket } from '../../db/tables/bucket.ts';
import { findRootUser, findUserById, findUserByName, type IamUserRow } from '../../db/tables/iam-user.ts';
import { findSetting } from '../../db/tables/setting.ts';
import type { ReadTx } from '../../db/tx.ts';
import { type ImportItem, importItem } from '../../domain/import-item.ts';
import { MAX_KEYS_PER_USER } from '../../domain/people-rules.ts';
import type { AccessBundle } from './access-bundle.ts';
import { type AccessPlan, type KnownHolders, planAccess } from './plan-import-access.ts';
import { type ImportedUser, planTenant, planUser } from './plan-import-people.ts';
import { changedFields, type ProvisionedBucket } from './provision-bucket.ts';
import type { ProvisionedTenant } from './provision-tenant.ts';
import { haveChanged, type ProvisionedUser } from './provision-user.ts';

/** A configuration file, secrets sealed for this install. */
export interface ImportContent {
  readonly tenants: readonly ProvisionedTenant[];
  readonly users: readonly ImportedUser[];
  readonly access: AccessBundle;
  readonly buckets: readonly (ProvisionedBucket & { readonly owner: string })[];
  /** By the name of the row, as JSON text. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}

/** One line, and what it is about for whoever applies it. */
export interface Planned<T> {
  readonly item: ImportItem;
  readonly wanted: T;
}

/** What an import would do, in the order in which it does it. */
export interface ImportPlan {
  readonly tenants: readonly Planned<ProvisionedTenant>[];
  readonly users: readonly (Planned<ImportedUser> & { readonly keys: readonly Planned<ProvisionedKey>[] })[];
  readonly access: AccessPlan;
  readonly buckets: readonly Planned<ImportContent['buckets'][number]>[];
  readonly settings: readonly Planned<ImportContent['settings'][number]>[];
}

type ProvisionedKey = ProvisionedUser['accessKeys'][number];

/**
 * What an import would do to the catalogue as it stands: the rehearsal, and in the command itself what is then done. Nothing
 * is deleted; what belongs to somebody else is refused, and the rest goes on.
 */
export async function planImport(tx: ReadTx, content: ImportContent): Promise<ImportPlan> {
  const tenants: ImportPlan['tenants'][number][] = [];
  for (const wanted of content.tenants) tenants.push({ wanted, item: await planTenant(tx, wanted) });
  const lostTenants = new Set(refused(tenants).map(({ wanted }) => wanted.name));
  const users: ImportPlan['users'][number][] = [];
  for (const wanted of content.users) {
    const item = await planUser(tx, wanted, lostTenants);
    users.push({ wanted, item, keys: await planKeys(tx, wanted, item) });
  }
  const lostUsers = new Set(refused(users).map(({ wanted }) => wanted.name));
  const owners = { lost: lostUsers, known: new Set(content.users.map(({ name }) => name)) };
  const access = await planAccess(tx, content.access, await knownHolders(tx, content, { lostTenants, lostUsers }));
  const buckets: ImportPlan['buckets'][number][] = [];
  for (const wanted of content.buckets) buckets.push({ wanted, item: await planBucket(tx, wanted, owners) });
  const settings: ImportPlan['settings'][number][] = [];
  for (const wanted of content.settings) settings.push({ wanted, item: await planSetting(tx, wanted) });
  return { tenants, users, access, buckets, settings };
}

/** Whom policies, groups and roles of the file can belong to: who comes with it and is not refused, and, of neither, root. */
async function knownHolders(
  tx: ReadTx,
  { tenants, users }: ImportContent,
  { lostTenants, lostUsers }: { readonly lostTenants: ReadonlySet<string>; readonly lostUsers: ReadonlySet<string> },
): Promise<KnownHolders> {
  const root = (await findRootUser(tx))?.name;
  const kept = users.filter(({ name }) => !lostUsers.has(name));
  const names = new Set([...kept.map(({ name }) => name), ...(root === undefined ? [] : [root])]);
  const accounts = new Set([
    ...tenants.filter(({ name }) => !lostTenants.has(name)).map(({ name }) => `tenant:${name}`),
    ...kept.filter(({ tenant }) => tenant === undefined).map(({ name }) => `user:${name}`),
    ...(root === undefined ? [] : [`user:${root}`]),
  ]);
  return { has: (account) => accounts.has(account), hasUser: (name) => names.has(name) };
}

/** All lines of a plan. */
export function itemsOf({ tenants, users, access, buckets, settings }: ImportPlan): ImportItem[] {
  return [
    ...tenants.map(({ item }) => item),
    ...users.flatMap(({ item, keys }) => [item, ...keys.map((key) => key.item)]),
    ...[...access.policies, ...access.users, ...access.groups, ...access.roles].map(({ item }) => item),
    ...buckets.map(({ item }) => item),
    ...settings.map(({ item }) => item),
  ];
}

/** Is there anything to write? */
export function isWritten({ outcome }: ImportItem): boolean {
  return outcome === 'created' || outcome === 'changed';
}

function refused<T>(planned: readonly Planned<T>[]): readonly Planned<T>[] {
  return planned.filter(({ item }) => item.outcome === 'refused');
}

async function planKeys(tx: ReadTx, user: ImportedUser, about: ImportItem): Promise<Planned<ProvisionedKey>[]> {
  const holder = await findUserByName(tx, user.name);
  const planned: Planned<ProvisionedKey>[] = [];
  let keys = holder === undefined ? 0 : await countAccessKeys(tx, holder.id);
  for (const wanted of user.accessKeys) {
    const base = { kind: 'key', name: wanted.accessKeyId, detail: user.name } as const;
    const part = about.outcome === 'refused' ? REFUSED : await planKey(tx, wanted, holder, keys);
    if (part.outcome === 'created') keys += 1;
    planned.push({ wanted, item: importItem({ ...base, ...part }) });
  }
  return planned;
}

const REFUSED = { outcome: 'refused', refusal: 'depends' } as const;

async function planKey(
  tx: ReadTx,
  { accessKeyId, sealedSecret, terms }: ProvisionedKey,
  holder: IamUserRow | undefined,
  keysOfHolder: number,
): Promise<Pick<ImportItem, 'outcome'> & Partial<ImportItem>> {
  const stands = await findAccessKey(tx, accessKeyId);
  if (stands === undefined) {
    return keysOfHolder < MAX_KEYS_PER_USER ? { outcome: 'created' } : { outcome: 'refused', refusal: 'too-many-keys' };
  }
  if (stands.user_id !== holder?.id) return { outcome: 'refused', refusal: 'key-taken' };
  const fields = [
    ...(sealedSecret === undefined ? [] : ['secret']),
    ...(terms !== undefined && haveChanged(stands, terms) ? ['terms'] : []),
  ];
  return { outcome: fields.length === 0 ? 'same' : 'changed', fields };
}

async function planBucket(
  tx: ReadTx,
  wanted: ImportContent['buckets'][number],
  owners: { readonly lost: ReadonlySet<string>; readonly known: ReadonlySet<string> },
): Promise<ImportItem> {
  const base = { kind: 'bucket', name: wanted.name } as const;
  // Somebody else has the name here: the bucket is not theirs.
  if (owners.lost.has(wanted.owner)) {
    return importItem({ ...base, outcome: 'refused', refusal: 'depends', detail: wanted.owner });
  }
  const stands = await findBucket(tx, wanted.name);
  if (stands !== undefined) {
    const owner = await findUserById(tx, stands.ownerId);
    if (owner?.name !== wanted.owner) return importItem({ ...base, outcome: 'refused', refusal: 'other-owner' });
    const fields = changedFields(stands, wanted);
    return importItem({ ...base, outcome: fields.length === 0 ? 'same' : 'changed', fields });
  }
  const hasOwner = owners.known.has(wanted.owner) || (await findUserByName(tx, wanted.owner)) !== undefined;
  return hasOwner
    ? importItem({ ...base, outcome: 'created' })
    : importItem({ ...base, outcome: 'refused', refusal: 'no-owner', detail: wanted.owner });
}

async function planSetting(tx: ReadTx, { name, value }: ImportContent['settings'][number]): Promise<ImportItem> {
  const stands = await findSetting(tx, name);
  const base = { kind: 'setting', name } as const;
  if (stands === undefined) return importItem({ ...base, outcome: 'created' });
  return importItem({ ...base, outcome: stands === value ? 'same' : 'changed' });
}
