import * as z from 'zod';
import { OBJECT_OWNERSHIPS, type ObjectOwnership } from '../domain/bucket-settings.ts';
import { TIERS } from '../domain/ids.ts';
import { parseIpRange } from '../domain/policy/ip-range.ts';
import { addressSchema } from './address.ts';

const DURABILITY_MODES = ['strict', 'balanced', 'relaxed'] as const;
export type DurabilityMode = (typeof DURABILITY_MODES)[number];
const LOG_FORMATS = ['json', 'pretty'] as const;

/** Names stand in the catalogue, in metrics and in file names, so they keep to what is safe in all three. */
const diskNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/,
    'a disk name is 1-32 letters, digits, "-" or "_", beginning with a letter or digit',
  );

const diskSchema = z.strictObject({
  name: diskNameSchema.describe('name of the disk, unique'),
  path: z.string().min(1).describe('folder on the disk'),
  tier: z.enum(TIERS).default('hot').describe('hot, warm or cold'),
});

/** Lower-case DNS name with at least one dot or a plain host label; `*.NAME` then addresses buckets. */
const domainSchema = z
  .string()
  .max(253)
  .regex(/^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/, 'a DNS name in lower case is wanted');
const regionSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a region is lower-case letters, digits and "-"');

const rateSchema = z.int().min(0).max(1_000_000_000_000);

/** A list in a file may also be one there. */
const trustedProxiesSchema = z.preprocess(
  (value) => (Array.isArray(value) ? value.join(',') : value),
  z
    .string()
    .max(4096)
    .refine(
      (text) => splitList(text).every((entry) => parseIpRange(entry) !== undefined),
      'addresses and CIDR blocks are wanted',
    )
    .nullable(),
);

/** The entries of a setting that is a list in one text. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** The same limits as DESIGN §1 gives provisioned keys. */
export const accessKeyIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{3,128}$/, 'an access key id is 3-128 of letters, digits, "_" and "-"');
export const secretAccessKeySchema = z
  .string()
  .min(8, 'a secret is 8-128 characters')
  .max(128, 'a secret is 8-128 characters');

const ONE_DAY_SECONDS = 86_400;

/**
 * Everything that can be set, nested as in a configuration file. `settings.ts` says under which option and variable a leaf
 * can be given as well; `load.ts` decides which source wins and turns this into `Config`.
 */
export const settingsSchema = z.strictObject({
  dataDir: z.string().min(1).describe('folder of the catalogue, keys and default disk; a given one must exist'),
  disks: z.array(diskSchema).max(64).describe('disks that hold the bytes; none = one disk inside the data dir'),
  s3Address: addressSchema.describe('where the S3 API listens; port 0 = any free one'),
  consoleAddress: addressSchema.describe('where console, health and metrics listen; port 0 = any free one'),
  domain: domainSchema.nullable().describe('`*.NAME` then addresses buckets (virtual-hosted style)'),
  region: regionSchema.describe('region that signatures must name'),
  tls: z.strictObject({
    cert: z.string().min(1).nullable().describe('PEM certificate chain; both ports then speak https'),
    key: z.string().min(1).nullable().describe('PEM private key of the certificate'),
    selfSigned: z.boolean().describe('make and keep a certificate of our own'),
  }),
  durability: z.enum(DURABILITY_MODES).describe('when an answered write is safe from a power cut'),
  provision: z.string().min(1).nullable().describe('provisioning file (JSON), applied before ready'),
  logFormat: z.enum(LOG_FORMATS).describe('log lines on stderr; json when stderr is not a terminal'),
  lifecycleDay: z
    .number()
    .min(0.1)
    .max(ONE_DAY_SECONDS)
    .describe('seconds a lifecycle day lasts; tests only, needs STOWAGE_DEBUG=1'),
  s3: z.strictObject({
    allowSignatureV2: z.boolean().describe('accept AWS signature version 2'),
    allowInsecureSseC: z.boolean().describe('accept customer-provided keys over plain http'),
    allowRoot: z.boolean().describe('accept the key of root, once an admin exists; until then root is always accepted'),
    heldNameDays: z
      .int()
      .min(0)
      .max(3650)
      .describe('days the name of a deleted bucket is kept for its account; 0 = anybody may take it at once'),
    newBucketOwnership: z
      .enum(OBJECT_OWNERSHIPS)
      .describe('object ownership of new buckets; ObjectWriter brings ACLs back for old software'),
    newBucketPublicAccessBlock: z.boolean().describe('new buckets refuse public access until somebody allows it'),
  }),
  http: z.strictObject({
    trustedProxies: trustedProxiesSchema.describe(
      'addresses and CIDR blocks of proxies whose X-Forwarded-For and X-Forwarded-Proto count, with "," between',
    ),
  }),
  limits: z.strictObject({
    keyRequestsPerSecond: rateSchema.describe(
      'S3 requests a second of one access key; 0 = no limit, as in all of these',
    ),
    addressRequestsPerSecond: rateSchema.describe('requests a second from one address, on both ports'),
    tenantRequestsPerSecond: rateSchema.describe('requests a second of one tenant, on both ports'),
    keyBytesPerSecond: rateSchema.describe('bytes a second that S3 moves for one access key, both ways together'),
    tenantBytesPerSecond: rateSchema.describe('bytes a second that S3 moves for one tenant, both ways together'),
    keyConcurrentRequests: z.int().min(0).max(60_000).describe('S3 requests of one access key at a time'),
  }),
  metrics: z.strictObject({
    token: z.string().min(16).nullable().describe('bearer token that opens /metrics to other machines'),
  }),
  threads: z.strictObject({
    http: z.int().min(1).max(64).describe('threads that serve HTTP; more than one on Linux only'),
    io: z.int().min(1).max(64).describe('threads that hash, encrypt and write large bodies'),
  }),
  garbage: z.strictObject({
    graceSeconds: z
      .number()
      .min(0)
      .max(30 * ONE_DAY_SECONDS)
      .describe('how long bytes nobody names are kept'),
  }),
  bin: z.strictObject({
    keepDays: z.int().min(1).max(3650).describe('how long what was deleted in the console can be had back'),
  }),
  masterKeyFile: z.string().min(1).nullable().describe('file with the master key; none = one inside the data dir'),
  rootKey: z.strictObject({
    accessKeyId: accessKeyIdSchema.nullable().describe('access key id of root; none = a random one'),
    secretAccessKey: secretAccessKeySchema.nullable().describe('its secret'),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface DiskConfig {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly tier: (typeof TIERS)[number];
  /** The default disk inside the data dir: the only disk root that a first run may create. */
  readonly builtIn: boolean;
}

export type TlsConfig =
  | { readonly kind: 'none' }
  | { readonly kind: 'files'; readonly certFile: string; readonly keyFile: string }
  | { readonly kind: 'self-signed' };

/** What the server runs with: validated, frozen, structured-cloneable. Paths are absolute. */
export interface Config {
  readonly dataDir: string;
  readonly disks: readonly DiskConfig[];
  readonly s3Address: Address;
  readonly consoleAddress: Address;
  readonly domain: string | null;
  readonly region: string;
  readonly tls: TlsConfig;
  readonly durability: DurabilityMode;
  readonly provisionFile: string | null;
  readonly logFormat: (typeof LOG_FORMATS)[number];
  readonly lifecycleDaySeconds: number;
  readonly s3: {
    readonly allowSignatureV2: boolean;
    readonly allowInsecureSseC: boolean;
    readonly allowRoot: boolean;
    readonly heldNameDays: number;
    readonly newBucketOwnership: ObjectOwnership;
    readonly newBucketPublicAccessBlock: boolean;
  };
  /** Addresses and CIDR blocks. */
  readonly trustedProxies: readonly string[];
  /** In each 0 is no limit. */
  readonly limits: Settings['limits'];
  readonly metricsToken: string | null;
  readonly threads: { readonly http: number; readonly io: number };
  readonly garbageGraceSeconds: number;
  readonly binKeepDays: number;
  readonly masterKeyFile: string | null;
  readonly rootKey: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  /** `STOWAGE_DEBUG=1`: test-only switches are allowed. */
  readonly debug: boolean;
}
