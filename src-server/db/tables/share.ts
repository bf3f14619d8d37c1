import * as z from 'zod';
import type { BucketId, EpochMs, UserId } from '../../domain/ids.ts';
import type { ShareTerms, ShareUseKind } from '../../domain/share.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** A link as it is stored. `items` and `file_types` are JSON lists; read them with `itemsOf` and `fileTypesOf`. */
export interface ShareRow extends ShareTerms {
  readonly id: string;
  readonly token_hash: Buffer;
  readonly sealed_token: Buffer;
  readonly bucket_id: BucketId;
  readonly bucket_name: string;
  readonly base: string;
  readonly items: string;
  readonly maker_id: UserId;
  readonly created_ms: EpochMs;
  readonly password_hash: string | null;
  readonly note: string;
  readonly label: string;
  readonly file_types: string | null;
  readonly opens: number;
  readonly used_ms: EpochMs | null;
  readonly used_address: string | null;
  readonly used_client: string | null;
}

const textsColumn = z.array(z.string());

/** Keys, and folders with a `/` at the end, that the link leads to; an upload request has the one folder it fills. */
export function itemsOf(row: Pick<ShareRow, 'items'>): readonly string[] {
  return textsColumn.parse(JSON.parse(row.items));
}

/** Endings of names that an upload request takes, lower-case; undefined: any. */
export function fileTypesOf(row: Pick<ShareRow, 'file_types'>): readonly string[] | undefined {
  return row.file_types === null ? undefined : textsColumn.parse(JSON.parse(row.file_types));
}

/** The link whose token has this hash. */
export async function findShareByToken(tx: ReadTx, tokenHash: Buffer): Promise<ShareRow | undefined> {
  return tx.get<ShareRow>('SELECT * FROM share WHERE token_hash = ?', tokenHash);
}

/** The link of this id. */
export async function findShare(tx: ReadTx, id: string): Promise<ShareRow | undefined> {
  return tx.get<ShareRow>('SELECT * FROM share WHERE id = ?', id);
}

/** A link in the list, with the name of who made it; null once that user is gone. */
export interface ListedShareRow extends ShareRow {
  readonly maker_name: string | null;
}

/** Where a page of links begins: behind the link with this time and id. */
export interface SharePlace {
  readonly createdMs: number;
  readonly id: string;
}

const LISTED = 'SELECT s.*, u.name AS maker_name FROM share s LEFT JOIN iam_user u ON u.id = s.maker_id';
const BEHIND = '(s.created_ms < ? OR (s.created_ms = ? AND s.id < ?))';
const NEWEST_FIRST = 'ORDER BY s.created_ms DESC, s.id DESC LIMIT ?';
const LIST_ALL = `${LISTED} WHERE ${BEHIND} ${NEWEST_FIRST}`;
const LIST_OF_MAKER = `${LISTED} WHERE s.maker_id = ? AND ${BEHIND} ${NEWEST_FIRST}`;

/** A page of links, newest first: one maker's, or everybody's without one. */
export async function listShares(
  tx: ReadTx,
  makerId: UserId | undefined,
  behind: SharePlace,
  limit: number,
): Promise<ListedShareRow[]> {
  const page = [BigInt(behind.createdMs), BigInt(behind.createdMs), behind.id, BigInt(limit)] as const;
  return makerId === undefined
    ? tx.all<ListedShareRow>(LIST_ALL, ...page)
    : tx.all<ListedShareRow>(LIST_OF_MAKER, makerId, ...page);
}

const LEADS_TO = `(
  EXISTS (SELECT 1 FROM json_each(s.items) WHERE value = ?) OR
  (s.kind <> 'upload' AND EXISTS (
    SELECT 1 FROM json_each(s.items)
    WHERE (value = '' OR substr(value, -1) = '/') AND substr(?, 1, length(value)) = value)))`;
const LIST_LEADING_TO = `${LISTED} WHERE s.bucket_id = ? AND ${BEHIND} AND ${LEADS_TO} ${NEWEST_FIRST}`;
// Unary plus: by the bucket, of whose links there are fewer than a busy maker has in all.
const LIST_OF_MAKER_LEADING_TO = `${LISTED} WHERE s.bucket_id = ? AND +s.maker_id = ? AND ${BEHIND} AND ${LEADS_TO} ${NEWEST_FIRST}`;

/** A key, or a folder with a `/` at the end (empty: all of it), in a bucket. */
export interface ShareTarget {
  readonly bucketId: BucketId;
  readonly item: string;
}

/**
 * A page of the links that lead to a file or folder, newest first: to it by name, or to a folder around it. An upload
 * request leads to its own folder only, because it shows nothing of what is inside.
 */
export async function listSharesLeadingTo(
  tx: ReadTx,
  { bucketId, item }: ShareTarget,
  makerId: UserId | undefined,
  behind: SharePlace,
  limit: number,
): Promise<ListedShareRow[]> {
  const createdMs = BigInt(behind.createdMs);
  const page = [createdMs, createdMs, behind.id, item, item, BigInt(limit)] as const;
  return makerId === undefined
    ? tx.all<ListedShareRow>(LIST_LEADING_TO, bucketId, ...page)
    : tx.all<ListedShareRow>(LIST_OF_MAKER_LEADING_TO, bucketId, makerId, ...page);
}

/** How many links a user has. */
export async function countSharesOf(tx: ReadTx, makerId: UserId): Promise<number> {
  const row = await tx.get<{ count: number }>('SELECT COUNT(*) AS count FROM share WHERE maker_id = ?', makerId);
  return row?.count ?? 0;
}

/** Adds a link; id and token are new. */
export async function insertShare(tx: WriteTx, row: ShareRow): Promise<void> {
  await tx.run(
    `INSERT INTO share (id, token_hash, sealed_token, kind, bucket_id, bucket_name, base, items, maker_id, created_ms,
       expires_ms, revoked_ms, password_hash, download_limit, note, label, max_bytes, max_files, file_types,
       received_bytes, received_files, opens, downloads, used_ms, used_address, used_client)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.token_hash,
    row.sealed_token,
    row.kind,
    row.bucket_id,
    row.bucket_name,
    row.base,
    row.items,
    row.maker_id,
    row.created_ms,
    row.expires_ms,
    row.revoked_ms,
    row.password_hash,
    row.download_limit,
    row.note,
    row.label,
    row.max_bytes,
    row.max_files,
    row.file_types,
    row.received_bytes,
    row.received_files,
    row.opens,
    row.downloads,
    row.used_ms,
    row.used_address,
    row.used_client,
  );
}

/** Overwrites what its maker may change of a link. */
export async function updateShareTerms(tx: WriteTx, row: ShareRow): Promise<void> {
  await tx.run(
    `UPDATE share SET expires_ms = ?, revoked_ms = ?, password_hash = ?, download_limit = ?, note = ?, label = ?,
       max_bytes = ?, max_files = ?, file_types = ? WHERE id = ?`,
    row.expires_ms,
    row.revoked_ms,
    row.password_hash,
    row.download_limit,
    row.note,
    row.label,
    row.max_bytes,
    row.max_files,
    row.file_types,
    row.id,
  );
}

/** Counts a download that begins. */
export async function countDownload(tx: WriteTx, id: string): Promise<void> {
  await tx.run('UPDATE share SET downloads = downloads + 1 WHERE id = ?', id);
}

/** Takes (or, negative, gives back) room of an upload request. */
export async function changeReceived(tx: WriteTx, id: string, bytes: number, files: number): Promise<void> {
  await tx.run(
    'UPDATE share SET received_bytes = received_bytes + ?, received_files = received_files + ? WHERE id = ?',
    BigInt(bytes),
    BigInt(files),
    id,
  );
}

/** One use of a link. `subject`: of which file, where it is one. */
export interface ShareUse {
  readonly kind: ShareUseKind;
  readonly at_ms: EpochMs;
  readonly address: string;
  readonly client: string;
  readonly subject: string;
}

const KEPT_USES = 50n;

/** Notes a use of a link, keeps the last 50 of it, and what was last. */
export async function insertShareUse(tx: WriteTx, shareId: string, use: ShareUse): Promise<void> {
  const { kind, at_ms, address, client, subject } = use;
  await tx.run(
    'INSERT INTO share_use (id, share_id, kind, at_ms, address, client, subject) VALUES (?, ?, ?, ?, ?, ?, ?)',
    tx.nextId(),
    shareId,
    kind,
    at_ms,
    address,
    client,
    subject,
  );
  await tx.run(
    `DELETE FROM share_use WHERE share_id = ? AND id <=
       (SELECT id FROM share_use WHERE share_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
    shareId,
    shareId,
    KEPT_USES,
  );
  if (kind === 'refused') return;
  await tx.run(
    'UPDATE share SET opens = opens + ?, used_ms = ?, used_address = ?, used_client = ? WHERE id = ?',
    kind === 'opened' ? 1n : 0n,
    at_ms,
    address,
    client,
    shareId,
  );
}

/** The uses of a link that are kept, the last one first. */
export async function listShareUses(tx: ReadTx, shareId: string): Promise<ShareUse[]> {
  return tx.all<ShareUse>(
    'SELECT kind, at_ms, address, client, subject FROM share_use WHERE share_id = ? ORDER BY id DESC',
    shareId,
  );
}

/** Removes a link and all that is noted of it. */
export async function deleteShareRow(tx: WriteTx, id: string): Promise<void> {
  await tx.run('DELETE FROM share_ticket WHERE share_id = ?', id);
  await tx.run('DELETE FROM share_use WHERE share_id = ?', id);
  await tx.run('DELETE FROM share WHERE id = ?', id);
}
