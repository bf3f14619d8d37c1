/** How a leaf of the settings is written where only text can be given: as an option or an environment variable. */
export type LeafKind = 'text' | 'path' | 'number' | 'switch' | 'disks';

/** One thing that can be set, and every name it has. */
export interface Leaf {
  /** Its place in a configuration file: nested keys. */
  readonly path: readonly [string] | readonly [string, string];
  readonly kind: LeafKind;
  readonly option?: string;
  /** What stands behind the option in `--help`. */
  readonly argument?: string;
  readonly env?: string;
  /** May stand in a configuration file. */
  readonly inFile: boolean;
  /** May be stored in the catalogue by console and provisioning: whatever is not needed to open it, and is not a test switch. */
  readonly storable: boolean;
}

const everywhere = { inFile: true, storable: true } as const;
const beforeCatalogue = { inFile: true, storable: false } as const;
const envOnly = { inFile: false, storable: false } as const;

/** Every leaf of `settingsSchema` (a test holds the two together), in the order of the documentation. */
export const LEAVES: readonly Leaf[] = [
  { path: ['dataDir'], kind: 'path', option: 'data-dir', argument: 'DIR', env: 'STOWAGE_DATA_DIR', ...beforeCatalogue },
  {
    path: ['disks'],
    kind: 'disks',
    option: 'disk',
    argument: 'NAME=PATH[,tier=hot|warm|cold]',
    env: 'STOWAGE_DISKS',
    ...beforeCatalogue,
  },
  {
    path: ['s3Address'],
    kind: 'text',
    option: 's3-address',
    argument: 'HOST:PORT',
    env: 'STOWAGE_S3_ADDRESS',
    ...everywhere,
  },
  {
    path: ['consoleAddress'],
    kind: 'text',
    option: 'console-address',
    argument: 'HOST:PORT',
    env: 'STOWAGE_CONSOLE_ADDRESS',
    ...everywhere,
  },
  { path: ['domain'], kind: 'text', option: 'domain', argument: 'NAME', env: 'STOWAGE_DOMAIN', ...everywhere },
  { path: ['region'], kind: 'text', option: 'region', argument: 'NAME', env: 'STOWAGE_REGION', ...everywhere },
  { path: ['tls', 'cert'], kind: 'path', option: 'tls-cert', argument: 'FILE', env: 'STOWAGE_TLS_CERT', ...everywhere },
  { path: ['tls', 'key'], kind: 'path', option: 'tls-key', argument: 'FILE', env: 'STOWAGE_TLS_KEY', ...everywhere },
  {
    path: ['tls', 'selfSigned'],
    kind: 'switch',
    option: 'tls-self-signed',
    env: 'STOWAGE_TLS_SELF_SIGNED',
    ...everywhere,
  },
  {
    path: ['durability'],
    kind: 'text',
    option: 'durability',
    argument: 'strict|balanced|relaxed',
    env: 'STOWAGE_DURABILITY',
    ...everywhere,
  },
  {
    path: ['provision'],
    kind: 'path',
    option: 'provision',
    argument: 'FILE',
    env: 'STOWAGE_PROVISION',
    ...beforeCatalogue,
  },
  {
    path: ['logFormat'],
    kind: 'text',
    option: 'log-format',
    argument: 'json|pretty',
    env: 'STOWAGE_LOG_FORMAT',
    ...beforeCatalogue,
  },
  {
    path: ['lifecycleDay'],
    kind: 'number',
    option: 'lifecycle-day',
    argument: 'SECONDS',
    env: 'STOWAGE_LIFECYCLE_DAY',
    ...beforeCatalogue,
  },
  { path: ['s3', 'allowSignatureV2'], kind: 'switch', env: 'STOWAGE_S3_ALLOW_SIGNATURE_V2', ...everywhere },
  { path: ['s3', 'allowInsecureSseC'], kind: 'switch', env: 'STOWAGE_S3_ALLOW_INSECURE_SSE_C', ...everywhere },
  { path: ['s3', 'allowRoot'], kind: 'switch', env: 'STOWAGE_S3_ALLOW_ROOT', ...everywhere },
  { path: ['s3', 'heldNameDays'], kind: 'number', env: 'STOWAGE_S3_HELD_NAME_DAYS', ...everywhere },
  { path: ['s3', 'newBucketOwnership'], kind: 'text', env: 'STOWAGE_S3_NEW_BUCKET_OWNERSHIP', ...everywhere },
  {
    path: ['s3', 'newBucketPublicAccessBlock'],
    kind: 'switch',
    env: 'STOWAGE_S3_NEW_BUCKET_PUBLIC_ACCESS_BLOCK',
    ...everywhere,
  },
  { path: ['http', 'trustedProxies'], kind: 'text', env: 'STOWAGE_HTTP_TRUSTED_PROXIES', ...everywhere },
  {
    path: ['limits', 'keyRequestsPerSecond'],
    kind: 'number',
    env: 'STOWAGE_LIMITS_KEY_REQUESTS_PER_SECOND',
    ...everywhere,
  },
  {
    path: ['limits', 'addressRequestsPerSecond'],
    kind: 'number',
    env: 'STOWAGE_LIMITS_ADDRESS_REQUESTS_PER_SECOND',
    ...everywhere,
  },
  {
    path: ['limits', 'tenantRequestsPerSecond'],
    kind: 'number',
    env: 'STOWAGE_LIMITS_TENANT_REQUESTS_PER_SECOND',
    ...everywhere,
  },
  { path: ['limits', 'keyBytesPerSecond'], kind: 'number', env: 'STOWAGE_LIMITS_KEY_BYTES_PER_SECOND', ...everywhere },
  {
    path: ['limits', 'tenantBytesPerSecond'],
    kind: 'number',
    env: 'STOWAGE_LIMITS_TENANT_BYTES_PER_SECOND',
    ...everywhere,
  },
  {
    path: ['limits', 'keyConcurrentRequests'],
    kind: 'number',
    env: 'STOWAGE_LIMITS_KEY_CONCURRENT_REQUESTS',
    ...everywhere,
  },
  { path: ['metrics', 'token'], kind: 'text', env: 'STOWAGE_METRICS_TOKEN', ...beforeCatalogue },
  { path: ['threads', 'http'], kind: 'number', env: 'STOWAGE_HTTP_THREADS', ...beforeCatalogue },
  { path: ['threads', 'io'], kind: 'number', env: 'STOWAGE_IO_THREADS', ...beforeCatalogue },
  { path: ['garbage', 'graceSeconds'], kind: 'number', env: 'STOWAGE_GARBAGE_GRACE_SECONDS', ...everywhere },
  { path: ['bin', 'keepDays'], kind: 'number', env: 'STOWAGE_BIN_KEEP_DAYS', ...everywhere },
  { path: ['masterKeyFile'], kind: 'path', env: 'STOWAGE_MASTER_KEY_FILE', ...beforeCatalogue },
  { path: ['rootKey', 'accessKeyId'], kind: 'text', env: 'STOWAGE_ROOT_ACCESS_KEY', ...envOnly },
  { path: ['rootKey', 'secretAccessKey'], kind: 'text', env: 'STOWAGE_ROOT_SECRET_KEY', ...envOnly },
];

/** `tls.cert`: the key of a leaf in maps and of a stored setting. */
export function leafName(leaf: Leaf): string {
  return leaf.path.join('.');
}
