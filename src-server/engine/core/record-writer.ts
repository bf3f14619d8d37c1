import { crashPoint } from '../../platform/crash-point.ts';
import { EngineStopped } from '../engine-options.ts';
import { isDiskFull } from '../log/file-io.ts';
import { BATCH_HEADER_BYTES, type RecordKind, type RecordPosition } from '../log/format.ts';
import { finishBatch, type MigrationEntry } from '../log/record-encoder.ts';
import { BatchLost } from './batch-runner.ts';
import type { EngineParts } from './engine-parts.ts';
import type { UnsyncedBatches } from './unsynced-batches.ts';

/** The log did not take a batch. `mayStand`: the segment may show its record all the same, so it has to be voided. */
export class LogFailed extends Error {
  override readonly name = 'LogFailed';
  readonly mayStand: boolean;

  constructor(message: string, mayStand: boolean, cause: unknown) {
    super(message, { cause });
    this.mayStand = mayStand;
  }
}

/**
 * Makes the batch that the runner holds durable and commits it (LOG.md 1, 8-10): record, one positional write, one sync in
 * strict mode, COMMIT. The transaction is open and stays so when this throws.
 *
 * @throws BatchLost nothing was written; LogFailed the log did not take it; EngineStopped it is durable but not committed
 */
export async function commitRecord(
  parts: EngineParts,
  unsynced: UnsyncedBatches,
  kind: Exclude<RecordKind, 'relocation'>,
  migration?: MigrationEntry,
): Promise<void> {
  const { head, runner } = parts;
  const { segment } = head;
  const isStrict = parts.durability.current === 'strict';
  const createdMs = parts.nowMs();
  const frames = isStrict ? undefined : Buffer.from(runner.out.view(BATCH_HEADER_BYTES));
  const texts = segment.dictionary.size;
  const previous = head.last;
  const position = encode(parts, kind, createdMs, migration);
  try {
    applyState(parts, position, isStrict);
    write(parts);
    crashPoint('after-write');
    if (isStrict) await sync(parts);
    crashPoint('after-sync');
  } catch (error) {
    segment.dictionary.truncate(texts);
    throw error;
  }
  commit(parts);
  segment.keep(runner.out.length);
  head.last = position;
  head.highestSequence = position.sequence;
  if (isStrict) head.syncedSequence = position.sequence;
  if (frames !== undefined) {
    unsynced.add({ position, previous, frames, entries: migration ?? runner.journal.snapshot(), createdMs });
  }
  crashPoint('after-commit');
}

function encode(
  parts: EngineParts,
  kind: RecordKind,
  createdMs: number,
  migration: MigrationEntry | undefined,
): RecordPosition {
  const { head, runner, counters } = parts;
  const place = { segment: head.segment.number, offset: head.segment.nextOffset, sequence: runner.sequence.sequence };
  const framesEnd = runner.out.length;
  const crc = finishBatch(
    runner.out,
    {
      ...place,
      kind,
      createdMs,
      logId: head.logId,
      epoch: head.epoch,
      previous: head.last,
      syncedSequence: head.syncedSequence,
      replacesCrc: 0,
    },
    migration ?? runner.journal,
    head.segment.dictionary,
  );
  counters.recordBytesWritten += runner.out.length - framesEnd;
  counters.logBytesWritten += runner.out.length;
  return { ...place, crc };
}

function applyState(parts: EngineParts, position: RecordPosition, isStrict: boolean): void {
  try {
    parts.updateLogState({
      epoch: parts.head.epoch,
      appliedSequence: position.sequence,
      appliedCrc: position.crc,
      syncedSequence: isStrict ? position.sequence : parts.head.syncedSequence,
      segment: position.segment,
      position: position.offset,
    });
  } catch (error) {
    throw new BatchLost('the catalogue did not take the log state', { cause: error });
  }
}

function write(parts: EngineParts): void {
  const { segment } = parts.head;
  try {
    segment.write(parts.runner.out.view());
  } catch (error) {
    throw new LogFailed('the log was not written', !dropTail(parts, error), error);
  }
}

/** After a failed write: is the tail certainly gone? Only a full disk leaves a segment that can be cut back. */
function dropTail(parts: EngineParts, error: unknown): boolean {
  if (!isDiskFull(error)) return false;
  try {
    parts.head.segment.dropTail();
    return true;
  } catch {
    return false;
  }
}

async function sync(parts: EngineParts): Promise<void> {
  parts.counters.syncs += 1;
  try {
    await parts.head.segment.sync();
  } catch (error) {
    throw new LogFailed('the log was not synced', true, error);
  }
}

function commit(parts: EngineParts): void {
  try {
    crashPoint('before-commit');
    parts.session.commit();
  } catch (error) {
    throw new EngineStopped('COMMIT failed after its record was durable', { cause: error });
  }
}
