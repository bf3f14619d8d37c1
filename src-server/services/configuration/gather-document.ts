import { SHARE_SETTINGS } from '../../commands/put-share-settings.ts';
import { type AccessBundle, readAccess } from '../../commands/support/access-bundle.ts';
import { type AccessKeyRow, listAccessKeys } from '../../db/tables/access-key.ts';
import { type Bucket, findBucket, listBuckets } from '../../db/tables/bucket.ts';
import { findUserById, findUserByName, type IamUserRow } from '../../db/tables/iam-user.ts';
import { listPersons } from '../../db/tables/person.ts';
import { findSecondFactor, type SecondFactorRow } from '../../db/tables/second-factor.ts';
import { findSetting } from '../../db/tables/setting.ts';
import { listTenants } from '../../db/tables/tenant.ts';
import type { ReadTx } from '../../db/tx.ts';
import { WrongMasterKey } from '../../storage/key-ring.ts';
import type { ServiceContext } from '../context.ts';
import { readSourceIps } from '../keys/key-limits.ts';
import { openTotpSecret } from '../second-factor/prove.ts';
import { readStoredSettings } from '../settings/stored-settings.ts';
import { readShareSettings } from '../shares/share-settings.ts';
import { type ConfigurationDocument, DOCUMENT_FORMAT } from './document.ts';

type UserOfDocument = ConfigurationDocument['users'][number];
type KeyOfDocument = UserOfDocument['keys'][number];
type BucketOfDocument = ConfigurationDocument['buckets'][number];

interface PersonRows {
  readonly user: IamUserRow;
  readonly tenant: string | null;
  readonly keys: readonly AccessKeyRow[];
  readonly factor: SecondFactorRow | undefined;
}

/** As the schema has it, with what IAM reads as it is. */
type GatheredDocument = Omit<ConfigurationDocument, 'access'> & { readonly access: AccessBundle };

const BUCKETS_A_PAGE = 1000;

/** The configuration of this install, secrets in clear: for nothing but to be sealed at once. */
export async function gatherDocument(context: ServiceContext): Promise<GatheredDocument> {
  const rows = await context.catalogue.read(async (tx) => ({
    tenants: await listTenants(tx),
    people: await readPeople(tx),
    access: await readAccess(tx),
    buckets: await readBuckets(tx),
    settings: await readStoredSettings(tx),
    hasShareSettings: (await findSetting(tx, SHARE_SETTINGS)) !== undefined,
  }));
  return {
    format: DOCUMENT_FORMAT,
    madeAtMs: context.now(),
    tenants: rows.tenants.map((tenant) => ({
      name: tenant.name,
      accountId: tenant.account_id,
      state: tenant.state,
      quotaBytes: tenant.quota_bytes,
      maxBuckets: tenant.max_buckets,
      maxKeys: tenant.max_keys,
    })),
    users: rows.people.map((person) => userOf(context, person)),
    access: rows.access,
    buckets: rows.buckets,
    settings: rows.settings,
    shareSettings: rows.hasShareSettings ? await readShareSettings(context) : null,
  };
}

/** Everybody but root, whose key belongs to the machine. */
async function readPeople(tx: ReadTx): Promise<PersonRows[]> {
  const people: PersonRows[] = [];
  for (const { name, tenant_name } of await listPersons(tx, null)) {
    const user = await findUserByName(tx, name);
    if (user === undefined) continue;
    people.push({
      user,
      tenant: tenant_name,
      keys: await listAccessKeys(tx, user.id),
      factor: await findSecondFactor(tx, user.id),
    });
  }
  return people;
}

async function readBuckets(tx: ReadTx): Promise<BucketOfDocument[]> {
  const buckets: BucketOfDocument[] = [];
  let after = '';
  for (;;) {
    const page = await listBuckets(tx, { kind: 'all' }, { after, prefix: '', limit: BUCKETS_A_PAGE });
    for (const { name } of page) {
      const bucket = await findBucket(tx, name);
      after = name;
      if (bucket === undefined) continue;
      const owner = await findUserById(tx, bucket.ownerId);
      if (owner !== undefined) buckets.push(bucketOf(bucket, owner.name));
    }
    if (page.length < BUCKETS_A_PAGE) return buckets;
  }
}

function bucketOf(bucket: Bucket, owner: string): BucketOfDocument {
  const { name, location, versioning } = bucket;
  return {
    name,
    owner,
    location,
    versioning,
    ownership: bucket.ownership ?? null,
    tags: bucket.tags === undefined ? null : [...bucket.tags],
    cors: bucket.cors === undefined ? null : [...bucket.cors],
    encryption: bucket.encryption ?? null,
    objectLock: bucket.objectLock ?? null,
    quotaBytes: bucket.quotaBytes ?? null,
    quotaObjects: bucket.quotaObjects ?? null,
  };
}

function userOf(context: ServiceContext, { user, tenant, keys, factor }: PersonRows): UserOfDocument {
  const { name, role } = user;
  // Root is not among people.
  if (role === 'root') throw new Error('root is no part of a configuration');
  const secret = factor?.state === 'on' ? openTotpSecret(context, factor) : undefined;
  return {
    name,
    tenant,
    accountId: user.account_id,
    canonicalId: user.canonical_id,
    role,
    email: user.email,
    displayName: user.display_name,
    passwordHash: user.password_hash,
    state: user.state,
    keys: keys.flatMap((key) => keyOf(context, key)),
    secondFactor: secret?.toString('base64') ?? null,
  };
}

/** None for a key that another master key sealed: it opens nothing here either. */
function keyOf({ keys, log }: ServiceContext, row: AccessKeyRow): KeyOfDocument[] {
  const { id, state, label } = row;
  try {
    return [
      {
        id,
        secret: keys.openSecret(row.sealed_secret, id),
        state,
        label,
        expiresMs: row.expires_ms,
        policy: row.policy,
        sourceIps: readSourceIps(row.source_ips),
      },
    ];
  } catch (error) {
    if (!(error instanceof WrongMasterKey)) throw error;
    log.warn({ accessKeyId: id }, 'a key that this master key cannot open is not in the configuration file');
    return [];
  }
}
