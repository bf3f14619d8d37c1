import type { Bucket } from '../../db/tables/bucket.ts';
import { findUserById, type IamUserRow } from '../../db/tables/iam-user.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { UserId } from '../../domain/ids.ts';

/** Whom a listing of uploads names. */
export interface UploadPeople {
  readonly initiator: { readonly id: string; readonly displayName: string | null };
  readonly owner: { readonly canonicalId: string; readonly displayName: string | null };
}

/** Looks up the people of uploads; each user is read once. */
export class PeopleReader {
  readonly #tx: ReadTx;
  readonly #bucket: Bucket;
  readonly #users = new Map<UserId, IamUserRow | undefined>();

  constructor(tx: ReadTx, bucket: Bucket) {
    this.#tx = tx;
    this.#bucket = bucket;
  }

  /** Who opened an upload, and who will own its object: the bucket's owner where ownership is enforced or the user is gone. */
  async read(upload: { readonly initiator_id: UserId; readonly owner_id: UserId }): Promise<UploadPeople> {
    const initiator = await this.#user(upload.initiator_id);
    const owner = this.#bucket.ownership === 'BucketOwnerEnforced' ? undefined : await this.#user(upload.owner_id);
    return {
      initiator: initiator === undefined ? { id: this.#bucket.ownerCanonicalId, displayName: null } : shown(initiator),
      owner:
        owner === undefined
          ? { canonicalId: this.#bucket.ownerCanonicalId, displayName: this.#bucket.ownerDisplayName }
          : { canonicalId: owner.canonical_id, displayName: owner.display_name },
    };
  }

  async #user(id: UserId): Promise<IamUserRow | undefined> {
    if (!this.#users.has(id)) this.#users.set(id, await findUserById(this.#tx, id));
    return this.#users.get(id);
  }
}

/** AWS: an account by its canonical id, a user inside one by its ARN. */
function shown(user: IamUserRow): UploadPeople['initiator'] {
  const id = user.tenant_id === null ? user.canonical_id : `arn:aws:iam::${user.account_id}:user/${user.name}`;
  return { id, displayName: user.display_name };
}
