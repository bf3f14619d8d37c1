import { findClaimingAdmin, findUserByName } from '../db/tables/iam-user.ts';
import { deleteSecondFactor, insertSecondFactor } from '../db/tables/second-factor.ts';
import { deleteSetting, findSetting, listSettings, putSetting } from '../db/tables/setting.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { ImportItem } from '../domain/import-item.ts';
import { CONFIG_PREFIX } from './put-settings.ts';
import { SETUP_TOKEN_SETTING } from './put-setup-token.ts';
import { importAccount, importGroup, importPolicy, importRole, importUser } from './support/import-access.ts';
import { requireAdmin } from './support/people.ts';
import { type ImportContent, isWritten, itemsOf, planImport } from './support/plan-import.ts';
import type { AccessPlan } from './support/plan-import-access.ts';
import type { ImportedUser } from './support/plan-import-people.ts';
import { provisionBucket } from './support/provision-bucket.ts';
import { provisionTenant } from './support/provision-tenant.ts';
import { provisionUser } from './support/provision-user.ts';
import { type ChangeActor, recordChange } from './support/record-change.ts';

/** The field of the history that says that a file was taken in. */
export const IMPORTED = 'configuration.imported';

export interface ImportConfigurationInput {
  readonly content: ImportContent;
  /** The rows of stored settings with which those of the file were found good. */
  readonly seen: readonly { readonly name: string; readonly value: string }[];
  readonly by: ChangeActor;
  readonly nowMs: EpochMs;
}

/**
 * Brings the catalogue to what a configuration file says, by the rule of a provisioning file: what is there overwrites, what
 * is absent stays, nothing is deleted. What cannot stand beside what is here is left out; the answer says what was done with
 * each thing. A second time it changes nothing.
 *
 * Throws AccessDenied where the actor does not operate the install (any more); OperationAborted where settings were changed
 * meanwhile; DeleteConflict where nobody would be left who can sign in and manage the install.
 */
export async function importConfiguration(tx: WriteTx, input: ImportConfigurationInput): Promise<ImportItem[]> {
  const { content, by, nowMs } = input;
  await requireOperator(tx, by);
  await requireSeen(tx, input.seen);
  const plan = await planImport(tx, content);
  const wasClaimed = (await findClaimingAdmin(tx)) !== undefined;
  for (const { item, wanted } of plan.tenants) {
    if (isWritten(item)) await provisionTenant(tx, wanted, 'tenants', nowMs);
  }
  for (const { item, wanted, keys } of plan.users) {
    if (item.outcome === 'refused') continue;
    const accessKeys = keys.filter((key) => isWritten(key.item)).map((key) => key.wanted);
    await provisionUser(tx, { ...wanted, accessKeys }, 'users', nowMs, 'as-it-was');
    await putSecondFactor(tx, wanted, nowMs);
  }
  await importAccess(tx, plan.access, nowMs);
  for (const { item, wanted } of plan.buckets) {
    if (isWritten(item)) await provisionBucket(tx, wanted, 'buckets', nowMs, { by, limits: 'as-it-was' });
  }
  for (const { item, wanted } of plan.settings) {
    if (isWritten(item)) await putNoted(tx, wanted, input);
  }
  await settleClaim(tx, wasClaimed);
  const items = itemsOf(plan);
  const written = items.filter(isWritten).length;
  if (written > 0) {
    await recordChange(tx, { ...SETTINGS, field: IMPORTED, before: undefined, after: written, by, nowMs });
  }
  return items;
}

/** Policies first, which the others carry; accounts before what is in them. */
async function importAccess(
  tx: WriteTx,
  { policies, users, groups, roles }: AccessPlan,
  nowMs: EpochMs,
): Promise<void> {
  for (const { item, wanted } of users) if (isWritten(item)) await importAccount(tx, wanted);
  for (const { item, wanted } of policies) if (isWritten(item)) await importPolicy(tx, wanted, nowMs);
  for (const { item, wanted } of users) if (isWritten(item)) await importUser(tx, wanted);
  for (const { item, wanted } of groups) if (isWritten(item)) await importGroup(tx, wanted, nowMs);
  for (const { item, wanted } of roles) if (isWritten(item)) await importRole(tx, wanted, nowMs);
}

const SETTINGS = { scope: 'setting', target: '' } as const;

async function requireOperator(tx: WriteTx, { userId }: ChangeActor): Promise<void> {
  if (userId === null) throw new Failure('AccessDenied');
  const actor = await requireAdmin(tx, userId);
  if (actor.tenant_id !== null) throw new Failure('AccessDenied');
}

async function requireSeen(tx: WriteTx, seen: ImportConfigurationInput['seen']): Promise<void> {
  const rows = await listSettings(tx, CONFIG_PREFIX);
  const isAsSeen =
    rows.length === seen.length &&
    rows.every(({ name, value }, index) => name === seen[index]?.name && value === seen[index]?.value);
  if (!isAsSeen) throw new Failure('OperationAborted', 'somebody else changed settings at the same time');
}

async function putSecondFactor(tx: WriteTx, { name, secondFactor }: ImportedUser, nowMs: EpochMs): Promise<void> {
  if (secondFactor === undefined || secondFactor.isSame) return;
  const user = await findUserByName(tx, name);
  if (user === undefined) return;
  // Recovery codes belong to the secret that they stand in for.
  await deleteSecondFactor(tx, user.id);
  await insertSecondFactor(tx, {
    user_id: user.id,
    sealed_secret: Buffer.from(secondFactor.sealedSecret),
    state: 'on',
    last_step: 0,
    created_ms: nowMs,
  });
}

async function putNoted(
  tx: WriteTx,
  { name, value }: ImportContent['settings'][number],
  { by, nowMs }: ImportConfigurationInput,
): Promise<void> {
  const before = await findSetting(tx, name);
  await putSetting(tx, name, value);
  if (!name.startsWith(CONFIG_PREFIX)) return;
  await recordChange(tx, {
    ...SETTINGS,
    field: name.slice(CONFIG_PREFIX.length),
    before: before === undefined ? undefined : JSON.parse(before),
    after: JSON.parse(value),
    by,
    nowMs,
  });
}

/** An admin who came with the file claims the install; and who could manage it before is not locked out by it. */
async function settleClaim(tx: WriteTx, wasClaimed: boolean): Promise<void> {
  const isClaimed = (await findClaimingAdmin(tx)) !== undefined;
  if (wasClaimed && !isClaimed) {
    throw new Failure('DeleteConflict', 'the file would leave nobody who can sign in and manage the install');
  }
  if (isClaimed && (await findSetting(tx, SETUP_TOKEN_SETTING)) !== undefined) {
    await deleteSetting(tx, SETUP_TOKEN_SETTING);
  }
}
