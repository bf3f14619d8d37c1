import { addUsage } from '../db/tables/bucket-usage.ts';
import { findKeyState, type KeyState } from '../db/tables/object-version.ts';
import {
  deleteUploadRow,
  findUpload,
  listUploadsCompletedBefore,
  setUploadCompleted,
  type UploadRow,
} from '../db/tables/upload.ts';
import { discardParts, listParts, movePartsToBody, type UploadPartRow } from '../db/tables/upload-part.ts';
import { insertVersionParts, type PartRun } from '../db/tables/version-part.ts';
import type { WriteTx } from '../db/tx.ts';
import { formatChecksum, type StoredChecksum } from '../domain/checksum.ts';
import { objectChecksum } from '../domain/composite-checksum.ts';
import { checkWriteCondition, type WriteCondition } from '../domain/conditions.ts';
import { checkFinalClaims, type FinalClaims } from '../domain/final-checks.ts';
import type { BodyId, EpochMs, ETag, VersionId } from '../domain/ids.ts';
import { requestedLockOf } from '../domain/lock.ts';
import { multipartETag } from '../domain/multipart-etag.ts';
import { type ListedPart, MAX_PARTS, selectParts, type UploadedPart } from '../domain/part-rules.ts';
import { noSuchUpload } from '../domain/upload-id.ts';
import { type CompletedUpload, formatCompleted, planOf, readCompleted } from '../domain/upload-record.ts';
import { growUsage } from './support/grow-usage.ts';
import type { UploadRef } from './support/open-upload.ts';
import { publishVersion } from './support/publish-version.ts';

export interface CompleteUploadInput {
  readonly upload: UploadRef;
  readonly listed: readonly ListedPart[];
  readonly claims: FinalClaims;
  readonly condition: WriteCondition;
  /** Names this request among others: the same again is a retry and gets the same answer. */
  readonly fingerprint: string;
  /** The version id to take where versioning is enabled. */
  readonly versionId: VersionId;
  readonly nowMs: EpochMs;
  readonly lockNowMs: EpochMs;
}

/** Completed uploads are remembered this long for a retry. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;
/** Each completion forgets a few old ones, so that none needs a job of its own. */
const FORGOTTEN_AT_ONCE = 4;

/**
 * Makes the listed parts of an upload the current version of its key; the parts not listed become garbage. No byte moves,
 * and the number of statements does not grow with the number of parts.
 *
 * @throws Failure NoSuchUpload, PreconditionFailed, NoSuchKey, QuotaExceeded (of objects), as `selectParts`, `checkFinalClaims` and
 *   `publishVersion`
 */
export async function completeUpload(tx: WriteTx, input: CompleteUploadInput): Promise<CompletedUpload> {
  const { uploadId, bucketId, key } = input.upload;
  const upload = await findUpload(tx, uploadId, bucketId, key);
  if (upload === undefined) throw noSuchUpload(uploadId);
  if (upload.state === 'completed') return answerRetry(upload, input);
  const rows = await listParts(tx, uploadId, 0, MAX_PARTS);
  const parts = selectParts(uploadId, planOf(upload), input.listed, byNumber(rows));
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const checksum = objectChecksum(planOf(upload), parts);
  checkFinalClaims(input.claims, planOf(upload), { checksum, sizeBytes });
  const state = await findKeyState(tx, bucketId, key);
  checkWriteCondition(input.condition, state.current?.is_marker === 0 ? state.current.etag : undefined, key);

  const bodyId = await takeParts(tx, upload, rows, parts, input.nowMs);
  const etag = multipartETag(parts.map((part) => part.etag));
  const version = { bodyId, etag, checksum, sizeBytes, partCount: parts.length };
  const completed = await publish(tx, { upload, state, version, input });
  const uploadedBytes = rows.reduce((sum, row) => sum + row.size, 0);
  const released = { bytes: -uploadedBytes, versions: 0, objects: 0, uploads: -1 };
  await growUsage(tx, bucketId, addUsage(completed.usage, released));
  const result = { etag, checksum, versionId: completed.versionId, versioning: state.versioning };
  await setUploadCompleted(tx, uploadId, {
    ms: input.nowMs,
    fingerprint: input.fingerprint,
    result: formatCompleted(result),
  });
  await forgetOldUploads(tx, input.nowMs);
  return { ...result, isEncrypted: upload.envelope !== null };
}

function answerRetry(upload: UploadRow, input: CompleteUploadInput): CompletedUpload {
  if (upload.completed_result === null || upload.completed_fingerprint !== input.fingerprint) {
    throw noSuchUpload(upload.id);
  }
  return { ...readCompleted(upload.completed_result), isEncrypted: upload.envelope !== null };
}

function byNumber(rows: readonly UploadPartRow[]): ReadonlyMap<number, UploadedPart> {
  return new Map(
    rows.map((row) => [
      row.part_number,
      { partNumber: row.part_number, sizeBytes: row.size, etag: row.etag, checksum: row.checksum },
    ]),
  );
}

/** Moves the bytes of the chosen parts to a new body, releases the others. */
async function takeParts(
  tx: WriteTx,
  upload: UploadRow,
  rows: readonly UploadPartRow[],
  parts: readonly UploadedPart[],
  nowMs: EpochMs,
): Promise<BodyId> {
  // The sequence is shared by all kinds of rows.
  const bodyId = tx.nextId() as BodyId;
  const keepChecksums = planOf(upload) !== undefined;
  for (const run of runsOf(rows, parts)) await insertVersionParts(tx, upload.id, bodyId, run, keepChecksums);
  await movePartsToBody(tx, upload.id, bodyId);
  if (parts.length < rows.length) await discardParts(tx, upload.id, nowMs);
  return bodyId;
}

/** The chosen parts as runs without an unchosen part between: mostly one. */
function runsOf(rows: readonly UploadPartRow[], parts: readonly UploadedPart[]): PartRun[] {
  const runs: { first: number; last: number; bodyOffset: number }[] = [];
  let bodyOffset = 0;
  let next = 0;
  let isOpen = false;
  for (const row of rows) {
    if (parts[next]?.partNumber !== row.part_number) {
      isOpen = false;
      continue;
    }
    const run = runs.at(-1);
    if (isOpen && run !== undefined) run.last = row.part_number;
    else runs.push({ first: row.part_number, last: row.part_number, bodyOffset });
    isOpen = true;
    bodyOffset += row.size;
    next++;
  }
  return runs;
}

interface Publication {
  readonly upload: UploadRow;
  readonly state: KeyState;
  readonly version: {
    readonly bodyId: BodyId;
    readonly etag: ETag;
    readonly checksum: StoredChecksum;
    readonly sizeBytes: number;
    readonly partCount: number;
  };
  readonly input: CompleteUploadInput;
}

function publish(tx: WriteTx, { upload, state, version, input }: Publication) {
  const row = {
    bucket_id: upload.bucket_id,
    key: upload.key,
    is_marker: 0 as const,
    owner_id: upload.owner_id,
    modified_ms: input.nowMs,
    size: version.sizeBytes,
    etag: version.etag,
    storage_class: upload.storage_class,
    content_type: upload.content_type,
    system_metadata: upload.system_metadata,
    user_metadata: upload.user_metadata,
    tags: upload.tags,
    acl: upload.acl,
    checksum: formatChecksum(version.checksum),
    envelope: upload.envelope,
    part_count: version.partCount,
    body_id: version.bodyId,
  };
  const lock = { requested: requestedLockOf(upload), lockNowMs: input.lockNowMs };
  return publishVersion(tx, state, input.versionId, row, lock);
}

async function forgetOldUploads(tx: WriteTx, nowMs: EpochMs): Promise<void> {
  const before = (nowMs - REMEMBERED_MS) as EpochMs;
  for (const id of await listUploadsCompletedBefore(tx, before, FORGOTTEN_AT_ONCE)) await deleteUploadRow(tx, id);
}
