import { decodeChecksum, readChecksum } from '../../domain/checksum.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import { SafeNames } from '../../domain/zip-names.ts';
import type { ScratchWriter } from '../../platform/scratch-folder.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { formatCrc } from './crc-table.ts';
import { listSelection, type ZipSelection } from './list-selection.ts';
import type { PlanFacts } from './plan-format.ts';
import { PlanWriter } from './plan-writer.ts';
import type { ZipAsker } from './planning-slots.ts';
import { pruneZipFolder, zipFolderOf } from './zip-folder.ts';
import { crcFileName, planFileName } from './zip-plan.ts';

export interface PlanZipRequest extends ZipSelection {
  /** 64 hex digits that name the plan; nobody can guess them. */
  readonly id: string;
  readonly bucket: BucketName;
  /** Of the archive, with `.zip` at its end. */
  readonly fileName: string;
  /** Who may use the plan, as the caller will know it again. */
  readonly holder: string;
  readonly asker: ZipAsker;
  readonly expiresAtMs: number;
  /** Aborts where nobody waits for the plan any more. */
  readonly signal: AbortSignal;
  /** Asked for every object. Throws AccessDenied. */
  mayRead(key: ObjectKey): Promise<void>;
}

const MAX_ENTRIES = 5_000_000;
/** Renamed objects that the archive tells of one by one. */
const MAX_TOLD = 500;
const NOTE_NAME = 'names-changed.txt';

/**
 * Chooses the versions that an archive will hold and writes down in which order, under which names and at which offsets,
 * so that every byte of it is settled before the first is sent, for as long as the versions are kept. The bucket may
 * change meanwhile: each page is on a snapshot of its own.
 *
 * @throws Failure NoSuchBucket, AccessDenied, NoSuchKey where nothing is chosen, InvalidRequest for too much of it, SlowDown, RequestTimeout
 *   where the asker left */
export async function planZip(context: ServiceContext, request: PlanZipRequest): Promise<PlanFacts> {
  const folder = zipFolderOf(context);
  const giveBack = folder.planning.take(request.asker, request.holder);
  try {
    await pruneZipFolder(context);
    const plan = new PlanWriter(await folder.files.create(planFileName(request.id)));
    const crcs = await folder.files.create(crcFileName(request.id));
    try {
      return await fillPlan(context, request, plan, crcs);
    } catch (error) {
      await Promise.all([plan.discard(), crcs.discard()]);
      throw error;
    }
  } finally {
    giveBack();
  }
}

async function fillPlan(
  context: ServiceContext,
  request: PlanZipRequest,
  plan: PlanWriter,
  crcs: ScratchWriter,
): Promise<PlanFacts> {
  const { bucket, fileName, holder, expiresAtMs } = request;
  const { id: bucketId } = await requireBucket(context, bucket);
  const names = new SafeNames();
  const told: string[] = [];
  let renamed = 0;
  let newestMs = 0;
  for await (const source of listSelection(context, bucketId, request, request.signal)) {
    // The folder itself is not within it.
    if (source.key === request.base) continue;
    await request.mayRead(source.key);
    newestMs = Math.max(newestMs, source.modified_ms);
    const { name, isChanged } = names.next(source.key.slice(request.base.length), source.size);
    if (isChanged) {
      renamed += 1;
      if (renamed <= MAX_TOLD) told.push(`${JSON.stringify(source.key)} -> ${JSON.stringify(name)}`);
    }
    if (plan.count >= MAX_ENTRIES) throw new Failure('InvalidRequest', 'more than five million objects in one archive');
    const { key, seq, version_id: versionId, size: sizeBytes, modified_ms: modifiedMs } = source;
    await plan.add({ name, sizeBytes, modifiedMs, source: { kind: 'object', key, seq, versionId } });
    await crcs.append(crcRecord(source.checksum));
  }
  if (plan.count === 0) throw new Failure('NoSuchKey', 'there is nothing to be put into the archive');
  if (renamed > 0) {
    const text = noteOf(told, renamed);
    const { name } = names.next(NOTE_NAME, 1);
    const sizeBytes = Buffer.byteLength(text);
    await plan.add({ name, sizeBytes, modifiedMs: newestMs, source: { kind: 'text', text } });
    await crcs.append(crcRecord(null));
  }
  await crcs.finish();
  if (request.signal.aborted) throw new Failure('RequestTimeout');
  return plan.finish({ bucket, bucketId, holder, fileName, expiresAtMs, atMs: request.atMs ?? null }, renamed);
}

/** Known already where the object was stored with a CRC32 of the whole. */
function crcRecord(column: string | null): Buffer {
  const checksum = column?.startsWith('CRC32 ') === true ? readChecksum(column) : undefined;
  if (checksum?.type !== 'FULL_OBJECT') return formatCrc(undefined);
  return formatCrc(decodeChecksum('CRC32', checksum.value)?.readUInt32BE());
}

function noteOf(told: readonly string[], renamed: number): string {
  const lines = [
    'These objects have names that cannot be unpacked everywhere, or twice the same one.',
    'They are in this archive under other names:',
    '',
    ...told,
    ...(renamed > told.length ? [`and ${renamed - told.length} more`] : []),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
