import { SHARE_SETTINGS } from '../../commands/put-share-settings.ts';
import type { ImportContent } from '../../commands/support/plan-import.ts';
import type { ImportedUser } from '../../commands/support/plan-import-people.ts';
import type { ProvisionedKey } from '../../commands/support/provision-user.ts';
import { findAccessKey } from '../../db/tables/access-key.ts';
import { findUserByName } from '../../db/tables/iam-user.ts';
import { findSecondFactor } from '../../db/tables/second-factor.ts';
import { parseBucketName } from '../../domain/bucket-name.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { WrongMasterKey } from '../../storage/key-ring.ts';
import { newAccountIds } from '../access/new-credentials.ts';
import type { ServiceContext } from '../context.ts';
import { limitColumns } from '../keys/key-limits.ts';
import { importedSealContextOf, openTotpSecret } from '../second-factor/prove.ts';
import type { ConfigurationDocument } from './document.ts';

type UserOfDocument = ConfigurationDocument['users'][number];

/** A document as the command takes it: secrets under this install's master key, those that stand already left alone. */
export async function sealContent(
  context: ServiceContext,
  document: ConfigurationDocument,
  settings: ImportContent['settings'],
): Promise<ImportContent> {
  const users: ImportedUser[] = [];
  const held = new Set(document.access.users.filter((user) => user.accountHolder !== null).map(({ name }) => name));
  for (const user of document.users) users.push(await sealUser(context, user, held.has(user.name)));
  const share = document.shareSettings;
  return {
    tenants: document.tenants.map(tenantOf),
    users,
    access: document.access,
    buckets: document.buckets.map(bucketOf),
    settings: [...settings, ...(share === null ? [] : [{ name: SHARE_SETTINGS, value: JSON.stringify(share) }])],
  };
}

function tenantOf(tenant: ConfigurationDocument['tenants'][number]): ImportContent['tenants'][number] {
  const { name, accountId, state, quotaBytes, maxBuckets, maxKeys } = tenant;
  return {
    name,
    accountId,
    freshAccountId: accountId,
    terms: {
      ...(state === undefined ? {} : { state }),
      ...(quotaBytes === null ? {} : { quota_bytes: quotaBytes }),
      ...(maxBuckets === null ? {} : { max_buckets: maxBuckets }),
      ...(maxKeys === null ? {} : { max_keys: maxKeys }),
    },
  };
}

async function sealUser(context: ServiceContext, user: UserOfDocument, isHeld: boolean): Promise<ImportedUser> {
  const accessKeys: ProvisionedKey[] = [];
  for (const key of user.keys) accessKeys.push(await sealKey(context, key));
  const { name, role, state, accountId, canonicalId } = user;
  return {
    name,
    tenant: user.tenant ?? undefined,
    email: user.email ?? undefined,
    displayName: user.displayName ?? undefined,
    passwordHash: user.passwordHash ?? undefined,
    role,
    state,
    canonicalId,
    // Of a tenant's user it is the tenant's, of one in somebody's account theirs.
    ...(user.tenant === null && !isHeld ? { accountId } : {}),
    accessKeys,
    secondFactor: await sealFactor(context, user),
    fresh: newAccountIds(),
  };
}

async function sealKey(context: ServiceContext, key: UserOfDocument['keys'][number]): Promise<ProvisionedKey> {
  const stands = await context.catalogue.read((tx) => findAccessKey(tx, key.id));
  const isSame = stands !== undefined && opened(context, stands.sealed_secret, key.id) === key.secret;
  return {
    accessKeyId: key.id,
    sealedSecret: isSame ? undefined : context.keys.sealSecret(key.secret, key.id),
    // The file's numbers are times, as its schema says.
    terms: {
      state: key.state,
      label: key.label,
      expires_ms: key.expiresMs as EpochMs | null,
      ...limitColumns(key),
    },
  };
}

async function sealFactor(
  context: ServiceContext,
  { name, secondFactor }: UserOfDocument,
): Promise<ImportedUser['secondFactor']> {
  if (secondFactor === null) return undefined;
  const stands = await context.catalogue.read(async (tx) => {
    const user = await findUserByName(tx, name);
    return user && findSecondFactor(tx, user.id);
  });
  const isSame = stands?.state === 'on' && openTotpSecret(context, stands)?.toString('base64') === secondFactor;
  return { isSame, sealedSecret: context.keys.sealSecret(secondFactor, importedSealContextOf(name)) };
}

function opened(context: ServiceContext, sealed: Uint8Array, keyId: string): string | undefined {
  try {
    return context.keys.openSecret(sealed, keyId);
  } catch (error) {
    if (error instanceof WrongMasterKey) return undefined;
    throw error;
  }
}

function bucketOf(bucket: ConfigurationDocument['buckets'][number]): ImportContent['buckets'][number] {
  const { owner, location, versioning, ownership, tags, cors, encryption, objectLock, quotaBytes, quotaObjects } =
    bucket;
  return {
    name: parseBucketName(bucket.name),
    owner,
    versioning: versioning === 'Off' ? undefined : versioning,
    ...(location === null ? {} : { location }),
    ...(ownership === null ? {} : { ownership }),
    ...(tags === null ? {} : { tags }),
    ...(cors === null ? {} : { cors }),
    ...(encryption === null ? {} : { encryption }),
    ...(objectLock === null ? {} : { objectLock }),
    ...(quotaBytes === null ? {} : { quotaBytes }),
    ...(quotaObjects === null ? {} : { quotaObjects }),
  };
}
