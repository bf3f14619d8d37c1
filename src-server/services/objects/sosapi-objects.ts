import { createHash } from 'node:crypto';
import { type BucketRoom, findRoom } from '../../db/tables/tenant-usage.ts';
import { evaluateRead, preconditionFailed } from '../../domain/conditions.ts';
import { Failure } from '../../domain/failure.ts';
import type { EpochMs, ETag, ObjectKey, SequenceId } from '../../domain/ids.ts';
import { UNLOCKED_COLUMNS } from '../../domain/lock.ts';
import { parseRange } from '../../domain/ranges.ts';
import { capacityXml, leastRoom, sosapiObjectOf, systemXml } from '../../domain/sosapi.ts';
import { NULL_VERSION } from '../../domain/version-id.ts';
import { readSpaceOfDevice } from '../../platform/disk-facts.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { ReadableObject } from './get-object.ts';
import type { ReadObjectRequest } from './head-object.ts';
import type { StoredObject } from './stored-object.ts';

/**
 * An object of Veeam's Smart Object Storage API, where the bucket speaks it and the key names one. Undefined for every other key: then it is
 * read as any object.
 *
 * @throws Failure NoSuchBucket, NoSuchVersion, PreconditionFailed, NotModified, InvalidRange
 */
export async function readSosapiObject(
  context: ServiceContext,
  request: ReadObjectRequest,
): Promise<ReadableObject | undefined> {
  const named = sosapiObjectOf(request.key);
  if (named === undefined || named === 'reserved') return undefined;
  const bucket = await requireBucket(context, request.bucket);
  if (!bucket.speaksSosapi) return undefined;
  if (request.versionId !== undefined) throw new Failure('NoSuchVersion');
  const bytes = Buffer.from(named === 'system' ? systemXml() : await capacityOf(context, bucket));
  const object = describe(request.key, bytes, context.now());
  checkConditions(request, object);
  const { wanted } = request;
  const range = wanted.kind === 'range' ? parseRange(wanted.header, bytes.length) : undefined;
  const window = range === undefined ? { start: 0, end: bytes.length } : { start: range.start, end: range.end + 1 };
  return {
    object,
    versioning: 'Off',
    selection: { window, range, part: undefined },
    body: { kind: 'bytes', bytes: bytes.subarray(window.start, window.end) },
  };
}

async function capacityOf(context: ServiceContext, bucket: Bucket): Promise<string> {
  const room = await context.catalogue.read((tx) => findRoom(tx, bucket.id));
  return capacityXml(leastRoom(room?.held.bytes ?? 0, await freeBytes(context), quotasOf(room)));
}

function quotasOf(room: BucketRoom | undefined): { readonly limitBytes: number; readonly usedBytes: number }[] {
  if (room === undefined) return [];
  const { limits, held } = room;
  return [
    ...(limits.quotaBytes === null ? [] : [{ limitBytes: limits.quotaBytes, usedBytes: held.bytes }]),
    ...(limits.tenantQuotaBytes === null ? [] : [{ limitBytes: limits.tenantQuotaBytes, usedBytes: held.tenantBytes }]),
  ];
}

/** Of all file systems with disks of ours, each counted once; a disk that is gone has no room. */
async function freeBytes({ config }: ServiceContext): Promise<number> {
  const spaces = await Promise.all(config.disks.map(({ path }) => readSpaceOfDevice(path)));
  const byDevice = new Map(spaces.flatMap((space) => (space === undefined ? [] : [[space.device, space.freeBytes]])));
  return [...byDevice.values()].reduce((total, free) => total + free, 0);
}

/** As if it had been written now: an ETag of what it says, so that a client sees every change. */
function describe(key: ObjectKey, bytes: Uint8Array, nowMs: EpochMs): StoredObject {
  return {
    key,
    // Of no row: nothing asks for the place of an object that is made when it is read.
    seq: 0 as SequenceId,
    versionId: NULL_VERSION,
    sizeBytes: bytes.length,
    // The MD5 of the bytes, in hex, as an ETag is.
    etag: createHash('md5').update(bytes).digest('hex') as ETag,
    modifiedMs: nowMs,
    storageClass: 'STANDARD',
    contentType: 'application/xml',
    system: undefined,
    userMetadata: undefined,
    tags: [],
    checksum: undefined,
    envelope: null,
    partCount: null,
    bodyId: null,
    lock: UNLOCKED_COLUMNS,
  };
}

function checkConditions({ conditions }: ReadObjectRequest, object: StoredObject): void {
  const verdict = evaluateRead(conditions, object);
  if (verdict.kind === 'failed') throw preconditionFailed(verdict.condition);
  if (verdict.kind !== 'pass') throw new Failure('NotModified');
}
