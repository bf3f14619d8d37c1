import * as z from 'zod';
import { ACCOUNT_ID, CANONICAL_ID, ROOT_USER_NAME, USER_NAME } from '../domain/account.ts';
import { isBucketName } from '../domain/bucket-name.ts';
import { PolicySyntaxError, parsePolicy } from '../domain/policy/policy-document.ts';
import { ConfigError } from './config-error.ts';
import { firstIssue, jsonPath } from './issues.ts';
import { accessKeyIdSchema, secretAccessKeySchema } from './schema.ts';
import { LEAVES } from './settings.ts';
import { storedSettingsSchema } from './stored-settings.ts';
import { parseStructuredText } from './structured-text.ts';

export const userName = z.string().regex(USER_NAME, 'a user name is 1-64 letters, digits or +=,.@_-');
export const tenantName = z.string().regex(/^[^\p{C}]{1,128}$/u, 'a tenant name is 1-128 printable characters');
export const accountId = z.string().regex(ACCOUNT_ID, 'an account id is 12 digits');
export const canonicalId = z.string().regex(CANONICAL_ID, 'a canonical id is 64 lower-case hex digits');
export const bucketName = z.string().refine(isBucketName, 'not a valid bucket name');

const sizeOrCount = z.int().min(0);

const tenantSchema = z.strictObject({
  name: tenantName,
  accountId: accountId.optional(),
  quotaBytes: sizeOrCount.optional(),
  maxBuckets: sizeOrCount.optional(),
  maxKeys: sizeOrCount.optional(),
});

const accessKeySchema = z.strictObject({ accessKeyId: accessKeyIdSchema, secretAccessKey: secretAccessKeySchema });

const policyName = z.string().regex(/^[\w+=,.@-]{1,128}$/, 'a policy name is 1-128 letters, digits or +=,.@_-');

/** A policy itself, or with a name, under which it is attached; or the name or ARN of a managed policy that stands. */
const policySchema = z.unknown().transform((value, issues): ProvisionedPolicy => {
  if (typeof value === 'string') return { kind: 'managed', policy: value };
  const named = z.strictObject({ name: policyName, document: z.record(z.string(), z.unknown()) }).safeParse(value);
  const isPlain = typeof value === 'object' && value !== null && !('document' in value);
  if (!named.success && !isPlain) {
    const { path, message } = firstIssue(named.error);
    issues.addIssue({ code: 'custom', path: [...path], message });
    return z.NEVER;
  }
  const document = JSON.stringify(named.success ? named.data.document : value);
  try {
    parsePolicy(document, 'identity');
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    issues.addIssue({ code: 'custom', path: named.success ? ['document'] : [], message: error.message });
  }
  return { kind: 'inline', name: named.success ? named.data.name : undefined, document };
});

/** `name` undefined: it is called after its place in the list. */
export type ProvisionedPolicy =
  | { readonly kind: 'inline'; readonly name: string | undefined; readonly document: string }
  | { readonly kind: 'managed'; readonly policy: string };

const userSchema = z.strictObject({
  name: userName.refine((name) => name !== ROOT_USER_NAME, 'this name is reserved'),
  tenant: tenantName.optional(),
  email: z.string().min(1).max(254).optional(),
  displayName: z.string().min(1).max(256).optional(),
  password: z.string().min(1).max(1024).optional(),
  role: z.enum(['admin', 'user', 'readonly', 'none']).optional(),
  canonicalId: canonicalId.optional(),
  policies: z.array(policySchema).max(100).optional(),
  accessKeys: z.array(accessKeySchema).optional(),
});

const bucketSchema = z.strictObject({
  name: bucketName,
  owner: userName.optional(),
  objectLock: z.boolean().optional(),
  versioning: z.enum(['Enabled', 'Suspended']).optional(),
  quotaBytes: sizeOrCount.optional(),
});

const provisioningSchema = z
  .strictObject({
    tenants: z.array(tenantSchema).optional(),
    users: z.array(userSchema).optional(),
    buckets: z.array(bucketSchema).optional(),
    settings: storedSettingsSchema.optional(),
  })
  .superRefine((file, issues) => {
    const { tenants = [], users = [], buckets = [] } = file;
    const refuse = (path: PropertyKey[]) => issues.addIssue({ code: 'custom', path, message: 'appears twice' });
    unique(
      tenants.map((tenant, i) => [tenant.name, ['tenants', i, 'name']]),
      refuse,
    );
    unique(
      tenants.map((tenant, i) => [tenant.accountId, ['tenants', i, 'accountId']]),
      refuse,
    );
    unique(
      users.map((user, i) => [user.name, ['users', i, 'name']]),
      refuse,
    );
    unique(
      users.map((user, i) => [user.canonicalId, ['users', i, 'canonicalId']]),
      refuse,
    );
    unique(
      users.flatMap((user, i) => keyPlaces(user, i)),
      refuse,
    );
    for (const [i, user] of users.entries()) unique(policyPlaces(user, i), refuse);
    unique(
      buckets.map((bucket, i) => [bucket.name, ['buckets', i, 'name']]),
      refuse,
    );
  });

type Place = [value: string | undefined, path: PropertyKey[]];

function keyPlaces(user: z.output<typeof userSchema>, index: number): Place[] {
  return (user.accessKeys ?? []).map((key, k) => [key.accessKeyId, ['users', index, 'accessKeys', k, 'accessKeyId']]);
}

function policyPlaces(user: z.output<typeof userSchema>, index: number): Place[] {
  return (user.policies ?? []).map((policy, p) => [
    policy.kind === 'managed' ? policy.policy : `inline ${inlineNameOf(policy.name, p)}`,
    ['users', index, 'policies', p],
  ]);
}

/** The name of an inline policy: its own, else by its place. */
export function inlineNameOf(name: string | undefined, index: number): string {
  return name ?? `provisioned-${index + 1}`;
}

/** Calls `refuse` with the path of each value that stood before. */
export function unique(places: Place[], refuse: (path: PropertyKey[]) => void): void {
  const seen = new Set<string>();
  for (const [value, path] of places) {
    if (value === undefined) continue;
    if (seen.has(value)) refuse(path);
    seen.add(value);
  }
}

/** A setting that exists, but is needed before the catalogue is open, or belongs to the machine. */
function isHostSetting(path: readonly PropertyKey[]): boolean {
  return LEAVES.some((leaf) => !leaf.storable && path.every((part, index) => part === leaf.path[index]));
}

/** A provisioning file (DESIGN §1). Absent fields leave what stands. */
export type Provisioning = z.infer<typeof provisioningSchema>;

/**
 * Reads and checks the text of a provisioning file. Throws `ConfigError` with the JSON path of the first thing wrong; it
 * never repeats a value, which may be a secret.
 *
 * @param file its name, for the message
 */
export function parseProvisioning(text: string, file: string): Provisioning {
  const parsed = provisioningSchema.safeParse(parseStructuredText(text, 'json', file));
  if (parsed.success) return parsed.data;
  const { path, message } = firstIssue(parsed.error);
  if (path[0] === 'settings' && isHostSetting(path.slice(1))) {
    throw new ConfigError(
      `${file}: ${jsonPath(path)}`,
      'cannot be stored: it belongs to option, environment or config file',
    );
  }
  throw new ConfigError(`${file}: ${jsonPath(path)}`, message);
}
