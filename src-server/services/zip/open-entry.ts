import { findVersion, type VersionRow } from '../../db/tables/object-version.ts';
import type { ReadTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketId, ObjectKey } from '../../domain/ids.ts';
import type { BodyChunk } from '../../storage/body-store.ts';
import type { ServiceContext } from '../context.ts';
import { findSlices } from '../objects/body-slices.ts';
import type { EntrySource, PlannedEntry } from './plan-format.ts';

/** Reads entries of one plan on behalf of somebody. */
export interface EntryReader {
  readonly context: ServiceContext;
  readonly bucketId: BucketId;
  /** Asked for every object before its bytes are read. Throws AccessDenied. */
  mayRead(key: ObjectKey): Promise<void>;
}

/**
 * The bytes [start, end) of an entry's content.
 *
 * @throws Failure PreconditionFailed where the chosen version is gone, AccessDenied, ServiceUnavailable where its disk is
 *   absent; DamagedExtent
 */
export async function* openEntry(
  reader: EntryReader,
  entry: PlannedEntry,
  window: { readonly start: number; readonly end: number },
  signal: AbortSignal,
): AsyncGenerator<BodyChunk> {
  if (window.start >= window.end) return;
  const { source } = entry;
  if (source.kind === 'text') {
    const bytes = source.bytes.subarray(window.start, window.end);
    yield { pieces: [bytes], sizeBytes: bytes.length, release: () => undefined };
    return;
  }
  const { context, bucketId } = reader;
  await reader.mayRead(source.key);
  const { row, slices } = await context.catalogue.read(async (tx) => {
    const row = await requireChosen(tx, bucketId, source);
    return { row, slices: row.body_id === null ? [] : await findSlices(tx, row.body_id, window) };
  });
  const dataKey = row.envelope === null ? undefined : context.keys.openDataKey(row.envelope);
  yield* context.bodies.read(slices, dataKey, signal);
}

/** Entries that are looked at before a download goes on: a lookup is some microseconds. */
const LOOK_AHEAD = 1000;

/** Throws PreconditionFailed where a version that the plan chose is gone, AccessDenied; looks at these entries only. */
export async function requireChosenVersions(reader: EntryReader, entries: AsyncIterable<PlannedEntry>): Promise<void> {
  const sources: Extract<EntrySource, { kind: 'object' }>[] = [];
  for await (const { source } of entries) {
    if (source.kind === 'object') sources.push(source);
    if (sources.length >= LOOK_AHEAD) break;
  }
  for (const { key } of sources) await reader.mayRead(key);
  await reader.context.catalogue.read(async (tx) => {
    for (const source of sources) await requireChosen(tx, reader.bucketId, source);
  });
}

async function requireChosen(
  tx: ReadTx,
  bucketId: BucketId,
  { key, seq, versionId }: Extract<EntrySource, { kind: 'object' }>,
): Promise<VersionRow> {
  const row = await findVersion(tx, bucketId, key, versionId);
  // Without versioning an object that was overwritten has the same id, but another number.
  if (row?.seq !== seq) {
    throw new Failure('PreconditionFailed', 'an object of the archive was changed or deleted; make the archive anew');
  }
  return row;
}
