import { findBucket } from '../../db/tables/bucket.ts';
import { findUserById } from '../../db/tables/iam-user.ts';
import {
  findShare,
  type ListedShareRow,
  listShares as listRows,
  listSharesLeadingTo,
  listShareUses,
  type SharePlace,
  type ShareUse,
} from '../../db/tables/share.ts';
import { assertNever } from '../../domain/assert-never.ts';
import type { BucketName } from '../../domain/ids.ts';
import { endOfShare, type ShareEnd } from '../../domain/share.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { grantOf } from './share-identity.ts';
import { unsealShareToken } from './share-token.ts';

/** `dead`: its maker may no longer read what it leads to, or it is gone. */
export type ShareState = 'active' | ShareEnd | 'dead';

/** A link as who made it, or an admin, sees it. */
export interface ShareSummary {
  readonly share: ListedShareRow;
  readonly state: ShareState;
  /** For its maker only: nobody else needs to copy it. Undefined too where another master key sealed it. */
  readonly token: string | undefined;
}

/** Does this user see and end everybody's links? */
export function managesAllShares({ role, tenantId }: UserIdentity): boolean {
  switch (role) {
    case 'root':
      return true;
    case 'admin':
      return tenantId === null;
    case 'user':
    case 'readonly':
    case 'none':
      return false;
    default:
      return assertNever(role);
  }
}

/** A page of links, newest first: everybody's for admins of the install, else one's own. */
export async function listShares(
  context: ServiceContext,
  identity: UserIdentity,
  behind: SharePlace,
  limit: number,
): Promise<ShareSummary[]> {
  const makerId = managesAllShares(identity) ? undefined : identity.userId;
  const rows = await context.catalogue.read((tx) => listRows(tx, makerId, behind, limit));
  return summariseAll(context, identity, rows);
}

/** As {@link listShares}, of the links that lead to one file or folder; none where the bucket is not there. */
export async function listSharesOf(
  context: ServiceContext,
  identity: UserIdentity,
  target: { readonly bucket: BucketName; readonly item: string },
  behind: SharePlace,
  limit: number,
): Promise<ShareSummary[]> {
  const makerId = managesAllShares(identity) ? undefined : identity.userId;
  const rows = await context.catalogue.read(async (tx) => {
    const bucket = await findBucket(tx, target.bucket);
    if (bucket === undefined) return [];
    return listSharesLeadingTo(tx, { bucketId: bucket.id, item: target.item }, makerId, behind, limit);
  });
  return summariseAll(context, identity, rows);
}

async function summariseAll(
  context: ServiceContext,
  identity: UserIdentity,
  rows: readonly ListedShareRow[],
): Promise<ShareSummary[]> {
  const summaries: ShareSummary[] = [];
  for (const row of rows) summaries.push(await summarise(context, identity, row));
  return summaries;
}

/** One link with its last uses; undefined where there is none, or it is not this user's to see. */
export async function getShare(
  context: ServiceContext,
  identity: UserIdentity,
  id: string,
): Promise<{ readonly summary: ShareSummary; readonly uses: readonly ShareUse[] } | undefined> {
  const found = await context.catalogue.read(async (tx) => {
    const share = await findShare(tx, id);
    if (share === undefined) return undefined;
    const maker = await findUserById(tx, share.maker_id);
    return { row: { ...share, maker_name: maker?.name ?? null }, uses: await listShareUses(tx, id) };
  });
  if (found === undefined) return undefined;
  if (found.row.maker_id !== identity.userId && !managesAllShares(identity)) return undefined;
  return { summary: await summarise(context, identity, found.row), uses: found.uses };
}

async function summarise(
  context: ServiceContext,
  identity: UserIdentity,
  share: ListedShareRow,
): Promise<ShareSummary> {
  const end = endOfShare(share, context.now());
  const state = end ?? ((await grantOf(context, share)) === undefined ? 'dead' : 'active');
  const isOwn = share.maker_id === identity.userId;
  return { share, state, token: isOwn ? unsealShareToken(context.keys, share.id, share.sealed_token) : undefined };
}
