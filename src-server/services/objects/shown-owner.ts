import type { Bucket } from '../../db/tables/bucket.ts';
import { findUserById } from '../../db/tables/iam-user.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { UserId } from '../../domain/ids.ts';

/** Whom an answer names as the owner of an object. */
export interface ShownOwner {
  readonly canonicalId: string;
  readonly displayName: string | null;
}

/** Looks up owners for a listing; each user is read once, none where ACLs are off and the bucket's owner owns everything. */
export class OwnerReader {
  readonly #tx: ReadTx;
  readonly #bucket: Bucket;
  readonly #known = new Map<UserId, ShownOwner>();

  constructor(tx: ReadTx, bucket: Bucket) {
    this.#tx = tx;
    this.#bucket = bucket;
    this.#known.set(bucket.ownerId, {
      canonicalId: bucket.ownerCanonicalId,
      displayName: bucket.ownerDisplayName,
    });
  }

  /** The object's owner; the bucket's where ACLs are off, or where the user is gone. */
  async read(ownerId: UserId): Promise<ShownOwner> {
    const shownId = this.#bucket.ownership === 'BucketOwnerEnforced' ? this.#bucket.ownerId : ownerId;
    const known = this.#known.get(shownId);
    if (known !== undefined) return known;
    const user = await findUserById(this.#tx, shownId);
    const owner =
      user === undefined
        ? { canonicalId: this.#bucket.ownerCanonicalId, displayName: this.#bucket.ownerDisplayName }
        : { canonicalId: user.canonical_id, displayName: user.display_name };
    this.#known.set(shownId, owner);
    return owner;
  }
}
