import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type LogState, readLogState } from '../../db/sqlite/log-state.ts';
import { openDatabase } from '../../db/sqlite/open-database.ts';
import { findCheckpoints, setCheckpointAside } from '../checkpoint/checkpoint-files.ts';
import { clearMark, readMark, writeMark } from '../core/marks.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import { LogDamaged } from '../log/format.ts';
import { findSegments, type SegmentsOnDisks } from '../log/log-chain.ts';
import { NothingToRebuildFrom, type RebuildReport, replaceCatalogue } from '../recovery/rebuild.ts';
import { rejectTwins } from '../recovery/recover.ts';
import { countingChain } from '../recovery/suspect-log.ts';
import { type BegunReport, beginNewLog } from './begin-new-log.ts';
import { makeFirstCheckpoint } from './first-checkpoint.ts';
import { keepNewerBytes } from './keep-newer-bytes.ts';
import { migrationsOf, type OfflineInstall, offlineIo } from './offline-context.ts';
import { type SalvageReport, type SalvageSource, salvage } from './salvage.ts';

export type RebuildOutcome =
  | ({
      readonly kind: 'rebuilt';
      readonly asideName: string | undefined;
      /** A record that was synced, as the old catalogue or a checkpoint knows, and that the log has no more. */
      readonly knownSequence: number | undefined;
    } & RebuildReport)
  /** The log is lost as a whole; what stands now goes no further than `fromSequence`. */
  | ({ readonly kind: 'begun'; readonly quarantined: readonly string[] } & BegunReport)
  | ({ readonly kind: 'salvaged'; readonly why: string } & SalvageReport);

export interface RebuildCatalogueRequest extends OfflineInstall {
  /** For the last resort, when neither a checkpoint nor the log's beginning is left. Undefined: then it fails instead. */
  readonly salvage: SalvageSource | undefined;
}

const ASKED = 'rebuild-catalogue was asked for and did not end';

/**
 * `stowage rebuild-catalogue`: newest good checkpoint and the log, or the log from its beginning; without any log, the catalogue
 * or the checkpoint alone; as the last resort what the containers themselves tell. The present catalogue is set aside and kept. An operator asked for it, so a log whose end is
 * missing is taken as it is; damage in the middle still is an error.
 *
 * @throws InstallMismatch where two segments carry one number; NothingToRebuildFrom, LogDamaged, ReplayFailed
 */
export async function rebuildCatalogue(request: RebuildCatalogueRequest): Promise<RebuildOutcome> {
  const io = offlineIo();
  const dataDir = { path: request.dataDir, device: statSync(request.dataDir).dev };
  const found = findSegments(request.disks);
  rejectTwins(found);
  const before = readMark(request.dataDir, 'catalogue-doubtful');
  writeMark(io, dataDir, 'catalogue-doubtful', { reason: before?.reason ?? ASKED });
  const nowMs = Date.now();
  const outcome = await rebuild(request, found, before === undefined || before.reason === ASKED, nowMs);
  clearMark(io, request.dataDir, 'catalogue-doubtful');
  clearMark(io, request.dataDir, 'replay-failed');
  if (outcome.kind !== 'rebuilt') {
    clearMark(io, request.dataDir, 'log-suspect');
    makeFirstCheckpoint(request, nowMs);
  }
  return outcome;
}

/**
 * The log goes on from here under numbers that were given before: a checkpoint made beyond its end tells of what is gone, and
 * must neither push out the ones to come nor let the log's segments go.
 */
function setAsideBeyond({ disks }: OfflineInstall, logId: string, endSequence: number, nowMs: number): void {
  for (const checkpoint of findCheckpoints(disks)) {
    const { manifest } = checkpoint;
    if (manifest.logId !== logId || manifest.appliedSequence <= endSequence) continue;
    setCheckpointAside(offlineIo(), checkpoint, nowMs);
  }
}

/** The last record that was certainly synced, by what is left beside the log. */
function highestKnown({ dataDir, disks }: OfflineInstall, logId: Buffer): number {
  const checkpoints = findCheckpoints(disks).filter(({ manifest }) => manifest.logId === logId.toString('hex'));
  const state = readPresentState(join(dataDir, CATALOGUE_FILE));
  const synced = state?.logId.equals(logId) === true ? state.syncedSequence : 0;
  return Math.max(0, synced, ...checkpoints.map(({ manifest }) => manifest.appliedSequence));
}

function readPresentState(path: string): LogState | undefined {
  try {
    const db = openDatabase(path, { readonly: true });
    try {
      return readLogState(db);
    } finally {
      db.close();
    }
  } catch {
    // It is not there, or the reason for the rebuild.
    return undefined;
  }
}

async function rebuild(
  request: RebuildCatalogueRequest,
  found: SegmentsOnDisks,
  mayUsePresent: boolean,
  nowMs: number,
): Promise<RebuildOutcome> {
  const logId = found.segments.at(-1)?.header.logId;
  if (logId === undefined) {
    const begun = beginNewLog(request, mayUsePresent, nowMs);
    if (begun !== undefined) return { kind: 'begun', ...begun, quarantined: await keepNewerBytes(request, nowMs) };
  }
  try {
    if (logId === undefined) throw new NothingToRebuildFrom('no segment of the log is there');
    const { chain } = countingChain(request.dataDir, found, logId);
    const damaged = found.damaged.find((one) => one.segment >= (chain.links[0]?.segment ?? 0));
    if (damaged !== undefined) throw new LogDamaged(damaged.reason);
    const { dataDir, disks } = request;
    const migrations = migrationsOf(request);
    const known = highestKnown(request, logId);
    const report = replaceCatalogue({ io: offlineIo(), dataDir, disks, chain, logId, migrations }, nowMs);
    const end = Math.max(report.endSequence, report.fromSequence);
    setAsideBeyond(request, logId.toString('hex'), end, nowMs);
    return { kind: 'rebuilt', ...report, knownSequence: known > end ? known : undefined };
  } catch (error) {
    if (!(error instanceof NothingToRebuildFrom) || request.salvage === undefined) throw error;
    return { kind: 'salvaged', why: error.message, ...(await salvage(request, request.salvage, nowMs)) };
  }
}
