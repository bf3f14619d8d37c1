import * as z from 'zod';
import { findAccessKey, findUsableKey } from '../../db/tables/access-key.ts';
import { findRoleById } from '../../db/tables/iam-role.ts';
import { findUserById, hasActiveAdmin } from '../../db/tables/iam-user.ts';
import { findUsableSession } from '../../db/tables/sts-session.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { WrongMasterKey } from '../../storage/key-ring.ts';
import type { ServiceContext } from '../context.ts';
import { createGenerationCache } from '../generation-cache.ts';
import type { UserIdentity } from '../identity.ts';
import { identityOf, roleSessionIdentity, userSessionIdentity } from './user-identity.ts';

/** Whose key it is, and the secret to check a signature with. The secret goes nowhere else. */
export interface ResolvedAccessKey {
  readonly identity: UserIdentity;
  readonly secret: string;
  /** From then on it is refused; null: never. */
  readonly expiresMs: EpochMs | null;
  /** SHA-256 of the session token that must come along; undefined for a key that is not temporary. */
  readonly tokenHash: Buffer | undefined;
  /** Addresses and CIDR blocks it may come from; undefined: any. */
  readonly sourceIps: readonly string[] | undefined;
}

/** A key as the catalogue has it: its secret is still sealed. */
type SealedKey = Omit<ResolvedAccessKey, 'secret'> & { readonly sealedSecret: Uint8Array };

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
  const key = await lookUp(context, accessKeyId);
  if (key === undefined || hasEnded(context, key)) return undefined;
  if (key.identity.role !== 'root' || context.config.s3.allowRoot) return key;
  return (await context.catalogue.read((tx) => hasActiveAdmin(tx))) ? undefined : key;
}

/**
 * Finds temporary credentials that ended by the clock, so that who proves to have held them is told so. They open nothing any more.
 */
export async function resolveEndedSession(
  context: ServiceContext,
  accessKeyId: string,
): Promise<ResolvedAccessKey | undefined> {
  const key = await lookUp(context, accessKeyId);
  return key?.tokenHash !== undefined && hasEnded(context, key) ? key : undefined;
}

async function lookUp(context: ServiceContext, accessKeyId: string): Promise<ResolvedAccessKey | undefined> {
  return cached(context.catalogue, accessKeyId, async () => {
    const sealed = await context.catalogue.read((tx) => findSealedKey(tx, accessKeyId));
    return sealed === undefined ? undefined : unseal(context, sealed, accessKeyId);
  });
}

/** Whatever is no time in the future is refused. */
function hasEnded(context: ServiceContext, { expiresMs }: ResolvedAccessKey): boolean {
  return expiresMs !== null && !(context.now() < expiresMs);
}

const sourceIpsColumn = z.array(z.string()).min(1);

async function findSealedKey(tx: ReadTx, accessKeyId: string): Promise<SealedKey | undefined> {
  const row = await findUsableKey(tx, accessKeyId);
  if (row === undefined) return findSealedSession(tx, accessKeyId);
  return {
    identity: { ...identityOf(row, accessKeyId), keyPolicy: row.key_policy },
    sealedSecret: row.sealed_secret,
    expiresMs: row.expires_ms,
    tokenHash: undefined,
    sourceIps: readSourceIps(row.source_ips),
  };
}

async function findSealedSession(tx: ReadTx, accessKeyId: string): Promise<SealedKey | undefined> {
  const session = await findUsableSession(tx, accessKeyId);
  const user = session === undefined ? undefined : await findUserById(tx, session.user_id);
  if (session === undefined || user === undefined) return undefined;
  const role = session.role_id === null ? undefined : await findRoleById(tx, session.role_id);
  if (session.role_id !== null && role === undefined) return undefined;
  const identity = role === undefined ? userSessionIdentity(user, session) : roleSessionIdentity(user, role, session);
  // Whatever limits a key limits what it opens: no session is wider than it, comes from elsewhere or lasts longer.
  const issuing = session.issuing_key_id === null ? undefined : await findAccessKey(tx, session.issuing_key_id);
  return {
    identity: { ...identity, keyPolicy: issuing?.policy ?? null },
    sealedSecret: session.sealed_secret,
    expiresMs: earlier(session.expires_ms, issuing?.expires_ms ?? null),
    tokenHash: session.token_hash,
    sourceIps: readSourceIps(issuing?.source_ips ?? null),
  };
}

function readSourceIps(column: string | null): readonly string[] | undefined {
  return column === null ? undefined : sourceIpsColumn.parse(JSON.parse(column));
}

function earlier(ms: EpochMs, other: EpochMs | null): EpochMs {
  return other !== null && other < ms ? other : ms;
}

function unseal(
  context: ServiceContext,
  { sealedSecret, ...key }: SealedKey,
  accessKeyId: string,
): ResolvedAccessKey | undefined {
  try {
    return { ...key, secret: context.keys.openSecret(sealedSecret, accessKeyId) };
  } catch (error) {
    if (!(error instanceof WrongMasterKey)) throw error;
    context.log.error({ accessKeyId }, 'an access key cannot be opened with this master key; it is refused');
    return undefined;
  }
}
