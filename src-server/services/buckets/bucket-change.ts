import type { ChangeActor } from '../../commands/support/record-change.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { requireUser } from '../access/require-user.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import type { Bucket } from './require-bucket.ts';

/** Who changes something and when, for the history. Throws AccessDenied for anonymous callers. */
export function changedBy(
  context: ServiceContext,
  identity: Identity,
): { readonly by: ChangeActor; readonly nowMs: EpochMs } {
  const { userId, name, accessKeyId } = requireUser(identity);
  return { by: { userId, name, accessKeyId }, nowMs: context.now() };
}

/** Pages that show this bucket, or a list of buckets, ask anew: those of its owner and of the account's admins. */
export function tellOfChange(
  { events }: ServiceContext,
  { name, ownerId, ownerAccountId }: Pick<Bucket, 'name' | 'ownerId' | 'ownerAccountId'>,
): void {
  events.publish({ kind: 'bucket-changed', bucket: name }, { adminsOf: ownerAccountId });
  events.publish({ kind: 'bucket-changed', bucket: name }, { userId: ownerId });
}
