import type { CorsRule } from './bucket-settings.ts';

/** What a bucket is for; each sets only what exists. */
export const PRESET_IDS = ['office', 'veeam', 'restic', 'kopia', 'duplicati', 'app', 'static'] as const;
export type PresetId = (typeof PRESET_IDS)[number];

export interface BucketPreset {
  /** Keep what is overwritten or deleted? */
  readonly versioning: boolean;
  readonly encryption: 'off' | 'AES256';
  readonly cors: readonly CorsRule[];
  /** Object Lock, without a default retention: the program says how long. `on-request`: where it is asked for. */
  readonly locks: 'always' | 'on-request' | 'never';
  /** Does it tell Veeam what it is and how much room there is? */
  readonly speaksSosapi: boolean;
}

const READ_BY_PAGES: CorsRule = {
  allowedOrigins: ['*'],
  allowedMethods: ['GET', 'HEAD'],
  allowedHeaders: ['*'],
  exposeHeaders: ['ETag', 'Content-Length', 'Content-Range'],
  maxAgeSeconds: 3600,
};

/** These encrypt by themselves, and prune: versions would keep what they prune, for ever. */
const ENCRYPTING_BACKUP = { versioning: false, encryption: 'off', cors: [], speaksSosapi: false } as const;
const PLAIN = { locks: 'never', speaksSosapi: false } as const;

/** The settings of each preset. Veeam's guide wants Object Lock without a default retention: Veeam locks each backup itself. */
export const BUCKET_PRESETS: Readonly<Record<PresetId, BucketPreset>> = {
  office: { versioning: true, encryption: 'AES256', cors: [], ...PLAIN },
  veeam: { versioning: true, encryption: 'AES256', cors: [], locks: 'always', speaksSosapi: true },
  restic: { ...ENCRYPTING_BACKUP, locks: 'on-request' },
  kopia: { ...ENCRYPTING_BACKUP, locks: 'on-request' },
  duplicati: { ...ENCRYPTING_BACKUP, locks: 'never' },
  app: { versioning: false, encryption: 'AES256', cors: [], ...PLAIN },
  static: { versioning: false, encryption: 'off', cors: [READ_BY_PAGES], ...PLAIN },
};
