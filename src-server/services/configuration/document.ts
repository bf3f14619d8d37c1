import * as z from 'zod';
import { accountId, bucketName, canonicalId, tenantName, unique, userName } from '../../config/provisioning.ts';
import { accessKeyIdSchema } from '../../config/schema.ts';
import { storedSettingsSchema } from '../../config/stored-settings.ts';
import { BUCKET_SETTINGS } from '../../db/tables/bucket.ts';
import { TENANT_STATES } from '../../db/tables/tenant.ts';
import { ROOT_USER_NAME } from '../../domain/account.ts';
import { MAX_KEYS_PER_USER } from '../../domain/people-rules.ts';
import { parseIpRange } from '../../domain/policy/ip-range.ts';
import { accessSchema, identityPolicy } from './access-schema.ts';

/** As the release that writes it knows it; a reader refuses newer ones. */
export const DOCUMENT_FORMAT = 1;

const MAX_ROWS = 100_000;

const sourceIp = z.string().refine((text) => parseIpRange(text) !== undefined, 'no address');

const keySchema = z.strictObject({
  id: accessKeyIdSchema,
  secret: z.string().min(1).max(1024),
  state: z.enum(['active', 'disabled']),
  label: z.string().max(256),
  expiresMs: z.int().nullable(),
  /** Absent in files of releases before; then an import leaves what stands. */
  policy: identityPolicy.nullable().optional(),
  sourceIps: z.array(sourceIp).min(1).nullable().optional(),
});

const userSchema = z.strictObject({
  name: userName.refine((name) => name !== ROOT_USER_NAME, 'this name is reserved'),
  tenant: tenantName.nullable(),
  accountId,
  canonicalId,
  role: z.enum(['admin', 'user', 'readonly', 'none']),
  email: z.string().max(254).nullable(),
  displayName: z.string().max(256).nullable(),
  /** A PHC string, as it stands. */
  passwordHash: z
    .string()
    .regex(/^\$argon2id\$v=19\$m=\d{1,6},t=\d{1,2},p=\d{1,2}\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/)
    .nullable(),
  state: z.enum(['active', 'disabled']),
  keys: z.array(keySchema).max(MAX_KEYS_PER_USER),
  /** The secret of the authenticator app, in base64. */
  secondFactor: z.base64().max(256).nullable(),
});

/** What a file of an earlier release does not say is null: no limit was known, and what stands stays. */
const limit = z.int().min(0).nullable().default(null);
const tenantSchema = z.strictObject({
  name: tenantName,
  accountId,
  state: z.enum(TENANT_STATES).optional(),
  quotaBytes: limit,
  maxBuckets: limit,
  maxKeys: limit,
});

const bucketSchema = z.strictObject({
  name: bucketName,
  owner: userName,
  location: z.string().max(64).nullable(),
  versioning: BUCKET_SETTINGS.versioning,
  ownership: BUCKET_SETTINGS.ownership.nullable(),
  tags: BUCKET_SETTINGS.tags.nullable(),
  cors: BUCKET_SETTINGS.cors.nullable(),
  encryption: BUCKET_SETTINGS.encryption.nullable(),
  objectLock: BUCKET_SETTINGS.objectLock.nullable().default(null),
  quotaBytes: BUCKET_SETTINGS.quotaBytes.nullable().default(null),
  quotaObjects: BUCKET_SETTINGS.quotaObjects.nullable().default(null),
});

/** What a configuration file holds, once it is open. Null: nothing is set, and an import leaves what stands. */
export const documentSchema = z
  .strictObject({
    format: z.literal(DOCUMENT_FORMAT),
    madeAtMs: z.int(),
    tenants: z.array(tenantSchema).max(MAX_ROWS),
    users: z.array(userSchema).max(MAX_ROWS),
    access: accessSchema.default({ policies: [], users: [], groups: [], roles: [] }),
    buckets: z.array(bucketSchema).max(MAX_ROWS),
    settings: storedSettingsSchema,
    shareSettings: z
      .strictObject({ installName: z.string().max(80), baseUrl: z.string().max(2048).nullable() })
      .nullable(),
  })
  .superRefine(({ tenants, users, access, buckets }, issues) => {
    const refuse = (path: PropertyKey[]) => issues.addIssue({ code: 'custom', path, message: 'appears twice' });
    const held = new Set(access.users.filter((user) => user.accountHolder !== null).map(({ name }) => name));
    const lone = users.filter(({ name, tenant }) => tenant === null && !held.has(name));
    const accounts = [...tenants, ...lone].map((holder) => holder.accountId);
    for (const [name, values] of Object.entries({
      tenants: tenants.map((tenant) => tenant.name),
      accounts,
      users: users.map((user) => user.name),
      ids: users.map((user) => user.canonicalId),
      keys: users.flatMap((user) => user.keys.map((key) => key.id)),
      buckets: buckets.map((bucket) => bucket.name),
    })) {
      unique(
        values.map((value, index) => [value, [name, index]]),
        refuse,
      );
    }
  });
export type ConfigurationDocument = z.infer<typeof documentSchema>;
