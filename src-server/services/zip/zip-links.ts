import { createHash, randomBytes } from 'node:crypto';
import { findSessionById } from '../../db/tables/session.ts';
import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import { identityOf } from '../access/user-identity.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { endOfSession } from '../sessions/session-rules.ts';
import type { ZipSelection } from './list-selection.ts';
import type { PlanFacts } from './plan-format.ts';
import { planZip } from './plan-zip.ts';
import { zipFolderOf } from './zip-folder.ts';
import { planFileName, ZipPlan } from './zip-plan.ts';

export interface ZipLinkRequest extends ZipSelection {
  readonly sessionId: string;
  readonly bucket: BucketName;
  readonly fileName: string;
  /** Aborts where nobody waits for the link any more. */
  readonly signal: AbortSignal;
  /** Throws AccessDenied. */
  mayRead(key: ObjectKey): Promise<void>;
}

/** Long enough for a large archive on a slow line, with breaks. It ends with its session, too. */
const ZIP_LINK_MS = 3 * 24 * 3_600_000;
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const HOLDER = 'session:';

/**
 * Plans an archive and makes a token that reads it. The plan is a file named by the token's hash, so that a download goes
 * on after the server was started anew. Throws as `planZip`.
 */
export async function makeZipLink(
  context: ServiceContext,
  request: ZipLinkRequest,
): Promise<{ readonly token: string; readonly facts: PlanFacts }> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAtMs = context.now() + ZIP_LINK_MS;
  const holder = `${HOLDER}${request.sessionId}`;
  return {
    token,
    facts: await planZip(context, { ...request, id: hashOf(token), holder, asker: 'people', expiresAtMs }),
  };
}

/** A plan that a token leads to, and on whose behalf: the caller asks whether that user may read it, and closes it. */
export interface ZipLink {
  readonly plan: ZipPlan;
  readonly user: UserIdentity;
}

/** Undefined once the link is too old, its session has ended, its user is disabled or the bucket another. Throws NoSuchBucket. */
export async function findZipLink(context: ServiceContext, token: string): Promise<ZipLink | undefined> {
  const plan = TOKEN.test(token) ? await openPlan(context, hashOf(token)) : undefined;
  if (plan === undefined) return undefined;
  const user = await holderOf(context, plan.facts).catch(async (error: unknown) => {
    await plan.close();
    throw error;
  });
  if (user !== undefined) return { plan, user };
  await plan.close();
  return undefined;
}

/** The plan of an id that `planZip` was given; undefined where it is gone or too old. The caller closes it. */
export async function openPlan(context: ServiceContext, id: string): Promise<ZipPlan | undefined> {
  const { files } = zipFolderOf(context);
  const plan = await ZipPlan.open(files, id);
  if (plan === undefined) return undefined;
  if (context.now() < plan.facts.expiresAtMs) {
    await files.markUsed(planFileName(id), context.now());
    return plan;
  }
  await plan.close();
  return undefined;
}

async function holderOf(context: ServiceContext, facts: PlanFacts): Promise<UserIdentity | undefined> {
  if (!facts.holder.startsWith(HOLDER)) return undefined;
  const found = await context.catalogue.read((tx) => findSessionById(tx, facts.holder.slice(HOLDER.length)));
  if (found === undefined || context.now() >= endOfSession(found.session)) return undefined;
  // Planned with this very name.
  const bucket = await requireBucket(context, facts.bucket as BucketName);
  return bucket.id === facts.bucketId ? identityOf(found.user, null) : undefined;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
