import { findBucket } from '../db/tables/bucket.ts';
import { findActingUser } from '../db/tables/iam-user.ts';
import { countSharesOf, insertShare, type ShareRow } from '../db/tables/share.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { assertBucketStands, type BucketRef } from './support/bucket-still-stands.ts';

export interface CreateShareInput {
  readonly bucket: BucketRef;
  /** The whole row, its numbers of uses at 0. Of the token the hash and the sealed form: never the token itself (LOG.md 7). */
  readonly share: ShareRow;
}

const MAX_SHARES_OF_ONE = 10_000;

/** Makes a link. Throws NoSuchBucket, AccessDenied where its maker is no longer active, SlowDown where there are 10,000. */
export async function createShare(tx: WriteTx, { bucket, share }: CreateShareInput): Promise<void> {
  assertBucketStands((await findBucket(tx, bucket.name))?.id === bucket.id, bucket);
  if ((await findActingUser(tx, share.maker_id)) === undefined) throw new Failure('AccessDenied');
  if ((await countSharesOf(tx, share.maker_id)) >= MAX_SHARES_OF_ONE) {
    throw new Failure('SlowDown', 'there are 10,000 links already; remove ended ones first');
  }
  // Cloning made plain bytes of the buffers.
  const { token_hash, sealed_token } = share;
  await insertShare(tx, { ...share, token_hash: Buffer.from(token_hash), sealed_token: Buffer.from(sealed_token) });
}
