import type { CorsRule } from './bucket-settings.ts';

/** What a bucket is for; each sets only what exists. */
export const PRESET_IDS = ['office', 'veeam', 'restic', 'kopia', 'duplicati', 'app', 'static'] as const;
export type PresetId = (typeof PRESET_IDS)[number];

export interface BucketPreset {
  /** Keep what is overwritten or deleted? */
  readonly versioning: boolean;
  readonly encryption: 'off' | 'AES256';
  readonly cors: readonly CorsRule[];
}

const READ_BY_PAGES: CorsRule = {
  allowedOrigins: ['*'],
  allowedMethods: ['GET', 'HEAD'],
  allowedHeaders: ['*'],
  exposeHeaders: ['ETag', 'Content-Length', 'Content-Range'],
  maxAgeSeconds: 3600,
};

/** These encrypt by themselves, and prune: versions would keep what they prune, for ever. */
const ENCRYPTING_BACKUP: BucketPreset = { versioning: false, encryption: 'off', cors: [] };

/** The settings of each preset. Veeam wants versioning with Object Lock only, which is not there yet. */
export const BUCKET_PRESETS: Readonly<Record<PresetId, BucketPreset>> = {
  office: { versioning: true, encryption: 'AES256', cors: [] },
  veeam: { versioning: false, encryption: 'AES256', cors: [] },
  restic: ENCRYPTING_BACKUP,
  kopia: ENCRYPTING_BACKUP,
  duplicati: ENCRYPTING_BACKUP,
  app: { versioning: false, encryption: 'AES256', cors: [] },
  static: { versioning: false, encryption: 'off', cors: [READ_BY_PAGES] },
};
