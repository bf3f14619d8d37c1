import type { EpochMs } from './ids.ts';

/** What a link leads to; `upload` takes files instead of giving them. */
export const SHARE_KINDS = ['file', 'folder', 'selection', 'upload'] as const;
export type ShareKind = (typeof SHARE_KINDS)[number];

/** What became of a link's use, as its maker's list shows it. `refused`: a wrong password. */
export const SHARE_USE_KINDS = ['opened', 'downloaded', 'uploaded', 'refused'] as const;
export type ShareUseKind = (typeof SHARE_USE_KINDS)[number];

/** The columns that say by themselves whether a link can still be used. */
export interface ShareTerms {
  readonly kind: ShareKind;
  readonly expires_ms: EpochMs | null;
  readonly revoked_ms: EpochMs | null;
  readonly download_limit: number | null;
  readonly downloads: number;
  readonly max_bytes: number | null;
  readonly max_files: number | null;
  readonly received_bytes: number;
  readonly received_files: number;
}

export type ShareEnd = 'revoked' | 'expired' | 'used-up';

/**
 * Why a link can no longer be opened, by its own terms; undefined while it can. Whether its maker may still read what it
 * leads to is another question.
 */
export function endOfShare(terms: ShareTerms, nowMs: number): ShareEnd | undefined {
  if (terms.revoked_ms !== null) return 'revoked';
  if (terms.expires_ms !== null && nowMs >= terms.expires_ms) return 'expired';
  return isUsedUp(terms) ? 'used-up' : undefined;
}

function isUsedUp(terms: ShareTerms): boolean {
  if (terms.download_limit !== null && terms.downloads >= terms.download_limit) return true;
  if (terms.max_files !== null && terms.received_files >= terms.max_files) return true;
  return terms.max_bytes !== null && terms.received_bytes >= terms.max_bytes;
}

/** The folder that a key stands in: everything to the last `/`, `''` at the top. A folder's own `/` at the end does not count. */
export function folderOf(item: string): string {
  return item.slice(0, item.lastIndexOf('/', item.length - 2) + 1);
}

/** Does a link to these items cover the key? Items that end with `/` are folders and cover all keys that begin so. */
export function coversKey(items: readonly string[], key: string): boolean {
  return items.some((item) => (isFolder(item) ? key.startsWith(item) : item === key));
}

/** May this folder of a link be listed: does it lie in one of its folders? */
export function coversFolder(items: readonly string[], prefix: string): boolean {
  return items.some((item) => isFolder(item) && prefix.startsWith(item));
}

function isFolder(item: string): boolean {
  return item === '' || item.endsWith('/');
}
