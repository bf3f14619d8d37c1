import type { ApplyProvisioningInput } from '../../commands/apply-provisioning.ts';
import type { ProvisionedBucket } from '../../commands/support/provision-bucket.ts';
import type { ProvisionedKey, ProvisionedUser } from '../../commands/support/provision-user.ts';
import { ConfigError } from '../../config/config-error.ts';
import { inlineNameOf, type Provisioning } from '../../config/provisioning.ts';
import { findAccessKey } from '../../db/tables/access-key.ts';
import { findRootUser, findUserByName } from '../../db/tables/iam-user.ts';
import { parseBucketName } from '../../domain/bucket-name.ts';
import { isFailure } from '../../domain/failure.ts';
import { WrongMasterKey } from '../../storage/key-ring.ts';
import { newBucketDefaults } from '../buckets/new-bucket-defaults.ts';
import type { ServiceContext } from '../context.ts';
import { settingLeaves } from '../settings/stored-settings.ts';
import { actingAsServer } from './acting.ts';
import { putRootKey } from './first-run.ts';
import { type AccessKeyPair, newAccountIds } from './new-credentials.ts';
import { hashPassword, verifyPassword } from './password.ts';

type WantedUser = NonNullable<Provisioning['users']>[number];

/**
 * Applies a provisioning file in one transaction, before the server is ready and before `ensureRootKey`. Passwords are hashed
 * and secrets sealed here (LOG.md 7), where they differ from what stands: a file that was applied before changes nothing.
 *
 * Throws ConfigError, which names the JSON path, where the file contradicts the catalogue.
 *
 * @param fileName for the message
 */
export async function applyProvisioning(context: ServiceContext, file: Provisioning, fileName: string): Promise<void> {
  // A bucket of the file may belong to root.
  const hasRoot = await context.catalogue.read(async (tx) => (await findRootUser(tx)) !== undefined);
  if (!hasRoot) await putRootKey(context, undefined);
  const input = await prepareProvisioning(context, file);
  try {
    await actingAsServer(context, 'provisioning').engine.submit('apply-provisioning', input);
  } catch (error) {
    const path = isFailure(error, 'InvalidRequest') ? error.detail.fields?.Path : undefined;
    if (path === undefined || !(error instanceof Error)) throw error;
    throw new ConfigError(`${fileName}: ${path}`, error.message);
  }
}

/** What a file asks for, as the command takes it: passwords hashed and secrets sealed (LOG.md 7). */
export async function prepareProvisioning(
  context: ServiceContext,
  file: Provisioning,
): Promise<ApplyProvisioningInput> {
  const users: ProvisionedUser[] = [];
  for (const user of file.users ?? []) users.push(await prepareUser(context, user));
  // What the file itself sets counts for its own buckets already.
  const wanted = file.settings?.s3;
  const newBucket = newBucketDefaults({
    s3: {
      newBucketOwnership: wanted?.newBucketOwnership ?? context.config.s3.newBucketOwnership,
      newBucketPublicAccessBlock: wanted?.newBucketPublicAccessBlock ?? context.config.s3.newBucketPublicAccessBlock,
    },
  });
  return {
    tenants: (file.tenants ?? []).map((tenant) => ({
      name: tenant.name,
      accountId: tenant.accountId,
      freshAccountId: newAccountIds().accountId,
      terms: {
        ...(tenant.quotaBytes === undefined ? {} : { quota_bytes: tenant.quotaBytes }),
        ...(tenant.maxBuckets === undefined ? {} : { max_buckets: tenant.maxBuckets }),
        ...(tenant.maxKeys === undefined ? {} : { max_keys: tenant.maxKeys }),
      },
    })),
    users,
    buckets: (file.buckets ?? []).map(
      (bucket): ProvisionedBucket => ({
        name: parseBucketName(bucket.name),
        owner: bucket.owner,
        versioning: bucket.versioning,
        ...(bucket.objectLock === undefined ? {} : { lockEnabled: bucket.objectLock }),
        ...(bucket.quotaBytes === undefined ? {} : { quotaBytes: bucket.quotaBytes }),
        newBucket,
      }),
    ),
    settings: settingLeaves(file.settings ?? {}),
    nowMs: context.now(),
  };
}

async function prepareUser(context: ServiceContext, wanted: WantedUser): Promise<ProvisionedUser> {
  const accessKeys: ProvisionedKey[] = [];
  for (const key of wanted.accessKeys ?? []) accessKeys.push(await prepareKey(context, key));
  return {
    name: wanted.name,
    tenant: wanted.tenant,
    email: wanted.email,
    displayName: wanted.displayName,
    passwordHash: await changedPasswordHash(context, wanted),
    role: wanted.role,
    canonicalId: wanted.canonicalId,
    accessKeys,
    policies: (wanted.policies ?? []).map((policy, index) =>
      policy.kind === 'managed' ? policy : { ...policy, name: inlineNameOf(policy.name, index) },
    ),
    fresh: newAccountIds(),
  };
}

/** A hash of the file's password, or undefined where the file has none or the stored hash is of the same one. */
async function changedPasswordHash(context: ServiceContext, wanted: WantedUser): Promise<string | undefined> {
  const { name, password } = wanted;
  if (password === undefined) return undefined;
  const stands = await context.catalogue.read((tx) => findUserByName(tx, name));
  const hash = stands?.password_hash ?? undefined;
  return hash !== undefined && (await verifyPassword(hash, password)) ? undefined : hashPassword(password);
}

async function prepareKey(context: ServiceContext, key: AccessKeyPair): Promise<ProvisionedKey> {
  const stands = await context.catalogue.read((tx) => findAccessKey(tx, key.accessKeyId));
  const isSame = stands !== undefined && opens(context, stands.sealed_secret, key.accessKeyId) === key.secretAccessKey;
  return {
    accessKeyId: key.accessKeyId,
    sealedSecret: isSame ? undefined : context.keys.sealSecret(key.secretAccessKey, key.accessKeyId),
  };
}

function opens(context: ServiceContext, sealed: Uint8Array, keyId: string): string | undefined {
  try {
    return context.keys.openSecret(sealed, keyId);
  } catch (error) {
    if (error instanceof WrongMasterKey) return undefined;
    throw error;
  }
}
