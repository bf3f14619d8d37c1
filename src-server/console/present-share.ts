import type { Share, ShareFacts } from '../contract/shares.ts';
import { fileTypesOf, itemsOf } from '../db/tables/share.ts';
import type { ServiceContext } from '../services/context.ts';
import type { UserIdentity } from '../services/identity.ts';
import { managesAllShares, type ShareSummary } from '../services/shares/list-shares.ts';
import { readShareSettings } from '../services/shares/share-settings.ts';

const SHOWN_ITEMS = 10;

/** A link as the API shows it to this user. */
export function presentShare({ share, state, token }: ShareSummary, { userId }: UserIdentity): Share {
  const items = itemsOf(share);
  return {
    id: share.id,
    kind: share.kind,
    bucket: share.bucket_name,
    items: items.slice(0, SHOWN_ITEMS),
    itemCount: items.length,
    maker: share.maker_name,
    isOwn: share.maker_id === userId,
    path: token === undefined ? null : `/s/${token}`,
    state,
    createdAtMs: share.created_ms,
    expiresAtMs: share.expires_ms,
    revokedAtMs: share.revoked_ms,
    hasPassword: share.password_hash !== null,
    downloadLimit: share.download_limit,
    downloads: share.downloads,
    opens: share.opens,
    note: share.note,
    label: share.label,
    maxBytes: share.max_bytes,
    maxFiles: share.max_files,
    fileTypes: fileTypesOf(share)?.slice() ?? null,
    receivedBytes: share.received_bytes,
    receivedFiles: share.received_files,
    lastUsedAtMs: share.used_ms,
    lastClient: share.used_client,
  };
}

/** How links look outside, and whether this console can be reached there at all. */
export async function presentShareFacts(context: ServiceContext, identity: UserIdentity): Promise<ShareFacts> {
  const { installName, baseUrl } = await readShareSettings(context);
  const isLoopbackOnly = /^(localhost|127\.|::1$)/.test(context.config.consoleAddress.host);
  return { installName, baseUrl, isLoopbackOnly, mayChange: managesAllShares(identity) };
}
