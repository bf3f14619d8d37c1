import { findUsableKey, type UsableKeyRow } from '../../db/tables/access-key.ts';
import { hasActiveAdmin, type IamUserRow } from '../../db/tables/iam-user.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { WrongMasterKey } from '../../storage/key-ring.ts';
import type { ServiceContext } from '../context.ts';
import { createGenerationCache } from '../generation-cache.ts';
import type { UserIdentity } from '../identity.ts';

/** Whose key it is, and the secret to check a signature with. The secret goes nowhere else. */
export interface ResolvedAccessKey {
  readonly identity: UserIdentity;
  readonly secret: string;
  /** From then on it is refused; null: never. */
  readonly expiresMs: EpochMs | null;
}

const CACHED_KEYS = 4096;
const cached = createGenerationCache<ResolvedAccessKey>(CACHED_KEYS);

/**
 * Finds an access key that may be used now: it and its user are active, and it has not expired. From this thread's cache where it can; a key or
 * user that was changed or removed is seen by the next request, since the generation moves before the change is answered.
 *
 * @returns undefined for a key that is unknown, disabled, expired, sealed under another install's master key, or root's where root is
 *   not allowed (`s3.allowRoot`) and an admin can do without it
 */
export async function resolveAccessKey(
  context: ServiceContext,
  accessKeyId: string,
): Promise<ResolvedAccessKey | undefined> {
  const key = await cached(context.catalogue, accessKeyId, async () => {
    const row = await context.catalogue.read((tx) => findUsableKey(tx, accessKeyId));
    return row === undefined ? undefined : unseal(context, row, accessKeyId);
  });
  // Whatever is no time in the future is refused.
  if (key !== undefined && key.expiresMs !== null && !(context.now() < key.expiresMs)) return undefined;
  if (key?.identity.role !== 'root' || context.config.s3.allowRoot) return key;
  return (await context.catalogue.read((tx) => hasActiveAdmin(tx))) ? undefined : key;
}

function unseal(context: ServiceContext, row: UsableKeyRow, accessKeyId: string): ResolvedAccessKey | undefined {
  try {
    const secret = context.keys.openSecret(row.sealed_secret, accessKeyId);
    return { identity: identityOf(row, accessKeyId), secret, expiresMs: row.expires_ms };
  } catch (error) {
    if (!(error instanceof WrongMasterKey)) throw error;
    context.log.error({ accessKeyId }, 'an access key cannot be opened with this master key; it is refused');
    return undefined;
  }
}

/** What a user's row says of who asks. */
export function identityOf(row: IamUserRow, accessKeyId: string | null): UserIdentity {
  return {
    kind: 'user',
    userId: row.id,
    name: row.name,
    role: row.role,
    tenantId: row.tenant_id,
    accountId: row.account_id,
    canonicalId: row.canonical_id,
    displayName: row.display_name,
    accessKeyId,
  };
}
