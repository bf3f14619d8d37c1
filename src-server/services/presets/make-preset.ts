import * as z from 'zod';
import { findBucket } from '../../db/tables/bucket.ts';
import { findUserByName } from '../../db/tables/iam-user.ts';
import { parseBucketName } from '../../domain/bucket-name.ts';
import { Failure } from '../../domain/failure.ts';
import { actingAsServer } from '../access/acting.ts';
import { prepareProvisioning } from '../access/apply-provisioning.ts';
import { type AccessKeyPair, newAccessKeyPair } from '../access/new-credentials.ts';
import type { ServiceContext } from '../context.ts';
import { PRESET_NAMES, type PresetName, presetBucket, presetFile, presetUser } from './preset-file.ts';

/** What `stowage preset` asks for. `days`: how long a backup cannot be destroyed, for the program's own setting. */
export const presetRequestSchema = z.strictObject({
  preset: z.enum(PRESET_NAMES),
  name: z.string().min(1).max(63),
  days: z.int().min(1).max(999).optional(),
});
export type PresetRequest = z.infer<typeof presetRequestSchema>;

/** Everything to type into the backup program. The secret is shown this once. */
export interface MadePreset extends AccessKeyPair {
  readonly preset: PresetName;
  readonly bucket: string;
  readonly user: string;
  readonly region: string;
  readonly immutable: boolean;
  readonly days: number | null;
}

/**
 * Makes a bucket for a backup program, a user that may do everything in it and nothing besides, and a key: all or nothing, in one command.
 *
 * @throws Failure BucketAlreadyExists, EntityAlreadyExists, InvalidBucketName: what stands is never taken over
 */
export async function makePreset(context: ServiceContext, request: PresetRequest): Promise<MadePreset> {
  const bucket = parseBucketName(request.name);
  const user = presetUser(request.preset, bucket);
  const taken = await context.catalogue.read(async (tx) => ({
    bucket: await findBucket(tx, bucket),
    user: await findUserByName(tx, user),
  }));
  if (taken.bucket !== undefined) throw new Failure('BucketAlreadyExists', `there is a bucket ${bucket} already`);
  if (taken.user !== undefined) throw new Failure('EntityAlreadyExists', `there is a user ${user} already`);
  const pair = newAccessKeyPair();
  const input = await prepareProvisioning(context, presetFile({ bucket, user, pair }));
  const more = presetBucket(request.preset);
  await actingAsServer(context, 'cli').engine.submit('apply-provisioning', {
    ...input,
    buckets: input.buckets.map((one) => ({ ...one, ...more })),
  });
  const immutable = more.objectLock !== undefined;
  return {
    preset: request.preset,
    bucket,
    user,
    ...pair,
    region: context.config.region,
    immutable,
    days: immutable ? (request.days ?? null) : null,
  };
}
