import type { Provisioning } from '../../config/provisioning.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { AccessKeyPair } from '../access/new-credentials.ts';

/** Programs that `stowage preset` knows. */
export const PRESET_NAMES = ['veeam', 'restic', 'kopia', 'duplicati', 'rclone'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

const MAX_USER_NAME = 64;

/** The user that a preset makes for its bucket. */
export function presetUser(preset: PresetName, bucket: BucketName): string {
  return `${preset}-${bucket}`.slice(0, MAX_USER_NAME);
}

/** What a preset makes, as a provisioning file would say it. */
export function presetFile(
  _preset: PresetName,
  { bucket, user, pair }: { readonly bucket: BucketName; readonly user: string; readonly pair: AccessKeyPair },
): Provisioning {
  return {
    users: [{ name: user, role: 'user', accessKeys: [pair] }],
    buckets: [{ name: bucket, owner: user }],
  };
}
