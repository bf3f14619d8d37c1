import { setVersionLegalHold } from '../db/tables/object-version.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BucketName, VersionId } from '../domain/ids.ts';
import { type LockableRef, requireLockable } from './support/lockable-version.ts';

export interface PutObjectLegalHoldInput extends LockableRef {
  /** For the audit trail. */
  readonly bucketName: BucketName;
  readonly isOn: boolean;
}

/** Sets or lifts the legal hold of a version. Answers the version's id. Throws as `requireLockable`. */
export async function putObjectLegalHold(tx: WriteTx, input: PutObjectLegalHoldInput): Promise<VersionId> {
  const version = await requireLockable(tx, input);
  await setVersionLegalHold(tx, version, input.isOn);
  return version.version_id;
}
