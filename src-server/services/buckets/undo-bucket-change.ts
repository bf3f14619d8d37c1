import type { BucketField } from '../../commands/support/change-bucket.ts';
import { BUCKET_SETTINGS } from '../../db/tables/bucket.ts';
import { type ChangeRecordRow, findChange, newestChanges } from '../../db/tables/change-record.ts';
import { assertNever } from '../../domain/assert-never.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changeSettings, type SettingChanges } from './change-settings.ts';
import { requireBucket } from './require-bucket.ts';

export type UndoOutcome = 'undone' | 'no-such-change' | 'changed-since';

/**
 * Gives a setting the value it had before a change, where it still has the one that the change gave it. Versioning that was
 * off becomes suspended: it cannot be off again, nor can Object Lock. Throws AccessDenied, NoSuchBucket.
 */
export async function undoBucketChange(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  changeId: number,
): Promise<UndoOutcome> {
  const bucket = await requireBucket(context, name);
  const target = { scope: 'bucket', target: String(bucket.id) } as const;
  const { change, newest } = await context.catalogue.read(async (tx) => ({
    change: await findChange(tx, changeId),
    newest: await newestChanges(tx, target),
  }));
  if (change?.scope !== target.scope || change.target !== target.target) return 'no-such-change';
  // Fields come from `changeBucket` alone.
  const field = change.field as BucketField;
  const now = bucket[field] === undefined ? null : JSON.stringify(bucket[field]);
  if (now !== change.after_value || newest.get(field) !== change.id) return 'changed-since';
  await changeSettings(context, identity, name, settingBefore(field, change));
  return 'undone';
}

const LOCKED_WITHOUT_DEFAULT = { enabled: true, defaultRetention: undefined } as const;

function settingBefore(field: BucketField, { before_value: json }: ChangeRecordRow): SettingChanges {
  const value: unknown = json === null ? undefined : JSON.parse(json);
  switch (field) {
    case 'versioning':
      return { versioning: BUCKET_SETTINGS.versioning.parse(value) === 'Enabled' ? 'Enabled' : 'Suspended' };
    case 'encryption':
      return { encryption: BUCKET_SETTINGS.encryption.optional().parse(value) };
    case 'cors':
      return { cors: BUCKET_SETTINGS.cors.optional().parse(value) };
    case 'tags':
      return { tags: BUCKET_SETTINGS.tags.optional().parse(value) };
    case 'ownership':
      return { ownership: BUCKET_SETTINGS.ownership.optional().parse(value) };
    case 'speaksSosapi':
      return { speaksSosapi: BUCKET_SETTINGS.speaksSosapi.parse(value) };
    case 'quotaBytes':
      return { quotaBytes: BUCKET_SETTINGS.quotaBytes.optional().parse(value) };
    case 'quotaObjects':
      return { quotaObjects: BUCKET_SETTINGS.quotaObjects.optional().parse(value) };
    case 'policy':
      return { policy: BUCKET_SETTINGS.policy.optional().parse(value) };
    case 'publicAccessBlock':
      return { publicAccessBlock: BUCKET_SETTINGS.publicAccessBlock.optional().parse(value) };
    case 'requestPayer':
      return { requestPayer: BUCKET_SETTINGS.requestPayer.optional().parse(value) };
    case 'acl':
      return { acl: BUCKET_SETTINGS.acl.optional().parse(value) };
    case 'objectLock':
      // Object Lock stays on; what is taken back is the default.
      return { objectLock: BUCKET_SETTINGS.objectLock.optional().parse(value) ?? LOCKED_WITHOUT_DEFAULT };
    default:
      return assertNever(field);
  }
}
